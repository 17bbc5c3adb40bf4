//! Uploads: a batch in one call.

pub(super) mod create;
mod head;

use std::path::PathBuf;

use tokio::sync::Semaphore;

use super::intake::Limits;

/// What all uploads of this process share.
pub struct Uploads {
    /// How much each may be.
    pub limits: Limits,
    /// Where their spools are.
    pub spool_in: PathBuf,
    running: Semaphore,
}

impl Uploads {
    /// Room for so many uploads at a time as the limits say.
    pub fn new(limits: Limits, spool_in: PathBuf) -> Self {
        Self { limits, spool_in, running: Semaphore::new(limits.at_a_time) }
    }
}
