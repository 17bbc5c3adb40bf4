//! Taking an upload in: from bytes that arrive to a complete spool of checked rows.
//!
//! Two sides work at the same time, with a short queue between them. `arrival` takes the bytes off the wire, at a
//! minimum rate, and digests them. A thread that may block unpacks them, splits them into rows (`csv_rows`,
//! `json_rows`), checks each row by the domain's rule and writes it to the spool. Whatever goes wrong on either
//! side, the spool is gone with it: nothing of a broken upload is left behind, and the database has not heard of it.

mod arrival;
mod body;
mod csv_rows;
mod encoding;
mod failure;
mod json_rows;
mod source;

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use actix_web::web;
use chrono::TimeDelta;
use domain::kartlegging::{Directory, Instrument, Places};
use persistence::kartlegging::{Spool, SpoolWriter};

use self::body::{Body, Digested};
pub use self::failure::Failure;
use crate::http::arrival::{Arrival, Pace};

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

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/csv`, comma or semicolon.
    Csv,
    /// `application/x-ndjson`, one object per line.
    Ndjson,
    /// `application/json`, an array of objects.
    JsonArray,
}

/// Everything that the reading side needs to know.
pub struct Plan {
    /// How the rows are written.
    pub format: Format,
    /// Whether they are packed.
    pub gzip: bool,
    /// What is asked.
    pub instrument: Instrument,
    /// The sender's units.
    pub directory: Directory,
    /// Where there is room for a spool.
    pub spool_in: PathBuf,
    /// How much there may be.
    pub limits: Limits,
}

/// A complete upload.
pub struct Received {
    /// Its rows, checked.
    pub spool: Spool,
    /// SHA-256 of the content as sent.
    pub digest: [u8; 32],
    /// SHA-256 of the content, unpacked.
    pub unpacked_digest: [u8; 32],
}

/// Takes a body in.
pub async fn receive(payload: web::Payload, plan: Plan) -> Result<Received, Failure> {
    let limits = plan.limits;
    let (queue, body) = body::queue();
    let reading = tokio::task::spawn_blocking(move || read(body, &plan));
    let arrived = arrival::forward(Arrival::new(payload, limits.encoded_bytes, limits.pace), queue).await;
    let read = reading.await.map_err(|panic| Failure::Own(io::Error::other(panic)))?;
    // When the wire is at fault the reader only says that its input broke off; the wire knows why.
    let digest = arrived.map_err(Failure::Interrupted)?;
    let (spool, unpacked) = read?;
    Ok(Received { spool, digest, unpacked_digest: unpacked.unwrap_or(digest) })
}

/// Reads the rows, and digests what was unpacked where it was packed.
fn read(body: Body, plan: &Plan) -> Result<(Spool, Option<[u8; 32]>), Failure> {
    let digested = plan.gzip.then(Digested::default);
    let mut rows = source::open(body, plan, digested.as_ref())?;
    let places = Places::new(&plan.directory, &plan.instrument);
    let mut spool = SpoolWriter::create(&plan.spool_in, places).map_err(Failure::Own)?;
    while let Some(row) = rows.next_row()? {
        let checked = spool.check_in(row.number, &row.raw, row.fault.as_slice(), &plan.instrument, &plan.directory);
        checked.map_err(Failure::Own)?;
        if spool.rows() > plan.limits.rows {
            return Err(Failure::TooManyRows { limit: plan.limits.rows });
        }
    }
    if spool.rows() == 0 {
        return Err(Failure::NoRows);
    }
    drop(rows);
    Ok((spool.finish().map_err(Failure::Own)?, digested.map(Digested::finish)))
}
