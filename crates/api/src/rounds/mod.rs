//! Rounds of applications.

mod create;
mod get;
mod list;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on rounds.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(utoipa_actix_web::scope("/v1/rounds").service(list::list).service(create::create).service(get::get));
}
