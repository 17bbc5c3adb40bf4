//! Taking a file in: spooled to disk while it arrives, then recognised. Its spool has no name and is gone with us.

use std::fs::File;
use std::io::Write as _;

use actix_web::web;
use domain::needs::FileFormat;

use super::Attachments;
use super::recognise::{Unfit, recognise};
use crate::error::ApiError;
use crate::http::arrival::{Arrival, Interrupted};

/// A file that has arrived whole.
pub(super) struct Received {
    /// Its bytes.
    pub(super) file: File,
    /// How many there are.
    pub(super) size_bytes: i64,
    /// Their SHA-256.
    pub(super) digest: [u8; 32],
    /// What it is, or why it is not taken.
    pub(super) format: Result<FileFormat, Unfit>,
}

/// Takes a body in.
pub(super) async fn receive(attachments: &Attachments, payload: web::Payload) -> Result<Received, ApiError> {
    let limits = attachments.limits;
    let mut file = tempfile::tempfile_in(&attachments.spool_in).map_err(ApiError::internal)?;
    let mut arrival = Arrival::new(payload, limits.file_bytes, limits.pace);
    let mut size_bytes = 0;
    while let Some(bytes) = arrival.next().await.map_err(interrupted)? {
        size_bytes += i64::try_from(bytes.len()).map_err(ApiError::internal)?;
        let written = web::block(move || file.write_all(&bytes).map(|()| file)).await;
        file = written.map_err(ApiError::internal)?.map_err(ApiError::internal)?;
    }
    let looked_at = file.try_clone().map_err(ApiError::internal)?;
    let spool_in = attachments.spool_in.clone();
    let format = web::block(move || recognise(looked_at, &spool_in)).await.map_err(ApiError::internal)?;
    Ok(Received { file, size_bytes, digest: arrival.digest(), format })
}

fn interrupted(interrupted: Interrupted) -> ApiError {
    match interrupted {
        Interrupted::TooLarge { limit } => too_large(limit),
        Interrupted::TooSlow { .. } | Interrupted::BrokeOff => interrupted.into(),
    }
}

/// The file is longer than an attachment may be.
pub(super) fn too_large(limit: u64) -> ApiError {
    ApiError::new("attachment_too_large").with("limit_bytes", limit)
}
