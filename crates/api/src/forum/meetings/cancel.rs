//! `POST /v1/meetings/{id}/cancel`: the meeting is called off, and its items let go of their needs.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::WithReason;
use contract::forum::meetings::Meeting as MeetingView;
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use persistence::forum::{items, meetings};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{agenda, seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Cancels a meeting.
///
/// Its items are removed, and their needs wait for another meeting. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "cancel_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    request_body = WithReason,
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/cancel")]
pub async fn cancel(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<WithReason>,
) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.write("meeting.cancel", input, move |write: &mut Write<'_, _>, body: &WithReason| {
        let before = seen::meeting_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let mut after = before.clone();
        after.meeting.apply(MeetingCommand::Cancel, now).map_err(ApiError::from)?;
        for item in items::of_meeting(write, id)?.into_iter().filter(|stored| stored.item.state.is_undecided()) {
            agenda::remove(write, item, before.meeting.state, &body.reason)?;
        }
        let after = meetings::update(write, after, &actor.viewer.orgnr, now)?;
        records::meeting(write, deed("meeting.cancel", "cancelled"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::meeting(&after), after.version)?)
    })
    .await
}
