//! How far the application of a batch has come, for those who follow it in the process that is at it. It is told before
//! anything is written, so it is no promise: what counts is the batch itself.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters that those at work raise and others read.
#[derive(Debug, Default)]
pub struct Progress {
    checked: AtomicU64,
    stored: AtomicU64,
}

impl Progress {
    /// One more row was checked.
    pub(super) fn check_one(&self) {
        self.checked.fetch_add(1, Ordering::Relaxed);
    }

    /// One more row was seen to: what it comes to is ready to be written.
    pub(super) fn store_one(&self) {
        self.stored.fetch_add(1, Ordering::Relaxed);
    }

    /// Rows that have been checked so far.
    pub fn checked(&self) -> u64 {
        self.checked.load(Ordering::Relaxed)
    }

    /// Rows that have been seen to so far.
    pub fn stored(&self) -> u64 {
        self.stored.load(Ordering::Relaxed)
    }
}
