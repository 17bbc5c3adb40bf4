//! Frames.

pub(super) mod change;
pub(super) mod create;
pub(super) mod get;
pub(super) mod ledger;
pub(super) mod list;
