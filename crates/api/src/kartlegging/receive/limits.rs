//! How much an upload may be.

use std::time::Duration;

use chrono::TimeDelta;

use crate::http::arrival::Pace;

/// How much an upload may be. The same for every caller; tests use smaller ones.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Bytes as sent.
    pub encoded_bytes: u64,
    /// Bytes after unpacking.
    pub decoded_bytes: u64,
    /// Rows.
    pub rows: u64,
    /// How fast they must come.
    pub pace: Pace,
    /// Uploads that one process takes in at the same time.
    pub at_a_time: usize,
    /// Batches of one organisation that may be under way.
    pub batches: i64,
    /// Bytes that their parts may take up.
    pub part_bytes: i64,
    /// How long a batch waits for its next part.
    pub waits: TimeDelta,
    /// How long a commit waits for its batch before it answers that it is being worked on.
    pub patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            encoded_bytes: 64 * 1024 * 1024,
            decoded_bytes: 256 * 1024 * 1024,
            rows: 2_000_000,
            pace: Pace::default(),
            at_a_time: 8,
            batches: 20,
            part_bytes: 1024 * 1024 * 1024,
            waits: TimeDelta::hours(24),
            patience: Duration::from_secs(10),
        }
    }
}
