//! `POST /v1/needs/{id}/partners/{orgnr}/confirm` and `…/decline`: a partner answers for itself (N06).

use actix_web::{HttpResponse, post, web};
use contract::needs::{InvitationReply, Party};
use domain::needs::InvitationCommand;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::input::Input;
use crate::needs::parties::{self, Side};

/// Confirms a partnership.
///
/// For the need as it is described now: when measure or budget change afterwards, the partner is asked again, and the
/// version in `If-Match` is no longer the newest. A partner says here, too, that it asks for the contribution of Statped
/// that the need names. Statped answers in the same way (N07).
#[utoipa::path(
    tag = "needs",
    operation_id = "confirm_partner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    request_body = InvitationReply,
    responses((status = 200, description = "The partner as answered", body = Party)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/partners/{orgnr}/confirm")]
pub async fn confirm(
    app: web::Data<App>,
    input: Input<InvitationReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    parties::answer(app, input, path, Side::Partners, InvitationCommand::Confirm).await
}

/// Declines a partnership.
///
/// The sender has to find another partner, to take this one out, or to invite it again. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "decline_partner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    request_body = InvitationReply,
    responses((status = 200, description = "The partner as answered", body = Party)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/partners/{orgnr}/decline")]
pub async fn decline(
    app: web::Data<App>,
    input: Input<InvitationReply>,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    parties::answer(app, input, path, Side::Partners, InvitationCommand::Decline).await
}
