//! The forum: its composition, its meetings from notice to close, and what it recommends.

mod agenda;
mod agenda_items;
mod attendance;
mod departures;
mod drawing;
mod errors;
mod forums;
mod hall;
mod meetings;
mod recommendations;
mod records;
mod recusals;
mod seen;
mod views;
pub(crate) mod withdrawal;

use utoipa_actix_web::service_config::ServiceConfig;

/// The operations of the forum.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/forums")
            .service(forums::list::list)
            .service(forums::get::get)
            .service(forums::seats::list)
            .service(forums::composition::get)
            .service(meetings::list::of_forum)
            .service(meetings::create::create),
    );
    config.service(
        utoipa_actix_web::scope("/v1/meetings")
            .service(meetings::list::all)
            .service(meetings::get::get)
            .service(meetings::patch::patch)
            .service(meetings::actions::actions)
            .service(agenda_items::list::of_meeting)
            .service(agenda_items::create::create)
            .service(meetings::convene::convene)
            .service(meetings::open::open)
            .service(attendance::list::list)
            .service(attendance::put::put)
            .service(meetings::adjourn::adjourn)
            .service(meetings::close::close)
            .service(meetings::cancel::cancel),
    );
    config.service(
        utoipa_actix_web::scope("/v1/agenda-items")
            .service(agenda_items::list::all)
            .service(agenda_items::get::get)
            .service(agenda_items::actions::actions)
            .service(agenda_items::start::start)
            .service(recusals::list::list)
            .service(recusals::declare::declare)
            .service(recusals::put::put)
            .service(agenda_items::quorum::get)
            .service(agenda_items::vote::put)
            .service(agenda_items::request_statped::request_statped)
            .service(agenda_items::decide::decide)
            .service(agenda_items::postpone::postpone)
            .service(agenda_items::send_back::send_back)
            .service(agenda_items::remove::remove),
    );
    config.service(
        utoipa_actix_web::scope("/v1/recommendations")
            .service(recommendations::list::list)
            .service(recommendations::create::create)
            .service(recommendations::get::get)
            .service(recommendations::actions::actions)
            .service(recommendations::adopt::adopt),
    );
}
