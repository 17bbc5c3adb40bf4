//! The collaboration forum (samarbeidsforum): its seats and meetings, and how it comes to a recommendation.
//!
//! A forum has [`seats`] of several groups (F01). The county governor is its secretariat and
//! has no vote (F02).

#[cfg(test)]
pub(crate) mod fixtures;
pub mod seats;

pub use seats::{Composition, Deputy, GroupSeats, Seat, SeatError, SeatGroup, SeatMember, SeatRole};
