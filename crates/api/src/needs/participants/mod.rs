//! Participants of a need.

pub(super) mod answer;
pub(super) mod get;
pub(super) mod list;
