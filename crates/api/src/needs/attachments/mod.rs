//! Attachments: files that come with a need, for its case or for the dialogue.

mod add;
pub(super) mod content;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod get;
pub(super) mod list;
mod receive;
mod recognise;
pub(super) mod record;

use std::path::PathBuf;

use domain::needs::Quota;
use tokio::sync::Semaphore;

use crate::http::arrival::Pace;

/// How much attachments may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AttachmentLimits {
    /// Bytes of one file.
    pub file_bytes: u64,
    /// Bytes of all files together.
    pub quota: Quota,
    /// How fast they must come.
    pub pace: Pace,
    /// Files that one process takes in at the same time.
    pub at_a_time: usize,
}

/// What attachments that are on their way in share.
pub struct Attachments {
    /// How much each may be.
    pub limits: AttachmentLimits,
    /// Where they wait until they are complete.
    pub spool_in: PathBuf,
    running: Semaphore,
}

impl Attachments {
    /// Room for so many files at a time as the limits say.
    pub fn new(limits: AttachmentLimits, spool_in: PathBuf) -> Self {
        Self { limits, spool_in, running: Semaphore::new(limits.at_a_time) }
    }
}
