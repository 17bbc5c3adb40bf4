//! Rounds of applications.

mod actions;
mod close;
mod create;
mod exemptions;
mod get;
mod list;
mod patch;
mod record;
mod settle;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on rounds.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/rounds")
            .service(list::list)
            .service(create::create)
            .service(get::get)
            .service(patch::patch)
            .service(actions::actions)
            .service(exemptions::list::list)
            .service(exemptions::create::create)
            .service(exemptions::delete::delete)
            .service(close::close)
            .service(settle::settle),
    );
}
