//! The parts of a batch that is under way: durable and seen by every process from the moment they are acknowledged,
//! gone once the batch has ended.
//!
//! A part is kept as it was read, not as it was judged: units close and instruments are looked up when the batch is
//! committed, so its rows are checked again then. Kept for good with a row are only faults that cannot be found again,
//! see [`FaultCode::is_final`].

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use domain::ids::BatchId;
use domain::kartlegging::{Column, FaultCode, State};
use domain::orgnr::OrgNr;
use serde::{Deserialize, Serialize};

use super::packed::{Packer, unpack};
use super::spool::{Spool, SpooledRow, Verdict};
use crate::codec::number;
use crate::error::StoreError;
use crate::schema::{batch_part_chunks, batch_parts, batches};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A part as it is kept, without its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPart {
    /// Its number, from 1.
    pub part: u32,
    /// SHA-256 of its content, unpacked, in hexadecimal.
    pub digest: String,
    /// Its rows, without a header.
    pub rows: i64,
    /// Those of them that were faulty when it came.
    pub faulty: i64,
    /// When it came.
    pub received_at: DateTime<Utc>,
}

/// The rows of a part as they are kept. Packing them takes a while, so it is done before the write that keeps them.
pub struct PackedPart {
    rows: i64,
    faulty: i64,
    last_row: i64,
    chunks: Vec<Vec<u8>>,
}

/// A part that has come.
pub struct NewPart {
    /// Its batch.
    pub batch: BatchId,
    /// Its number.
    pub part: u32,
    /// SHA-256 of its content, unpacked, in hexadecimal.
    pub digest: String,
    /// Whether its first row was a header.
    pub has_header: bool,
    /// When it came.
    pub at: DateTime<Utc>,
    /// Its rows.
    pub rows: PackedPart,
}

/// A row of a part, as it came.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PartRow<Cell = String> {
    /// Its number in the part.
    pub(super) row: u64,
    /// What is wrong with it for good; empty where it is to be checked again.
    pub(super) faults: Vec<(FaultCode, Option<Column>)>,
    /// Its cells.
    pub(super) cells: [Cell; Column::COUNT],
}

#[derive(Queryable)]
struct PartColumns {
    part: i64,
    digest: String,
    row_count: i64,
    faulty: i64,
    received_at: NaiveDateTime,
}

impl TryFrom<PartColumns> for StoredPart {
    type Error = StoreError;
    fn try_from(row: PartColumns) -> Result<Self, StoreError> {
        Ok(Self {
            part: number("part", row.part)?,
            digest: row.digest,
            rows: row.row_count,
            faulty: row.faulty,
            received_at: from_column(row.received_at),
        })
    }
}

type Columns =
    (batch_parts::part, batch_parts::digest, batch_parts::row_count, batch_parts::faulty, batch_parts::received_at);
const COLUMNS: Columns =
    (batch_parts::part, batch_parts::digest, batch_parts::row_count, batch_parts::faulty, batch_parts::received_at);

/// The parts of a batch that are there, by number.
pub fn of_batch(reader: &mut Reader, batch: BatchId) -> Result<Vec<StoredPart>, StoreError> {
    let rows: Vec<PartColumns> = batch_parts::table
        .filter(batch_parts::batch_id.eq(batch.to_string()))
        .order(batch_parts::part)
        .select(COLUMNS)
        .load(reader.connection())?;
    rows.into_iter().map(StoredPart::try_from).collect()
}

/// One part of a batch, if it is there.
pub fn find(reader: &mut Reader, batch: BatchId, part: u32) -> Result<Option<StoredPart>, StoreError> {
    let row: Option<PartColumns> = batch_parts::table
        .find((batch.to_string(), i64::from(part)))
        .select(COLUMNS)
        .first(reader.connection())
        .optional()?;
    row.map(StoredPart::try_from).transpose()
}

/// How many batches of an organisation are under way, and how many bytes their parts take up.
pub fn under_way(reader: &mut Reader, sender: &OrgNr) -> Result<(i64, i64), StoreError> {
    let states = State::those(State::is_under_way).map(State::as_str);
    let of_sender =
        batches::table.filter(batches::sender_orgnr.eq(sender.as_str())).filter(batches::state.eq_any(states));
    let howmany = of_sender.clone().count().get_result(reader.connection())?;
    let bytes: Option<i64> = batch_parts::table
        .filter(batch_parts::batch_id.eq_any(of_sender.select(batches::id)))
        .select(sql::<Nullable<BigInt>>("CAST(SUM(kept_bytes) AS BIGINT)"))
        .first(reader.connection())?;
    Ok((howmany, bytes.unwrap_or(0)))
}

impl PackedPart {
    /// Packs what was taken in.
    pub fn of(spool: &Spool) -> Result<Self, StoreError> {
        let (mut faulty, mut last_row) = (0, 0);
        let mut packer = Packer::new(Ok);
        for row in spool.read() {
            let row = row.map_err(StoreError::Spool)?;
            faulty += i64::from(matches!(row.verdict, Verdict::Faulty(_)));
            last_row = row.number;
            packer.push(&part_row(&row))?;
        }
        let chunks = packer.finish()?;
        Ok(Self { rows: number("part", spool.len())?, faulty, last_row: number("part", last_row)?, chunks })
    }

    /// How many rows it has, without a header.
    pub const fn rows(&self) -> i64 {
        self.rows
    }

    fn bytes(&self) -> usize {
        self.chunks.iter().map(Vec::len).sum()
    }
}

/// Keeps a part. Its batch is held by this transaction, under way, and has none of this number; where another process
/// was quicker with it, this is a clash and the write runs again.
pub fn insert(tx: &mut Tx, new: &NewPart) -> Result<StoredPart, StoreError> {
    let (batch, part, rows) = (new.batch.to_string(), i64::from(new.part), &new.rows);
    let inserted = diesel::insert_into(batch_parts::table)
        .values((
            batch_parts::batch_id.eq(&batch),
            batch_parts::part.eq(part),
            batch_parts::digest.eq(&new.digest),
            batch_parts::row_count.eq(rows.rows),
            batch_parts::faulty.eq(rows.faulty),
            batch_parts::header_rows.eq(i64::from(new.has_header)),
            batch_parts::last_row.eq(rows.last_row),
            batch_parts::kept_bytes.eq(number::<i64, usize>("part", rows.bytes())?),
            batch_parts::received_at.eq(to_column(new.at)),
        ))
        .execute(tx.connection());
    inserted.map_err(|error| StoreError::from(error).or_clash("batch_parts"))?;
    for (chunk, content) in (0_i64..).zip(&rows.chunks) {
        diesel::insert_into(batch_part_chunks::table)
            .values((
                batch_part_chunks::batch_id.eq(&batch),
                batch_part_chunks::part.eq(part),
                batch_part_chunks::chunk.eq(chunk),
                batch_part_chunks::content.eq(content),
            ))
            .execute(tx.connection())?;
    }
    Ok(StoredPart {
        part: new.part,
        digest: new.digest.clone(),
        rows: rows.rows,
        faulty: rows.faulty,
        received_at: new.at,
    })
}

fn part_row(row: &SpooledRow) -> PartRow<&str> {
    let faults = match &row.verdict {
        Verdict::Faulty(faults) if faults.iter().any(|fault| fault.code.is_final()) => faults.as_slice(),
        Verdict::Faulty(_) | Verdict::Good { .. } => &[],
    };
    PartRow {
        row: row.number,
        faults: faults.iter().map(|fault| (fault.code, fault.column)).collect(),
        cells: std::array::from_fn(|at| row.cells.get(Column::ALL[at])),
    }
}

/// Every row of a batch's parts in their order, with the number that it has in all of them together: as if they were
/// one file, whose header is the first part's.
pub(super) fn each_row(
    reader: &mut Reader,
    batch: BatchId,
    mut take: impl FnMut(u64, &PartRow) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let numbered: Vec<(i64, i64, i64)> = batch_parts::table
        .filter(batch_parts::batch_id.eq(batch.to_string()))
        .order(batch_parts::part)
        .select((batch_parts::part, batch_parts::header_rows, batch_parts::last_row))
        .load(reader.connection())?;
    let mut before = numbered.first().map_or(0, |(_, header_rows, _)| *header_rows);
    for (part, header_rows, last_row) in numbered {
        let mut chunk = 0;
        while let Some(rows) = rows_of(reader, batch, part, chunk)? {
            for row in rows {
                let in_all = before - header_rows + number::<i64, u64>("part", row.row)?;
                take(number("part", in_all)?, &row)?;
            }
            chunk += 1;
        }
        before += last_row - header_rows;
    }
    Ok(())
}

fn rows_of(reader: &mut Reader, batch: BatchId, part: i64, chunk: i64) -> Result<Option<Vec<PartRow>>, StoreError> {
    let content: Option<Vec<u8>> = batch_part_chunks::table
        .find((batch.to_string(), part, chunk))
        .select(batch_part_chunks::content)
        .first(reader.connection())
        .optional()?;
    content.map(|content| unpack("part", &content)).transpose()
}

/// Forgets the parts of a batch that has ended.
pub(super) fn forget(tx: &mut Tx, batch: BatchId) -> Result<(), StoreError> {
    diesel::delete(batch_parts::table.filter(batch_parts::batch_id.eq(batch.to_string()))).execute(tx.connection())?;
    Ok(())
}
