//! `PUT /v1/meetings/{id}/attendance/{seat_id}`: who of a seat was in the room, and when.

use actix_web::{HttpResponse, put, web};
use contract::forum::meetings::{Attendance as AttendanceView, PutAttendance};
use contract::problem::Fault;
use domain::forum::{Attendance, MeetingCommand, Seat, check_intervals};
use domain::ids::{ForumId, MeetingId, SeatId};
use persistence::Reader;
use persistence::forum::attendance::{self, StoredAttendance};
use persistence::forum::seats;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Records who of a seat was in the room.
///
/// All stretches of time, in place of those recorded before; for the first time with `If-None-Match: *`. Quorum and
/// votes are counted from it at the instant of each decision.
#[utoipa::path(
    tag = "forum",
    operation_id = "put_attendance",
    params(
        ("id" = Uuid, Path, description = "The meeting's id"),
        ("seat_id" = Uuid, Path, description = "The seat's id"),
    ),
    request_body = PutAttendance,
    responses((status = 200, description = "The attendance of the seat", body = AttendanceView)),
    security(("bearer" = ["forum:write"]))
)]
#[put("/{id}/attendance/{seat_id}")]
pub async fn put(
    app: web::Data<App>,
    path: web::Path<(Uuid, Uuid)>,
    input: Input<PutAttendance>,
) -> Result<HttpResponse, ApiError> {
    let (meeting, seat) = path.into_inner();
    let (meeting, seat) = (MeetingId(meeting), SeatId(seat));
    app.write("attendance.put", input, move |write: &mut Write<'_, _>, body: &PutAttendance| {
        let meeting = seen::meeting_to_write(write, meeting)?;
        let seat = seat_of(write, meeting.meeting.forum, seat)?;
        let before = attendance::find(write, meeting.meeting.id, seat.id)?;
        write.begin_put(before.as_ref().map(|stored| stored.version))?;
        meeting.meeting.state.apply(MeetingCommand::RecordAttendance).map_err(ApiError::from)?;
        let faults = check_intervals(&seat, &body.intervals());
        if !faults.is_empty() {
            return Err(ApiError::invalid(faults.into_iter().map(Fault::from).collect()).into());
        }
        let now = write.call().now;
        let attendance = Attendance { seat: seat.id, intervals: body.intervals() };
        let version_before = before.as_ref().map(|stored| stored.version);
        let version = attendance::put(write, meeting.meeting.id, &attendance, version_before, now)?;
        let after = StoredAttendance { attendance, version, updated_at: domain::time::to_microseconds(now) };
        let json = |stored: &StoredAttendance| serde_json::to_value(views::attendance(stored)).ok();
        let (was, is) = (before.as_ref().and_then(json), json(&after));
        records::part_of_meeting(write, deed("attendance.put", "attendance_recorded"), &meeting, was, is)?;
        Ok::<_, Stop>(Answer::ok(&views::attendance(&after), version)?)
    })
    .await
}

/// A seat of the forum.
pub(in crate::forum) fn seat_of(reader: &mut Reader, forum: ForumId, id: SeatId) -> Result<Seat, ApiError> {
    let seats = seats::of_forum(reader, forum)?;
    seats.into_iter().find(|seat| seat.id == id).ok_or_else(ApiError::not_found)
}
