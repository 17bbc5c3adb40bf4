//! Organisations and units.

mod queries;
mod rows;

pub use queries::{find, insert, insert_unit, is_empty};
