//! Instants in the database: UTC without a zone, cut to microseconds, which both engines keep.

use chrono::{DateTime, NaiveDateTime, Utc};

/// An instant as a column takes it.
pub fn to_column(at: DateTime<Utc>) -> NaiveDateTime {
    domain::time::to_microseconds(at).naive_utc()
}

/// An instant out of a column.
pub fn from_column(at: NaiveDateTime) -> DateTime<Utc> {
    at.and_utc()
}
