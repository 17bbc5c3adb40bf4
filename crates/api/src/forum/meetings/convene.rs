//! `POST /v1/meetings/{id}/convene`: the notice goes out.

use actix_web::{HttpResponse, post, web};
use contract::forum::meetings::Meeting as MeetingView;
use domain::forum::MeetingCommand;
use domain::ids::MeetingId;
use domain::time::oslo_year;
use persistence::counters;
use persistence::forum::meetings;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{departures, seen, views};
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Convenes a meeting.
///
/// The notice goes out, and the meeting gets its reference, `M-2027-VL-0003`. Decisions that depart from the forum's
/// recommendation are put on the agenda to be noted. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "convene_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/convene")]
pub async fn convene(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    let offices = app.clone();
    app.write("meeting.convene", input, move |write: &mut Write<'_, _>, _: &NoBody| {
        let before = seen::meeting_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let mut after = before.clone();
        after.meeting.apply(MeetingCommand::Convene, now).map_err(ApiError::from)?;
        let office = offices.short_code(&before.meeting.county_governor)?;
        after.meeting.reference = Some(counters::next_reference(write, "M", office, oslo_year(now))?);
        let after = meetings::update(write, after, &actor.viewer.orgnr, now)?;
        records::meeting(write, deed("meeting.convene", "convened"), Some(&before), &after)?;
        departures::put_on_agenda(write, &after.meeting)?;
        Ok::<_, Stop>(Answer::ok(&views::meeting(&after), after.version)?)
    })
    .await
}
