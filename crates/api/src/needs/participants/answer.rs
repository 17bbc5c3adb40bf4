//! `POST /v1/needs/{id}/participants/{orgnr}/confirm` and `…/decline`: a participant answers for itself (N14).

use actix_web::{HttpResponse, post, web};
use contract::needs::{InvitationReply, Party};
use domain::needs::InvitationCommand;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::input::Input;
use crate::needs::parties::{self, Side};

/// Confirms that an owner takes part.
///
/// For the need as it is described now: when measure or budget change afterwards, the participant is asked again, and
/// the version in `If-Match` is no longer the newest. A municipality confirms in the same way that its PPT takes part in
/// the measure of a private owner.
#[utoipa::path(
    tag = "needs",
    operation_id = "confirm_participant",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The participant's organisation number"),
    ),
    request_body = InvitationReply,
    responses((status = 200, description = "The participant as answered", body = Party)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/participants/{orgnr}/confirm")]
pub async fn confirm(
    app: web::Data<App>,
    input: Input<InvitationReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    parties::answer(app, input, path, Side::Participants, InvitationCommand::Confirm).await
}

/// Declines to take part.
///
/// The sender has to take the participant out, or to invite it again. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "decline_participant",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The participant's organisation number"),
    ),
    request_body = InvitationReply,
    responses((status = 200, description = "The participant as answered", body = Party)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/participants/{orgnr}/decline")]
pub async fn decline(
    app: web::Data<App>,
    input: Input<InvitationReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    parties::answer(app, input, path, Side::Participants, InvitationCommand::Decline).await
}
