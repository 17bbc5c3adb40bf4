//! The tables as diesel sees them, one file per feature. Columns stand in the order of the migrations; a test
//! compares them with both databases.

#![allow(missing_docs, reason = "the migrations and the row structs say what the columns mean")]

mod foundation_tables;
mod organisations_tables;
mod rounds_tables;

pub use foundation_tables::*;
pub use organisations_tables::*;
pub use rounds_tables::*;

diesel::allow_tables_to_appear_in_same_query!(
    audit,
    clients,
    competence_areas,
    counties,
    counters,
    county_governors,
    idempotency,
    meta,
    municipalities,
    organisations,
    outbox,
    rounds,
    unit_serves,
    units,
);
