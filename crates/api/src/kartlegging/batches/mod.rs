//! Batches and their results.

pub(super) mod get;
pub(super) mod list;
pub(super) mod result;
