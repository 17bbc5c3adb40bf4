//! `GET /v1/kartlegging/instruments`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{Instrument as InstrumentView, InstrumentPage};
use persistence::kartlegging::instruments;
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of instruments.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct InstrumentQuery {
    /// Only the versions of this family.
    #[param(example = "basis")]
    family: Option<String>,
}

impl Listed for InstrumentView {
    fn key(&self) -> String {
        self.code.clone()
    }
}

/// Lists instruments.
///
/// By code. Every caller may see every instrument.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "list_instruments",
    params(InstrumentQuery),
    responses((status = 200, description = "A page of instruments", body = InstrumentPage)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/instruments")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<InstrumentQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let inside = app.clone();
    let source = Source {
        name: "instrument.list",
        list: move |reader: &mut _, _: &Call, filter: &InstrumentQuery, window: &_| {
            let stored = instruments::list(reader, filter.family.as_deref(), window)?;
            Ok(stored.into_iter().map(|stored| view(stored, &inside.reference)).collect())
        },
        count: |reader: &mut _, _: &Call, filter: &InstrumentQuery, window: &_| {
            Ok(instruments::count(reader, filter.family.as_deref(), window)?)
        },
    };
    listing::answer(app, call, query.map(|filter| filter), "/v1/kartlegging/instruments", source).await
}
