//! Uploads: a batch in one call, and what it has in common with one that comes in parts.

pub(super) mod create;
pub(super) mod followers;
pub(super) mod head;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use domain::ids::BatchId;
use persistence::kartlegging::Progress;
use persistence::store::UPLOADS;
use tokio::sync::{Notify, Semaphore};

use self::followers::Followers;
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
    /// The batches that this process is applying now, and how far it has come.
    pub(super) applying: Mutex<HashMap<BatchId, Arc<Progress>>>,
    /// Room for those who follow a batch.
    pub(super) followers: Followers,
    /// Room for those who send rows.
    pub(super) running: Semaphore,
    /// Turns at working out what rows come to and writing it: what that takes of memory is bounded.
    pub(super) turns: Semaphore,
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
            followers: Followers::default(),
            running: Semaphore::new(limits.at_a_time),
            turns: Semaphore::new(UPLOADS),
        }
    }
}
