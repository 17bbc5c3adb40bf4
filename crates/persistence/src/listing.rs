//! What every list has in common: a window of so many rows after a place, and the filters that all lists know.

use chrono::{DateTime, Utc};

/// Which part of a list is asked for. The default order is the id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Window {
    /// Rows after the one with this key, in the list's order.
    pub after: Option<String>,
    /// So many rows at the most. Ask for one more than is shown to know whether there are more.
    pub limit: i64,
    /// Only rows changed at or after this instant.
    pub updated_since: Option<DateTime<Utc>>,
    /// Only rows with these ids; empty for all.
    pub ids: Vec<String>,
}
