//! Agenda items: listed, taken up, decided.

pub mod actions;
pub mod create;
pub mod decide;
pub mod get;
pub mod list;
pub mod postpone;
pub mod quorum;
pub mod remove;
pub mod request_statped;
pub mod send_back;
pub mod start;
pub mod vote;
