//! Rounds of applications.

mod queries;
mod rows;

pub use queries::{RoundFilter, count, find, insert, list};
pub use rows::StoredRound;
