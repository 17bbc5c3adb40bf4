//! Submissions of a need, frozen.

pub(super) mod diff;
pub(super) mod get;
pub(super) mod list;
