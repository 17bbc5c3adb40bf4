//! Organisations and units.

mod queries;
mod rows;

mod units;

pub use queries::{OrganisationFilter, count, find, find_stored, insert, insert_unit, is_empty, list};
pub use rows::{StoredOrganisation, StoredUnit};
pub use units::{UnitFilter, count_units, find_unit, list_units};
