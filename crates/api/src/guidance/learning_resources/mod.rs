//! Learning resources.

pub(super) mod create;
pub(super) mod get;
pub(super) mod list;
pub(super) mod patch;
pub(super) mod record;
