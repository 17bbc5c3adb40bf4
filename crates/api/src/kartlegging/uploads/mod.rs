//! Uploads: a batch in one call, and what it has in common with one that comes in parts.

pub(super) mod create;
pub(super) mod head;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Mutex;

use domain::ids::BatchId;
use tokio::sync::{Notify, Semaphore};

use super::receive::limits::Limits;

/// What all uploads of this process share.
pub struct Uploads {
    /// How much each may be.
    pub limits: Limits,
    /// Where their spools are.
    pub spool_in: PathBuf,
    /// Told when a batch was committed, so that it is applied at once.
    pub committed: Notify,
    /// Told when a batch was applied, so that whoever waits for it looks again.
    pub applied: Notify,
    /// The batches that this process is applying now.
    pub(super) applying: Mutex<HashSet<BatchId>>,
    pub(super) running: Semaphore,
}

impl Uploads {
    /// Room for so many uploads at a time as the limits say.
    pub fn new(limits: Limits, spool_in: PathBuf) -> Self {
        Self {
            limits,
            spool_in,
            committed: Notify::new(),
            applied: Notify::new(),
            applying: Mutex::default(),
            running: Semaphore::new(limits.at_a_time),
        }
    }
}
