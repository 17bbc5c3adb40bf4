//! Attendance: who of a seat is in the room, and when.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Seat, SeatMember};
use crate::ids::SeatId;

/// A stretch of time in which a person of a seat is in the room: `from` is part of it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interval {
    /// Holder or deputy.
    pub member: SeatMember,
    /// When the person came.
    pub from: DateTime<Utc>,
    /// When the person left; none while still there, at most until the meeting is closed.
    pub to: Option<DateTime<Utc>>,
}

impl Interval {
    /// Whether the person is in the room at an instant.
    pub fn covers(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }
}

/// What a meeting has recorded about one seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendance {
    /// The seat.
    pub seat: SeatId,
    /// When who was there. Holder and deputy may both be in the room, since the deputy takes the seat for the
    /// items on which the holder is recused (F03).
    pub intervals: Vec<Interval>,
}

impl Attendance {
    /// Whether a person of the seat is in the room at an instant.
    pub fn is_present(&self, member: SeatMember, at: DateTime<Utc>) -> bool {
        self.intervals.iter().any(|interval| interval.member == member && interval.covers(at))
    }
}

/// What is wrong with the intervals of a seat; `index` is the place of the interval in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum AttendanceFault {
    /// The person left before coming.
    #[error("interval {index} ends before it begins")]
    EndsBeforeItBegins {
        /// The interval.
        index: usize,
    },
    /// The same person is recorded twice at one instant.
    #[error("interval {index} overlaps interval {other} of the same person")]
    Overlaps {
        /// The later interval in the list.
        index: usize,
        /// The earlier interval in the list.
        other: usize,
    },
    /// The seat has no such person.
    #[error("interval {index} is of a person whom the seat does not have")]
    NoSuchMember {
        /// The interval.
        index: usize,
    },
}

/// Checks the intervals of a seat, all faults at once.
pub fn check_intervals(seat: &Seat, intervals: &[Interval]) -> Vec<AttendanceFault> {
    let mut faults = Vec::new();
    for (index, interval) in intervals.iter().enumerate() {
        if seat.organisation_of(interval.member).is_none() {
            faults.push(AttendanceFault::NoSuchMember { index });
        }
        let same = |earlier: &&(usize, &Interval)| earlier.1.member == interval.member && earlier.1.overlaps(interval);
        if interval.to.is_some_and(|to| to <= interval.from) {
            faults.push(AttendanceFault::EndsBeforeItBegins { index });
        } else if let Some((other, _)) = intervals.iter().enumerate().take(index).find(|earlier| same(&earlier)) {
            faults.push(AttendanceFault::Overlaps { index, other });
        }
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::fixtures::{at, deputy, seat};
    use crate::forum::{Seat, SeatGroup};

    fn interval(member: SeatMember, from: u32, to: Option<u32>) -> Interval {
        Interval { member, from: at(from), to: to.map(at) }
    }

    #[test]
    fn a_person_is_in_the_room_from_coming_until_leaving() {
        let attendance =
            Attendance { seat: seat(SeatGroup::Ks).id, intervals: vec![interval(SeatMember::Holder, 10, Some(12))] };
        let holder = |minute| attendance.is_present(SeatMember::Holder, at(minute));
        assert_eq!([9, 10, 11, 12].map(holder), [false, true, true, false]);
        assert!(!attendance.is_present(SeatMember::Deputy, at(11)));
    }

    #[test]
    fn holder_and_deputy_may_be_in_the_room_together_but_nobody_twice() {
        let seat = Seat { deputy: Some(deputy()), ..seat(SeatGroup::Ks) };
        let together = [interval(SeatMember::Holder, 0, None), interval(SeatMember::Deputy, 5, None)];
        assert_eq!(check_intervals(&seat, &together), []);
        let twice = [interval(SeatMember::Holder, 0, None), interval(SeatMember::Holder, 5, Some(7))];
        assert_eq!(check_intervals(&seat, &twice), [AttendanceFault::Overlaps { index: 1, other: 0 }]);
    }

    #[test]
    fn coming_back_at_the_instant_of_leaving_is_no_overlap() {
        let back = [interval(SeatMember::Holder, 0, Some(5)), interval(SeatMember::Holder, 5, None)];
        assert_eq!(check_intervals(&seat(SeatGroup::Ks), &back), []);
    }

    #[test]
    fn every_fault_is_found_at_once() {
        let faulty = [interval(SeatMember::Holder, 5, Some(5)), interval(SeatMember::Deputy, 0, None)];
        assert_eq!(
            check_intervals(&seat(SeatGroup::Ks), &faulty),
            [AttendanceFault::EndsBeforeItBegins { index: 0 }, AttendanceFault::NoSuchMember { index: 1 }]
        );
    }
}
