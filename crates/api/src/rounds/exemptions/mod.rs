//! Exemptions from the deadline of a round (N03). Giving one and taking one back is a change of the round, so that no
//! submission is written between the two of them.

pub mod create;
pub mod delete;
pub mod list;
