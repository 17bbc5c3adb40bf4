//! Forums, meetings, agenda items and recommendations on the wire.

mod faults;
pub mod forums;
pub mod items;
pub mod lists;
pub mod meetings;
pub mod recommendations;
pub mod recusals;
pub mod statped;
