//! Applying a batch that came in parts: its rows are checked against the register and the instrument as they are now,
//! and then it goes the way of every upload.

use std::path::Path;

use chrono::{DateTime, Utc};
use domain::ids::BatchId;
use domain::kartlegging::{Places, RawRow, RowFault, State};
use domain::orgnr::Synthetic;
use sha2::{Digest, Sha256};

use super::batches::{self, NewBatch};
use super::load::{Upload, settle};
use super::parts;
use super::prepare::{Prepared, prepare};
use super::progress::Progress;
use super::rows::StoredBatch;
use super::spool::SpoolWriter;
use super::{directory, instruments};
use crate::error::StoreError;
use crate::organisations;
use crate::store::{Reader, Tx};

/// A committed batch, gathered and worked out.
pub struct Commitment {
    upload: Upload,
    prepared: Prepared,
}

/// Gathers the rows of a batch that its sender has committed, and works out what they come to. `None` where there is
/// nothing to apply: it was done already, by this process or another.
pub fn prepare_commit(
    reader: &mut Reader,
    id: BatchId,
    (spool_in, synthetic): (&Path, Synthetic),
    at: DateTime<Utc>,
    progress: &Progress,
) -> Result<Option<Commitment>, StoreError> {
    let Some(committed) = batches::stored(reader, id)?.filter(|batch| batch.state == State::Processing) else {
        return Ok(None);
    };
    let upload = gather(reader, committed, (spool_in, synthetic), at, progress)?;
    let prepared = prepare(reader, &upload, progress)?;
    Ok(Some(Commitment { upload, prepared }))
}

/// Applies a committed batch that this transaction holds, and forgets its parts. `None` where another process was
/// quicker.
pub fn commit(tx: &mut Tx, held: &StoredBatch, commitment: &Commitment) -> Result<Option<StoredBatch>, StoreError> {
    if held.state != State::Processing {
        return Ok(None);
    }
    let batch = settle(tx, &commitment.upload, &commitment.prepared, batches::finish)?;
    parts::forget(tx, held.id)?;
    Ok(Some(batch))
}

/// The upload that the parts make together.
fn gather(
    reader: &mut Reader,
    held: StoredBatch,
    (spool_in, synthetic): (&Path, Synthetic),
    at: DateTime<Utc>,
    progress: &Progress,
) -> Result<Upload, StoreError> {
    let gone = |what| move || StoreError::corrupt("batch", format!("its {what} is gone"));
    let sender = organisations::find(reader, &held.sender)?.ok_or_else(gone("sender"))?;
    let instrument = instruments::find(reader, &held.instrument)?.ok_or_else(gone("instrument"))?.instrument;
    let directory = directory::of(reader, &sender, held.code_scheme.as_deref(), synthetic)?;
    let places = Places::new(&directory, &instrument);
    let mut spool = SpoolWriter::create(spool_in, places).map_err(StoreError::Spool)?;
    parts::each_row(reader, held.id, |number, row| {
        let raw = RawRow { cells: row.cells.each_ref().map(String::as_str) };
        let faults = row.faults.iter().map(|(code, column)| RowFault { code: *code, column: *column });
        let known: Vec<RowFault> = faults.collect();
        progress.check_one();
        spool.check_in(number, &raw, &known, &instrument, &directory).map_err(StoreError::Spool)
    })?;
    let mut digest = Sha256::new();
    for part in parts::of_batch(reader, held.id)? {
        digest.update(part.digest);
    }
    let StoredBatch { id, sender, instrument, period, mode, dry_run, source, code_scheme, .. } = held;
    Ok(Upload {
        batch: NewBatch { id, sender, instrument, period, mode, dry_run, source, code_scheme },
        digest: hex::encode(digest.finalize()),
        at,
        spool: spool.finish().map_err(StoreError::Spool)?,
    })
}
