//! The result of a batch, row by row: the input with what became of it, kept compressed in chunks that each can be
//! read alone.

use std::io::{Read, Write};

use diesel::prelude::*;
use domain::ids::BatchId;
use domain::kartlegging::{Column, Outcome, RowFault};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};

use super::classify::Fate;
use super::load::Upload;
use super::spool::{SpooledRow, Verdict};
use crate::error::StoreError;
use crate::schema::batch_results;
use crate::store::{Reader, Tx};

/// Rows in one chunk: small enough to read, change and send one after the other.
const CHUNK_ROWS: usize = 5_000;

/// A row of the result. Stored as one line of JSON, so that what is kept can be read by any later release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResultRow<Cell = String> {
    /// Its number in the file.
    pub row: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// Why, where it was rejected: `(code, column)`.
    pub faults: Vec<(domain::kartlegging::FaultCode, Option<Column>)>,
    /// Its cells as they came, in the order of [`Column::ALL`]; none that held an identity number (N15).
    pub cells: [Cell; Column::COUNT],
}

/// Keeps the result of an upload.
pub(super) fn insert(tx: &mut Tx, upload: &Upload, fates: &[Fate]) -> Result<(), StoreError> {
    let batch = upload.id.to_string();
    let mut chunk = Chunk::default();
    for (row, fate) in upload.spool.read().zip(fates) {
        chunk.push(&result_of(&row.map_err(StoreError::Spool)?, *fate))?;
        if chunk.rows == CHUNK_ROWS {
            chunk.store(tx, &batch)?;
        }
    }
    if chunk.rows > 0 {
        chunk.store(tx, &batch)?;
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
    }
}

struct Chunk {
    lines: GzEncoder<Vec<u8>>,
    rows: usize,
    number: i64,
}

impl Default for Chunk {
    fn default() -> Self {
        Self { lines: encoder(), rows: 0, number: 0 }
    }
}

fn encoder() -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::new(), Compression::fast())
}

impl Chunk {
    fn push(&mut self, row: &ResultRow<&str>) -> Result<(), StoreError> {
        let line = serde_json::to_vec(row).map_err(|why| StoreError::corrupt("result", why))?;
        self.lines.write_all(&line).and_then(|()| self.lines.write_all(b"\n")).map_err(StoreError::Spool)?;
        self.rows += 1;
        Ok(())
    }

    fn store(&mut self, tx: &mut Tx, batch: &str) -> Result<(), StoreError> {
        let full = std::mem::replace(&mut self.lines, encoder());
        let content = full.finish().map_err(StoreError::Spool)?;
        diesel::insert_into(batch_results::table)
            .values((
                batch_results::batch_id.eq(batch),
                batch_results::chunk.eq(self.number),
                batch_results::content.eq(content),
            ))
            .execute(tx.connection())?;
        (self.rows, self.number) = (0, self.number + 1);
        Ok(())
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
    content.map(|content| unpack(&content)).transpose()
}

fn unpack(content: &[u8]) -> Result<Vec<ResultRow>, StoreError> {
    let mut lines = String::new();
    GzDecoder::new(content).read_to_string(&mut lines).map_err(|why| StoreError::corrupt("result", why))?;
    lines.lines().map(|line| serde_json::from_str(line).map_err(|why| StoreError::corrupt("result", why))).collect()
}
