//! `POST /v1/meetings/{id}/open`: the meeting begins, or goes on.

use actix_web::{HttpResponse, post, web};
use contract::forum::meetings::Meeting as MeetingView;
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use uuid::Uuid;

use super::step::step;
use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::deed;
use crate::http::input::{Input, NoBody};

/// Opens a meeting.
///
/// A convened meeting begins; an adjourned one goes on. Items are treated, votes taken and conflicts ruled while it is
/// open. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "open_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/open")]
pub async fn open(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    step(app, MeetingId(id.into_inner()), input, MeetingCommand::Open, deed("meeting.open", "opened")).await
}
