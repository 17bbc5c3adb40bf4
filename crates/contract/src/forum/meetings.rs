//! Meetings and attendance.

use chrono::{DateTime, Utc};
use domain::forum as rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use crate::external_refs::ExternalRef;

/// A meeting of a forum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Meeting {
    /// Its id.
    pub id: Uuid,
    /// Its forum.
    pub forum_id: Uuid,
    /// The office code of the forum's secretariat.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// What it is called.
    #[schema(example = "Møte i samarbeidsforum, mars")]
    pub title: String,
    /// When it is to begin.
    pub starts_at: DateTime<Utc>,
    /// When it is to end, where that is said.
    pub ends_at: Option<DateTime<Utc>>,
    /// Where it takes place, or the address of a call.
    #[schema(example = "Statens hus, Leikanger")]
    pub place: Option<String>,
    /// Where it stands.
    #[schema(value_type = lists::MeetingState, example = "convened")]
    pub state: rules::MeetingState,
    /// Given at convening.
    #[schema(example = "M-2027-VL-0003")]
    pub reference: Option<String>,
    /// When the notice went out.
    pub convened_at: Option<DateTime<Utc>>,
    /// When it first began.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub closed_at: Option<DateTime<Utc>>,
    /// Your own keys for it.
    pub external_refs: Vec<ExternalRef>,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Meeting {
    /// A meeting as it is shown.
    pub fn of(meeting: &rules::Meeting, version: i64, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Self {
        Self {
            id: meeting.id.0,
            forum_id: meeting.forum.0,
            county_governor: meeting.county_governor.clone(),
            title: meeting.title.clone(),
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            place: meeting.place.clone(),
            state: meeting.state,
            reference: meeting.reference.clone(),
            convened_at: meeting.convened_at,
            opened_at: meeting.opened_at,
            closed_at: meeting.closed_at,
            external_refs: external_refs(meeting),
            version,
            created_at,
            updated_at,
        }
    }
}

fn external_refs(meeting: &rules::Meeting) -> Vec<ExternalRef> {
    let own = meeting.external_refs.iter();
    own.map(|external| ExternalRef { system: external.system.clone(), key: external.key.clone() }).collect()
}

crate::page! {
    /// A page of meetings.
    MeetingPage of Meeting
}

/// What the secretariat says about a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Møte i samarbeidsforum, mars",
    "starts_at": "2027-03-10T09:00:00Z",
    "place": "Statens hus, Leikanger"
}))]
pub struct MeetingDocument {
    /// What it is called.
    #[schema(example = "Møte i samarbeidsforum, mars", min_length = 1, max_length = 200)]
    pub title: String,
    /// When it is to begin.
    #[schema(example = "2027-03-10T09:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// When it is to end.
    #[serde(default)]
    #[schema(example = "2027-03-10T14:00:00Z")]
    pub ends_at: Option<DateTime<Utc>>,
    /// Where it takes place, or the address of a call.
    #[serde(default)]
    #[schema(example = "Statens hus, Leikanger", max_length = 500)]
    pub place: Option<String>,
    /// Your own keys for it in your systems; each key belongs to one meeting only.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub external_refs: Vec<ExternalRef>,
}

impl MeetingDocument {
    /// The document of a meeting as it stands, to be patched.
    pub fn of(meeting: &rules::Meeting) -> Self {
        Self {
            title: meeting.title.clone(),
            starts_at: meeting.starts_at,
            ends_at: meeting.ends_at,
            place: meeting.place.clone(),
            external_refs: external_refs(meeting),
        }
    }

    /// Whether it ends before it begins.
    pub fn ends_before_it_begins(&self) -> bool {
        self.ends_at.is_some_and(|ends_at| ends_at <= self.starts_at)
    }

    /// Says it of a meeting.
    pub fn write_to(self, meeting: &mut rules::Meeting) {
        meeting.title = self.title;
        meeting.starts_at = self.starts_at;
        meeting.ends_at = self.ends_at;
        meeting.place = self.place;
        let own = self.external_refs.into_iter();
        meeting.external_refs = own.map(|own| rules::MeetingRef { system: own.system, key: own.key }).collect();
    }
}

/// How a meeting is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CloseMeeting {
    /// Why the forum did not come to an end with the items that are still undecided; they are postponed. Needed where
    /// there are such items.
    #[serde(default)]
    #[schema(example = "Tiden strakk ikke til.", min_length = 1, max_length = 2000)]
    pub postponed_because: Option<String>,
}

/// A stretch of time in which a person of a seat is in the room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Holder or deputy.
    #[schema(value_type = lists::SeatMember, example = "holder")]
    pub member: rules::SeatMember,
    /// When the person came.
    #[schema(example = "2027-03-10T09:00:00Z")]
    pub from: DateTime<Utc>,
    /// When the person left; null while still there.
    #[serde(default)]
    #[schema(example = "2027-03-10T11:30:00Z")]
    pub to: Option<DateTime<Utc>>,
}

/// Who of a seat was in the room, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PutAttendance {
    /// Every stretch of time, in place of what was recorded before. Holder and deputy may both be in the room, since
    /// the deputy takes the seat for the items on which the holder is recused.
    #[schema(max_items = 50)]
    pub intervals: Vec<Interval>,
}

impl PutAttendance {
    /// The intervals as the rules read them.
    pub fn intervals(&self) -> Vec<rules::Interval> {
        let read =
            |interval: &Interval| rules::Interval { member: interval.member, from: interval.from, to: interval.to };
        self.intervals.iter().map(read).collect()
    }
}

/// What a meeting has recorded about one seat.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Attendance {
    /// The seat.
    pub seat_id: Uuid,
    /// When who of it was there.
    pub intervals: Vec<Interval>,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Attendance {
    /// Attendance as it is shown.
    pub fn of(attendance: &rules::Attendance, version: i64, updated_at: DateTime<Utc>) -> Self {
        let show =
            |interval: &rules::Interval| Interval { member: interval.member, from: interval.from, to: interval.to };
        Self {
            seat_id: attendance.seat.0,
            intervals: attendance.intervals.iter().map(show).collect(),
            version,
            updated_at,
        }
    }
}

/// What a meeting has recorded about all its seats.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct AttendanceList {
    /// One entry per seat about which something is recorded.
    pub items: Vec<Attendance>,
}
