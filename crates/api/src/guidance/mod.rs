//! Guidance: questions with answers, and learning resources; and where they help, both are offered.

mod answers;
mod learning_resources;
pub(crate) mod offer;

use contract::problem::Fault;
use domain::actor::Viewer;
use domain::guidance::Keeper;
use domain::orgnr::OrgNr;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::error::ApiError;

/// The operations on guidance.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/guidance")
            .service(answers::list::list)
            .service(answers::create::create)
            .service(answers::get::get)
            .service(answers::patch::patch),
    );
    config.service(
        utoipa_actix_web::scope("/v1/learning-resources")
            .service(learning_resources::list::list)
            .service(learning_resources::create::create)
            .service(learning_resources::get::get)
            .service(learning_resources::patch::patch),
    );
}

/// The caller as a keeper of guidance.
fn keeper(viewer: &Viewer) -> Result<Keeper, ApiError> {
    Keeper::of(viewer).ok_or_else(ApiError::not_yours)
}

/// Guidance is changed by the organisation that keeps it, as long as it is one that guides.
fn kept_by(viewer: &Viewer, owner: &OrgNr) -> Result<(), ApiError> {
    if keeper(viewer)?.orgnr == *owner { Ok(()) } else { Err(ApiError::not_yours()) }
}

/// The faults of areas that do not exist.
fn unknown_areas(app: &App, areas: &[String]) -> Vec<Fault> {
    let unknown = areas.iter().enumerate().filter(|(_, code)| !app.reference.has_area(code));
    unknown.map(|(n, _)| Fault::new("unknown_reference", format!("/areas/{n}"))).collect()
}
