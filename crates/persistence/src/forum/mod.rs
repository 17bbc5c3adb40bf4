//! Forums, their seats and meetings, what stands on the agenda and what the forum recommends.
//!
//! Whoever changes something that a decision of the forum rests on takes the forum's [`turn`](forums::take_turn)
//! first, so that such writes go one after another: a quorum is never counted beside a recusal that is just being
//! ruled.

pub mod attendance;
pub mod forums;
pub mod items;
pub mod meetings;
pub mod recommendations;
pub mod recusals;
pub mod seats;
mod visible;
