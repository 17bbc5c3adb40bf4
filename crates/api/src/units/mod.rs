//! Kindergartens, schools, PPT offices and SFOs, as our own register has them.

mod get;
mod list;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on units.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(utoipa_actix_web::scope("/v1/units").service(list::list).service(get::get));
}
