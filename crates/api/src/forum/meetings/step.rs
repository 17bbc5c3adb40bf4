//! A step of a meeting that changes nothing but the meeting itself.

use actix_web::{HttpResponse, web};
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use persistence::forum::meetings;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, Deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Takes a meeting one step along.
pub(super) async fn step(
    app: web::Data<App>,
    id: MeetingId,
    input: Input<NoBody>,
    command: MeetingCommand,
    deed: Deed,
) -> Result<HttpResponse, ApiError> {
    app.write(deed.action, input, move |write: &mut Write<'_, _>, _: &NoBody| {
        let before = seen::meeting_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let mut after = before.clone();
        after.meeting.apply(command, now).map_err(ApiError::from)?;
        let after = meetings::update(write, after, &actor.viewer.orgnr, now)?;
        records::meeting(write, deed, Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::meeting(&after), after.version)?)
    })
    .await
}
