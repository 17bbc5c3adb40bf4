//! The forum over HTTP.

mod agenda;
mod conflicts;
mod decisions;
mod meetings;
mod recommendations;
mod seats;
pub mod stage;
mod statped;
mod visibility;
mod votes;
