//! Attendance: one row per seat and meeting.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::forum::Attendance;
use domain::ids::{MeetingId, SeatId};

use crate::codec::{document, parse, to_document};
use crate::error::StoreError;
use crate::schema::attendance;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// What a meeting has recorded about one seat, with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAttendance {
    /// When who of the seat was there.
    pub attendance: Attendance,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

type Row = (String, String, String, i64, NaiveDateTime);

fn stored((_, seat, intervals, version, updated_at): Row) -> Result<StoredAttendance, StoreError> {
    let attendance = Attendance { seat: parse("attendance", &seat)?, intervals: document("attendance", &intervals)? };
    Ok(StoredAttendance { attendance, version, updated_at: from_column(updated_at) })
}

/// What a meeting has recorded, by seat.
pub fn of_meeting(reader: &mut Reader, meeting: MeetingId) -> Result<Vec<StoredAttendance>, StoreError> {
    let rows: Vec<Row> = attendance::table
        .filter(attendance::meeting_id.eq(meeting.to_string()))
        .order(attendance::seat_id)
        .load(reader.connection())?;
    rows.into_iter().map(stored).collect()
}

/// What a meeting has recorded about one seat.
pub fn find(reader: &mut Reader, meeting: MeetingId, seat: SeatId) -> Result<Option<StoredAttendance>, StoreError> {
    let row: Option<Row> =
        attendance::table.find((meeting.to_string(), seat.to_string())).first(reader.connection()).optional()?;
    row.map(stored).transpose()
}

/// Records the attendance of a seat, in place of what was recorded. Answers the new version.
pub fn put(
    tx: &mut Tx,
    meeting: MeetingId,
    recorded: &Attendance,
    version_before: Option<i64>,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let intervals = to_document("attendance", &recorded.intervals)?;
    let key = (meeting.to_string(), recorded.seat.to_string());
    let Some(version) = version_before else {
        diesel::insert_into(attendance::table)
            .values((
                attendance::meeting_id.eq(key.0),
                attendance::seat_id.eq(key.1),
                attendance::intervals.eq(intervals),
                attendance::version.eq(1),
                attendance::updated_at.eq(to_column(at)),
            ))
            .execute(tx.connection())?;
        return Ok(1);
    };
    let changed = diesel::update(attendance::table.find(key).filter(attendance::version.eq(version)))
        .set((
            attendance::intervals.eq(intervals),
            attendance::version.eq(version + 1),
            attendance::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed == 1 { Ok(version + 1) } else { Err(StoreError::Stale) }
}
