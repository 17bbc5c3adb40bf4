//! Meetings: planned, convened, opened, closed.

pub mod actions;
pub mod adjourn;
pub mod cancel;
pub mod close;
pub mod convene;
pub mod create;
pub mod get;
pub mod list;
pub mod open;
pub mod patch;
mod step;
