//! The resources of the forum as they are shown.

use contract::forum::forums::{Forum, Seat};
use contract::forum::items::AgendaItem;
use contract::forum::meetings::{Attendance, Meeting};
use contract::forum::recommendations::Recommendation;
use contract::forum::recusals::Recusal;
use persistence::forum::attendance::StoredAttendance;
use persistence::forum::forums::StoredForum;
use persistence::forum::items::StoredItem;
use persistence::forum::meetings::StoredMeeting;
use persistence::forum::recommendations::StoredRecommendation;
use persistence::forum::recusals::StoredRecusal;
use persistence::forum::seats::StoredSeat;

pub(super) fn forum(stored: &StoredForum) -> Forum {
    Forum::of(&stored.forum, stored.version, stored.created_at, stored.updated_at)
}

pub(super) fn seat(stored: &StoredSeat) -> Seat {
    Seat::of(&stored.seat, stored.forum.0, stored.version, stored.created_at, stored.updated_at)
}

pub(super) fn meeting(stored: &StoredMeeting) -> Meeting {
    Meeting::of(&stored.meeting, stored.version, stored.created_at, stored.updated_at)
}

pub(super) fn attendance(stored: &StoredAttendance) -> Attendance {
    Attendance::of(&stored.attendance, stored.version, stored.updated_at)
}

pub(super) fn item(stored: &StoredItem) -> AgendaItem {
    AgendaItem::of(&stored.item, stored.version, stored.created_at, stored.updated_at)
}

/// The conflicts of a seat; their reasons are for seats and secretariat.
pub(super) fn recusal(stored: &StoredRecusal, with_reasons: bool) -> Recusal {
    Recusal::of(&stored.conflicts, stored.version, stored.updated_at, with_reasons)
}

pub(super) fn recommendation(stored: &StoredRecommendation) -> Recommendation {
    Recommendation::of(&stored.recommendation, stored.version, stored.created_at, stored.updated_at)
}
