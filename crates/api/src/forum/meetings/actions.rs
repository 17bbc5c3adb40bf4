//! `GET /v1/meetings/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::seen;
use crate::http::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a meeting now.
///
/// Every action of the meeting with whether it is allowed and, where it is not, why.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_meeting_actions",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.read::<_, ApiError>("meeting.actions", call, move |reader, call| {
        let meeting = seen::meeting(reader, call.viewer(), id)?.meeting;
        let verdict = |command: MeetingCommand| {
            seen::require_secretariat(call.viewer(), &meeting.county_governor)?;
            meeting.state.apply(command).map(|_| ()).map_err(ApiError::from)
        };
        let of = |command: &MeetingCommand| action(call, Scope::ForumWrite, command.as_str(), verdict(*command));
        let actions: Vec<Action> = MeetingCommand::ALL.iter().map(of).collect();
        Answer::untagged(&actions)
    })
    .await
}
