//! `GET /v1/kartlegging/instruments/{code}`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::Instrument as InstrumentView;
use contract::reference::Labels;
use persistence::kartlegging::instruments::{self, StoredInstrument};
use persistence::reference::ReferenceData;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads an instrument.
///
/// Scale, areas, respondent groups and kinds of units, with names in bokmål, nynorsk and English. Every caller may
/// see every instrument.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_instrument",
    params(("code" = String, Path, description = "The instrument's code", example = "basis-2026")),
    responses((status = 200, description = "The instrument", body = InstrumentView)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/instruments/{code}")]
pub async fn get(app: web::Data<App>, call: Call, code: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let inside = app.clone();
    app.read::<_, ApiError>("instrument.get", call, move |reader, _| {
        let stored = instruments::find(reader, &code)?.ok_or_else(ApiError::not_found)?;
        let version = stored.instrument.version;
        Answer::ok(&view(stored, &inside.reference), version)
    })
    .await
}

/// An instrument as it is shown.
pub(super) fn view(stored: StoredInstrument, reference: &ReferenceData) -> InstrumentView {
    InstrumentView::of(stored.instrument, stored.updated_at, |code| {
        let area = reference.competence_areas.iter().find(|area| area.code == code);
        area.map_or_else(
            || Labels { nb: code.to_owned(), nn: code.to_owned(), en: code.to_owned() },
            |area| Labels { nb: area.label_nb.clone(), nn: area.label_nn.clone(), en: area.label_en.clone() },
        )
    })
}
