//! What becomes of each row, held against what is stored (K01, K03, K04).

use domain::kartlegging::{FaultCode, Outcome, RowFault, Summary, Tally, compare};

use super::load::Upload;
use super::spool::Verdict;
use super::stored::StoredPrints;
use crate::codec::number;
use crate::error::StoreError;

/// What becomes of one row; a byte or two, for a million of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It can be taken.
    Taken(Outcome),
    /// Its own check refused it; the faults stand in the spool.
    Faulty,
    /// It is refused for what stands elsewhere: in the batch, or in the database.
    Refused(FaultCode),
}

/// What an upload comes to, before anything of it is written.
pub(super) struct Judged {
    /// What becomes of each row.
    pub(super) fates: Vec<Fate>,
    /// Where every [`STRETCH`] of rows begins in the spool.
    pub(super) starts: Vec<u64>,
    /// The rows that say something new, by their place.
    pub(super) changes: Vec<Change>,
    pub(super) summary: Summary,
}

/// Rows between two places from which the spool can be read.
pub(super) const STRETCH: usize = 5_000;

/// Where a row that says something new stands in the spool; a million of them are kept in memory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    pub(super) slot: u32,
    pub(super) offset: u64,
}

/// Decides on every row, and counts.
pub(super) fn judge(upload: &Upload, stored: &StoredPrints) -> Result<Judged, StoreError> {
    let mut tally = Tally::default();
    let mut fates = Vec::with_capacity(usize::try_from(upload.spool.len()).unwrap_or_default());
    let (mut starts, mut changes) = (Vec::new(), Vec::with_capacity(fates.capacity()));
    for row in upload.spool.verdicts() {
        let row = row.map_err(StoreError::Spool)?;
        if fates.len() % STRETCH == 0 {
            starts.push(row.offset);
        }
        let fate = match &row.verdict {
            Verdict::Faulty(_) => Fate::Faulty,
            Verdict::Good { slot, .. } if upload.spool.seen().twice(*slot) => {
                Fate::Refused(FaultCode::DuplicateInBatch)
            }
            Verdict::Good { slot, print } => compare(stored.at(*slot), print).map_or_else(Fate::Refused, Fate::Taken),
        };
        match (fate, &row.verdict) {
            (Fate::Taken(outcome), Verdict::Good { slot, .. }) => {
                tally.take(row.number, outcome);
                if outcome != Outcome::Unchanged {
                    changes.push(Change { slot: number("slot", *slot)?, offset: row.offset });
                }
            }
            (Fate::Refused(code), _) => tally.reject(row.number, &[RowFault::of_row(code)]),
            (_, Verdict::Faulty(faults)) => tally.reject(row.number, faults),
            (Fate::Faulty, Verdict::Good { .. }) => tally.reject(row.number, &[]),
        }
        fates.push(fate);
    }
    if tally.stops_all(upload.batch.mode) {
        let stop = |fate: &mut Fate| *fate = Fate::Refused(FaultCode::BatchRejected);
        fates.iter_mut().filter(|fate| matches!(fate, Fate::Taken(_))).for_each(stop);
        changes.clear();
    }
    changes.sort_unstable_by_key(|change| change.slot);
    Ok(Judged { fates, starts, changes, summary: tally.close(upload.batch.mode) })
}
