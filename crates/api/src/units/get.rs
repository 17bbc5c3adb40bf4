//! `GET /v1/units/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::organisations::Unit as UnitView;
use domain::orgnr::OrgNr;
use persistence::organisations::{self, StoredUnit};

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a unit.
///
/// A kindergarten, school, PPT office or SFO, its owner and its place; anybody with a token may.
#[utoipa::path(
    tag = "organisations",
    operation_id = "get_unit",
    params(("orgnr" = String, Path, description = "The unit's organisation number")),
    responses((status = 200, description = "The unit", body = UnitView)),
    security(("bearer" = []))
)]
#[get("/{orgnr}")]
pub async fn get(app: web::Data<App>, call: Call, orgnr: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let orgnr = OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?;
    app.read::<_, ApiError>("unit.get", call, move |reader, _| {
        let stored = organisations::find_unit(reader, &orgnr)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&stored), stored.version)
    })
    .await
}

/// A unit as everybody sees it.
pub(super) fn view(stored: &StoredUnit) -> UnitView {
    let unit = &stored.unit;
    UnitView {
        orgnr: unit.orgnr.to_string(),
        name: unit.name.clone(),
        kind: unit.kind,
        owner_orgnr: unit.owner.to_string(),
        municipality_number: unit.municipality.to_string(),
        county_number: unit.municipality.county().to_string(),
        private: unit.private,
        active: unit.active,
        serves: unit.serves.iter().map(ToString::to_string).collect(),
        version: stored.version,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}
