//! Schemes and the versions of their rules.

mod get;
mod list;
mod schemes;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on schemes and rulesets.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(utoipa_actix_web::scope("/v1/schemes").service(schemes::list));
    config.service(utoipa_actix_web::scope("/v1/rulesets").service(list::list).service(get::get));
}
