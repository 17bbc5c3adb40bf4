//! `PATCH /v1/meetings/{id}`: time, place, title and keys change.

use actix_web::{HttpResponse, patch, web};
use contract::forum::meetings::{Meeting as MeetingView, MeetingDocument};
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use persistence::forum::meetings;
use serde_json::json;
use uuid::Uuid;

use super::create::{check, taken_key};
use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};

/// Changes a meeting.
///
/// Until it is opened, and while it is adjourned.
#[utoipa::path(
    tag = "forum",
    operation_id = "update_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    request_body(content = MeetingDocument, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, id: web::Path<Uuid>, input: Input<Patch>) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.write("meeting.change", input, move |write: &mut Write<'_, _>, patch: &Patch| {
        let before = seen::meeting_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let mut after = before.clone();
        after.meeting.apply(MeetingCommand::Change, now).map_err(ApiError::from)?;
        let document: MeetingDocument = patch.apply_to(json!(MeetingDocument::of(&before.meeting)))?;
        check(&document)?;
        document.write_to(&mut after.meeting);
        let after = meetings::update(write, after, &actor.viewer.orgnr, now).map_err(taken_key)?;
        records::meeting(write, deed("meeting.change", "changed"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::meeting(&after), after.version)?)
    })
    .await
}
