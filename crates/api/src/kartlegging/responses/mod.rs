//! Responses.

pub(super) mod get;
pub(super) mod list;
pub(super) mod take_over;
