//! Kartlegging: what units can and need, from the instrument to the responses.

mod batches;
mod instruments;
mod receive;
mod responses;
mod summary;
mod unit_codes;
mod uploads;

use utoipa_actix_web::service_config::ServiceConfig;

pub use batches::{apply, expire};
pub use receive::limits::Limits;
pub use uploads::Uploads;

/// The operations on kartlegging, in the order of the story.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/kartlegging")
            .service(instruments::list::list)
            .service(instruments::create::create)
            .service(instruments::get::get)
            .service(instruments::template::template)
            .service(unit_codes::list::list)
            .service(unit_codes::get::get)
            .service(unit_codes::put::put)
            .service(unit_codes::delete::delete)
            .service(uploads::create::create)
            .service(batches::list::list)
            .service(batches::create::create)
            .service(batches::get::get)
            .service(batches::cancel::cancel)
            .service(batches::put_part::put_part)
            .service(batches::commit::commit)
            .service(batches::follow::follow)
            .service(batches::result::result)
            .service(responses::list::list)
            .service(responses::take_over::take_over)
            .service(responses::list_take_overs::list_take_overs)
            .service(responses::get::get)
            .service(summary::get),
    );
}
