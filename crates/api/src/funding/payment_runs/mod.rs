//! Payment runs: what is sent to the bank together.

pub(super) mod create;
pub(super) mod file;
pub(super) mod get;
pub(super) mod list;
pub(super) mod release;
