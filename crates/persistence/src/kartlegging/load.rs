//! Loading an upload: one transaction, in which the batch and all that belongs to it is written.

use std::io;

use chrono::{DateTime, Utc};
use domain::kartlegging::{State, Summary};

use super::batches::{self, NewBatch};
use super::prepare::{Applied, Prepared, prepare};
use super::progress::Progress;
use super::results;
use super::rows::StoredBatch;
use super::sheets::{self, Common, Revision, STATEMENT_SHEETS};
use super::spool::Spool;
use super::stored::lock_units;
use crate::error::StoreError;
use crate::store::Tx;

/// A complete upload.
pub struct Upload {
    /// What its sender said about it.
    pub batch: NewBatch,
    /// SHA-256 of the content as it was sent, in hexadecimal; of its parts' digests, where it came in parts.
    pub digest: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Its rows.
    pub spool: Spool,
}

/// How the batch itself is written.
pub(super) type Keep = fn(&mut Tx, &Upload, State, &Summary) -> Result<StoredBatch, StoreError>;

/// Takes an upload in: the batch, its result and, unless it is a dry run or rejected, its responses.
pub fn load(tx: &mut Tx, upload: &Upload, prepared: &Prepared) -> Result<StoredBatch, StoreError> {
    settle(tx, upload, prepared, batches::insert)
}

/// Writes what was worked out. Two uploads over the same units end as if one came after the other: the units are held,
/// in one order, and where another writer was at their sheets since (SQLite has one writer anyway), all is worked out
/// once more on what is there now.
pub(super) fn settle(tx: &mut Tx, upload: &Upload, prepared: &Prepared, keep: Keep) -> Result<StoredBatch, StoreError> {
    if let Some(applied) = &prepared.applied {
        lock_units(tx, upload.spool.places(), &prepared.units)?;
        if !applied.still_holds(tx, upload, &prepared.units)? {
            let anew = prepare(tx, upload, &Progress::default())?;
            return write(tx, upload, &anew, keep);
        }
    }
    write(tx, upload, prepared, keep)
}

fn write(tx: &mut Tx, upload: &Upload, prepared: &Prepared, keep: Keep) -> Result<StoredBatch, StoreError> {
    let batch = keep(tx, upload, prepared.state, &prepared.summary)?;
    batches::insert_units(tx, upload, &prepared.units)?;
    results::insert(tx, batch.id, &upload.spool, &prepared.results)?;
    if let Some(applied) = &prepared.applied {
        apply(tx, upload, applied)?;
    }
    Ok(batch)
}

fn apply(tx: &mut Tx, upload: &Upload, applied: &Applied) -> Result<(), StoreError> {
    let common = Common { instrument: &upload.batch.instrument, period: upload.batch.period.to_string() };
    for some in applied.revisions.chunks(STATEMENT_SHEETS) {
        let revisions: io::Result<Vec<Revision>> = some.iter().map(|waiting| waiting.fetch(&upload.spool)).collect();
        let revisions = revisions.map_err(StoreError::Spool)?;
        sheets::write(tx, &revisions, &common)?;
        sheets::keep_replaced(tx, &revisions, upload.batch.id, upload.at)?;
    }
    // Last, since other uploads in the municipality wait for the same cells.
    applied.cells.write(tx, upload)
}
