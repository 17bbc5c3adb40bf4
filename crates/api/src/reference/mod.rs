//! Reference data: codes, counties, municipalities, competence areas. Kept in memory, as loaded at start.

mod areas;
mod code_lists;
mod counties;
mod lists;
mod municipalities;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on reference data.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(utoipa_actix_web::scope("/v1/code-lists").service(code_lists::list).service(code_lists::get));
    config.service(utoipa_actix_web::scope("/v1/counties").service(counties::list));
    config.service(utoipa_actix_web::scope("/v1/municipalities").service(municipalities::list));
    config.service(utoipa_actix_web::scope("/v1/competence-areas").service(areas::list));
}
