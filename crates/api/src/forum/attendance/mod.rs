//! Attendance of a meeting: who was in the room, and when.

pub mod list;
pub mod put;
