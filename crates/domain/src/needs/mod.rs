//! Needs (behovsmeldinger): one measure that a municipality, county authority or private owner registers with
//! the county governor, in one scheme and one round (N02).

mod budget;

pub use budget::{BudgetKind, BudgetLine};
