//! Frames.

pub(super) mod create;
pub(super) mod get;
pub(super) mod ledger;
pub(super) mod list;
pub(super) mod patch;
