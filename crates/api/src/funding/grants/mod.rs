//! Grants: decided, notified, paid by instalments.

pub(super) mod actions;
pub(super) mod decide;
pub(super) mod decisions;
pub(super) mod get;
pub(super) mod instalments;
pub(super) mod list;
pub(super) mod notify;
pub(super) mod put_instalments;
