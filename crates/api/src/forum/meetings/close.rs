//! `POST /v1/meetings/{id}/close`: the meeting is over, and what its items ended in reaches their needs (F06).

use actix_web::{HttpResponse, post, web};
use contract::forum::meetings::{CloseMeeting, Meeting as MeetingView};
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

/// Closes a meeting.
///
/// Every undecided item is postponed, which takes a reason. What the items ended in now reaches their needs, and
/// thereby the senders. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "close_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    request_body = CloseMeeting,
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/close")]
pub async fn close(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<CloseMeeting>,
) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.write("meeting.close", input, move |write: &mut Write<'_, _>, body: &CloseMeeting| {
        let before = seen::meeting_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let mut after = before.clone();
        after.meeting.apply(MeetingCommand::Close, now).map_err(ApiError::from)?;
        for item in items::of_meeting(write, id)? {
            let ended = agenda::postpone_undecided(write, item, body.postponed_because.as_deref())?;
            agenda::tell_need(write, &ended.item)?;
        }
        let after = meetings::update(write, after, &actor.viewer.orgnr, now)?;
        records::meeting(write, deed("meeting.close", "closed"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::meeting(&after), after.version)?)
    })
    .await
}
