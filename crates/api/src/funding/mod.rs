//! Funding: frames, grants, payments, payment runs and reports, in the order of the story.

mod actions;
mod frames;
mod grants;
mod payment_runs;
mod payments;
mod reports;
pub(crate) mod seen;

use utoipa_actix_web::scope;
use utoipa_actix_web::service_config::ServiceConfig;

/// The operations on funding.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        scope("/v1/frames")
            .service(frames::list::list)
            .service(frames::create::create)
            .service(frames::get::get)
            .service(frames::patch::patch)
            .service(frames::ledger::get_ledger),
    );
    config.service(
        scope("/v1/grants")
            .service(grants::list::list)
            .service(grants::decide::decide)
            .service(grants::get::get)
            .service(grants::actions::actions)
            .service(grants::decisions::list_decisions)
            .service(grants::notify::notify)
            .service(grants::instalments::get)
            .service(grants::put_instalments::put)
            .service(payments::of_grant::of_grant)
            .service(reports::get::get)
            .service(reports::actions::actions)
            .service(reports::get_part::get_part)
            .service(reports::put_part::put_part)
            .service(reports::submit::submit)
            .service(reports::send_back::send_back)
            .service(reports::approve::approve),
    );
    config.service(
        scope("/v1/payments")
            .service(payments::list::list)
            .service(payments::get::get)
            .service(payments::actions::actions)
            .service(payments::approve::approve)
            .service(payments::cancel::cancel)
            .service(payments::mark_paid::mark_paid)
            .service(payments::mark_failed::mark_failed),
    );
    config.service(
        scope("/v1/payment-runs")
            .service(payment_runs::list::list)
            .service(payment_runs::create::create)
            .service(payment_runs::get::get)
            .service(payment_runs::release::release)
            .service(payment_runs::file::file),
    );
    config.service(scope("/v1/reports").service(reports::list::list));
}
