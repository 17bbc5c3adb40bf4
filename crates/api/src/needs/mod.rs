//! Needs: from draft to submission, and what is asked of others on the way.

mod accept;
mod actions;
mod attachments;
mod check;
mod check_draft;
pub(crate) mod create;
mod delete;
mod dismiss;
mod erase_contact;
mod evidence;
mod fit;
mod get;
mod invitations;
mod list;
pub(crate) mod load;
mod messages;
mod overview;
mod participants;
mod parties;
mod partners;
mod patch;
mod private_owners;
pub(crate) mod record;
mod send_back;
mod shares;
mod submit;
mod transfer;
mod versions;
mod withdraw;

use utoipa_actix_web::service_config::ServiceConfig;

pub use attachments::{AttachmentLimits, Attachments};

/// The operations on needs.
pub fn routes(config: &mut ServiceConfig<'_>) {
    config.service(
        utoipa_actix_web::scope("/v1/needs")
            .service(list::list)
            .service(create::create)
            .service(check_draft::check_draft)
            .service(get::get)
            .service(patch::patch)
            .service(delete::delete)
            .service(evidence::get)
            .service(check::check)
            .service(actions::actions)
            .service(invitations::create::create)
            .service(partners::list::list)
            .service(partners::get::get)
            .service(partners::answer::confirm)
            .service(partners::answer::decline)
            .service(participants::list::list)
            .service(participants::get::get)
            .service(participants::answer::confirm)
            .service(participants::answer::decline)
            .service(private_owners::list::list)
            .service(private_owners::put::put)
            .service(private_owners::answer::answer)
            .service(shares::put)
            .service(shares::delete)
            .service(submit::submit)
            .service(accept::accept)
            .service(send_back::send_back)
            .service(dismiss::dismiss)
            .service(transfer::transfer)
            .service(withdraw::withdraw)
            .service(erase_contact::erase_contact)
            .service(versions::list::list)
            .service(versions::get::get)
            .service(versions::diff::diff)
            .service(messages::list::list)
            .service(messages::create::create)
            .service(messages::read::read)
            .service(attachments::list::list)
            .service(attachments::create::create)
            .service(attachments::get::get)
            .service(attachments::content::content)
            .service(attachments::delete::delete),
    );
    config.service(utoipa_actix_web::scope("/v1/overview").service(overview::list));
    config.service(utoipa_actix_web::scope("/v1/invitations").service(invitations::list::list));
}
