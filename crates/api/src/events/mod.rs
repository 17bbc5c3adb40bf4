//! The feed of events.

mod list;
mod visible;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on events.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(utoipa_actix_web::scope("/v1/events").service(list::list));
}
