//! Private owners that a need concerns (N05).

pub(super) mod answer;
pub(super) mod list;
pub(super) mod put;
mod view;
