//! Rounds of applications.

mod exemptions;
mod queries;
mod rows;

pub use exemptions::{
    StoredExemption, count_exemptions, delete_exemption, exemption_of, exemptions, find_exemption, insert_exemption,
};
pub use queries::{RoundFilter, count, find, hold, insert, list, save};
pub use rows::StoredRound;
