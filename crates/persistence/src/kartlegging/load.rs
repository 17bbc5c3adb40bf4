//! Loading an upload: one transaction, from the complete spool to the batch and all that belongs to it.

use chrono::{DateTime, Utc};
use diesel::connection::SimpleConnection;
use domain::kartlegging::{Command, State, Summary, ending, next};

use super::batches::{self, NewBatch};
use super::cell_changes::CellChanges;
use super::classify::{StoredPrints, classify, lock_units};
use super::progress::Progress;
use super::rows::StoredBatch;
use super::spool::Spool;
use super::{apply, results};
use crate::backend::AnyConnection;
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

/// Takes an upload in: the batch, its result and, unless it is a dry run or rejected, its responses.
///
/// Two uploads over the same units end as if one came after the other: the units are locked, in one order, before
/// what is stored is read (SQLite has one writer anyway). So what is new can be told from what is there before
/// writing, and new rows go straight into their table. The unique key stands behind it all the same.
pub fn load(tx: &mut Tx, upload: &Upload) -> Result<StoredBatch, StoreError> {
    settle(tx, upload, &Progress::default(), batches::insert)
}

/// Decides on every row and writes what follows from it; `keep` writes the batch itself.
pub(super) fn settle(
    tx: &mut Tx,
    upload: &Upload,
    progress: &Progress,
    keep: fn(&mut Tx, &Upload, State, &Summary) -> Result<StoredBatch, StoreError>,
) -> Result<StoredBatch, StoreError> {
    plan_for_what_is_there(tx)?;
    let units = upload.spool.seen().units(upload.spool.places());
    if !upload.batch.dry_run {
        lock_units(tx, upload.spool.places(), &units)?;
    }
    let stored = StoredPrints::read(tx, upload, &units)?;
    let (fates, summary) = classify(upload, &stored)?;
    let command = ending(upload.batch.mode, upload.batch.dry_run, &summary.counts);
    let state = next(State::Processing, command).map_err(|illegal| StoreError::corrupt("batch", illegal))?;
    let batch = keep(tx, upload, state, &summary)?;
    batches::insert_units(tx, upload, &units)?;
    if command != Command::Apply {
        results::insert(tx, upload, &fates)?;
        return Ok(batch);
    }
    let mut cells = CellChanges::begin(tx, upload, &units, stored)?;
    apply::apply(tx, upload, &fates, &mut cells, progress)?;
    results::insert(tx, upload, &fates)?;
    // Last, since other uploads in the municipality wait for the same cells.
    cells.write(tx)?;
    Ok(batch)
}

/// PostgreSQL keeps a plan after a few executions, also one that it made when there was next to nothing in a table, and
/// that walks through all of it a million rows later. What an upload asks is worth a plan each time.
fn plan_for_what_is_there(tx: &mut Tx) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = tx.connection() {
        connection.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan")?;
    }
    Ok(())
}
