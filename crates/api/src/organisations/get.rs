//! `GET /v1/organisations/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::organisations::Organisation as OrganisationView;
use domain::orgnr::OrgNr;
use persistence::organisations::{self, StoredOrganisation};

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads an organisation.
///
/// Its name, kind and place in our own register; anybody with a token may.
#[utoipa::path(
    tag = "organisations",
    operation_id = "get_organisation",
    params(("orgnr" = String, Path, description = "The organisation number")),
    responses((status = 200, description = "The organisation", body = OrganisationView)),
    security(("bearer" = []))
)]
#[get("/{orgnr}")]
pub async fn get(app: web::Data<App>, call: Call, orgnr: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let orgnr = OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?;
    app.read::<_, ApiError>("organisation.get", call, move |reader, _| {
        let stored = organisations::find_stored(reader, &orgnr)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&stored), stored.version)
    })
    .await
}

/// An organisation as everybody sees it.
pub(super) fn view(stored: &StoredOrganisation) -> OrganisationView {
    let organisation = &stored.organisation;
    OrganisationView {
        orgnr: organisation.orgnr.to_string(),
        name: organisation.name.clone(),
        kind: organisation.kind,
        municipality_number: organisation.municipality.as_ref().map(ToString::to_string),
        county_number: organisation.county.as_ref().map(ToString::to_string),
        county_governor: organisation.county_governor.clone(),
        language_decision: organisation.language_decision,
        active: organisation.active,
        version: stored.version,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}
