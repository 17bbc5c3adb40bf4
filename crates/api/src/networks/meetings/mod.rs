//! Meetings of a network, and the themes that are raised for them (F11).

pub mod create;
pub mod get;
pub mod list;
pub mod patch;
pub mod raise_theme;
