//! Responses.

pub(super) mod list;
