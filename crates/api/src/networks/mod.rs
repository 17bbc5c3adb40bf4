//! Regional networks: who is in them, the needs that are shared with them, what they coordinate, and their meetings.

mod coordinations;
mod create;
mod get;
mod list;
mod meetings;
mod members;
mod needs;
mod patch;
mod record;
mod seen;
pub(crate) mod withdrawal;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) use seen::in_turn;

/// The operations on networks.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/networks")
            .service(list::list)
            .service(create::create)
            .service(get::get)
            .service(patch::patch)
            .service(members::put::put)
            .service(members::delete::delete)
            .service(needs::list)
            .service(coordinations::list::list)
            .service(coordinations::create::create)
            .service(coordinations::get::get)
            .service(coordinations::patch::patch)
            .service(coordinations::draft::draft)
            .service(meetings::list::list)
            .service(meetings::create::create)
            .service(meetings::get::get)
            .service(meetings::patch::patch)
            .service(meetings::raise_theme::raise_theme),
    );
}
