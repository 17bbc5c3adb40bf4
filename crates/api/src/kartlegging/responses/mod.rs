//! Responses.

pub(super) mod get;
pub(super) mod list;
pub(super) mod list_take_overs;
pub(super) mod take_over;
