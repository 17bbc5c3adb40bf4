//! The result of a batch, row by row: the input with what became of it.

use std::num::NonZero;
use std::thread;

use diesel::prelude::*;
use domain::ids::BatchId;
use domain::kartlegging::{Column, Outcome, RowFault};
use serde::{Deserialize, Serialize};

use super::classify::{Fate, Judged, STRETCH};
use super::load::Upload;
use super::packed::{Packer, unpack};
use super::progress::Progress;
use super::spool::{Cells, PutBy, Spool, SpooledRow, Verdict};
use crate::error::StoreError;
use crate::schema::batch_results;
use crate::store::{Reader, Tx};

/// A row of the result. Stored as one line of JSON, so that what is kept can be read by any later release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow<Cell = String> {
    /// Its number in the file.
    pub row: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where it was rejected: `(code, column)`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub faults: Vec<(domain::kartlegging::FaultCode, Option<Column>)>,
    /// Its cells as they came, in the order of [`Column::ALL`]; none that held an identity number (N15).
    pub cells: [Cell; Column::COUNT],
    /// The unit that it is about, where its cell says a code of the sender's: what the code stood for then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Cell>,
}

/// Threads that pack at a time; each holds a chunk's rows in memory.
const MOST_THREADS: usize = 4;

/// Packs the result of an upload into chunks, on several processors. They wait in the spool.
pub(super) fn pack(upload: &Upload, judged: &Judged, progress: &Progress) -> Result<Vec<PutBy>, StoreError> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let stretches: Vec<(&u64, &[Fate])> = judged.starts.iter().zip(judged.fates.chunks(STRETCH)).collect();
    let shares = stretches.chunks(stretches.len().div_ceil(threads).max(1));
    let packed: Vec<_> = thread::scope(|scope| {
        let begun: Vec<_> = shares.map(|share| scope.spawn(move || pack_stretches(upload, share, progress))).collect();
        begun.into_iter().map(thread::ScopedJoinHandle::join).collect()
    });
    let mut chunks = Vec::new();
    for share in packed {
        chunks.extend(share.map_err(|_| StoreError::Panicked("result.pack"))??);
    }
    Ok(chunks)
}

/// Packs rows that follow each other in the spool.
fn pack_stretches(
    upload: &Upload,
    stretches: &[(&u64, &[Fate])],
    progress: &Progress,
) -> Result<Vec<PutBy>, StoreError> {
    let mut packer = Packer::new(|chunk| upload.spool.put_by(&chunk));
    let Some((start, _)) = stretches.first() else { return packer.finish() };
    let fates = stretches.iter().flat_map(|(_, fates)| *fates);
    let mut rows = upload.spool.read_from(**start).map_err(StoreError::Spool)?;
    let mut used = Cells::default();
    for fate in fates {
        let row = rows.row(used).map_err(StoreError::Spool)?;
        packer.push(&ResultRow { unit: unit_by_code(upload, &row), ..result_of(&row, *fate) })?;
        progress.store_one();
        used = row.cells;
    }
    packer.finish()
}

/// Keeps the result of a batch.
pub(super) fn insert(tx: &mut Tx, batch: BatchId, spool: &Spool, chunks: &[PutBy]) -> Result<(), StoreError> {
    let batch = batch.to_string();
    for (chunk, waiting) in (0_i64..).zip(chunks) {
        let content = spool.fetch(waiting).map_err(StoreError::Spool)?;
        diesel::insert_into(batch_results::table)
            .values((
                batch_results::batch_id.eq(&batch),
                batch_results::chunk.eq(chunk),
                batch_results::content.eq(content),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

fn result_of(row: &SpooledRow, fate: Fate) -> ResultRow<&str> {
    let (outcome, faults) = match (fate, &row.verdict) {
        (Fate::Taken(outcome), _) => (outcome, Vec::new()),
        (Fate::Refused(code), _) => (Outcome::Rejected, vec![RowFault::of_row(code)]),
        (Fate::Faulty, Verdict::Faulty(faults)) => (Outcome::Rejected, faults.clone()),
        (Fate::Faulty, Verdict::Good { .. }) => (Outcome::Rejected, Vec::new()),
    };
    ResultRow {
        row: row.number,
        outcome,
        faults: faults.into_iter().map(|fault| (fault.code, fault.column)).collect(),
        cells: std::array::from_fn(|at| row.cells.get(Column::ALL[at])),
        unit: None,
    }
}

fn unit_by_code<'a>(upload: &'a Upload, row: &SpooledRow) -> Option<&'a str> {
    match row.verdict {
        Verdict::Good { slot, .. } if upload.batch.code_scheme.is_some() => {
            Some(upload.spool.places().name(slot).0.as_str())
        }
        Verdict::Good { .. } | Verdict::Faulty(_) => None,
    }
}

/// One chunk of a batch's result, counted from 0; `None` after the last one. Whether the caller may see the batch
/// is asked before.
pub fn chunk(reader: &mut Reader, batch: BatchId, number: i64) -> Result<Option<Vec<ResultRow>>, StoreError> {
    let content: Option<Vec<u8>> = batch_results::table
        .find((batch.to_string(), number))
        .select(batch_results::content)
        .first(reader.connection())
        .optional()?;
    content.map(|content| unpack("result", &content)).transpose()
}
