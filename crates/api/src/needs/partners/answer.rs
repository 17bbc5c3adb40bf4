//! `POST /v1/needs/{id}/partners/{orgnr}/confirm` and `…/decline`: a partner answers for itself (N06).

use actix_web::{HttpResponse, post, web};
use contract::needs::{Partner as PartnerView, PartnerReply};
use domain::ids::NeedId;
use domain::needs::PartnerCommand;
use domain::orgnr::OrgNr;
use persistence::needs;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::load::{editable, visible};
use crate::needs::record::change;

/// Confirms a partnership.
///
/// For the need as it is described now: when measure or budget change afterwards, the partner is asked again, and the
/// version in `If-Match` is no longer the newest.
#[utoipa::path(
    tag = "needs",
    operation_id = "confirm_partner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    request_body = PartnerReply,
    responses((status = 200, description = "The partner as answered", body = PartnerView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/partners/{orgnr}/confirm")]
pub async fn confirm(
    app: web::Data<App>,
    input: Input<PartnerReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    answer(app, input, path, PartnerCommand::Confirm).await
}

/// Declines a partnership.
///
/// The sender has to find another partner or to take this one out. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "decline_partner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    request_body = PartnerReply,
    responses((status = 200, description = "The partner as answered", body = PartnerView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/partners/{orgnr}/decline")]
pub async fn decline(
    app: web::Data<App>,
    input: Input<PartnerReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    answer(app, input, path, PartnerCommand::Decline).await
}

async fn answer(
    app: web::Data<App>,
    input: Input<PartnerReply>,
    path: web::Path<(Uuid, String)>,
    command: PartnerCommand,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    let (action, happened) = match command {
        PartnerCommand::Confirm => ("need.confirm_partner", "partner_confirmed"),
        PartnerCommand::Decline => ("need.decline_partner", "partner_declined"),
        PartnerCommand::AskAgain => ("need.ask_partner_again", "partner_asked_again"),
    };
    app.write("partner.answer", input, move |write: &mut Write<'_, _>, body: &PartnerReply| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (need, _) = visible(write, &viewer, id)?;
        let before = needs::find_partner(write, id, &orgnr)?.ok_or_else(ApiError::not_found)?;
        if viewer.orgnr != orgnr {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        editable(&need)?;
        needs::hold(write, &need)?;
        let state = before.state.apply(command).map_err(|error| ApiError::state(error.state))?;
        let now = write.call().now;
        let after = needs::answer_partner(write, &before, state, body.reason.as_deref(), now)?;
        let trail = |partner| serde_json::to_value(view(partner)).ok();
        change(write, &need, action, happened, &["partners"], (trail(&before), trail(&after)))?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}
