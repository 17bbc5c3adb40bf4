//! `POST /v1/meetings/{id}/adjourn`: the meeting is interrupted.

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

/// Adjourns a meeting.
///
/// It goes on when it is opened again. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "adjourn_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/adjourn")]
pub async fn adjourn(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    step(app, MeetingId(id.into_inner()), input, MeetingCommand::Adjourn, deed("meeting.adjourn", "adjourned")).await
}
