//! Counting what became of the rows, and grouping what is wrong with them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::batch::{Mode, Outcome};
use super::column::Column;
use super::fault::{FaultCode, RowFault};

/// How many row numbers a group of faults names; the result file has them all.
pub const ROWS_NAMED: usize = 20;

/// What became of the rows of a batch, counted apart: `received = created + updated + unchanged + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Rows that came.
    pub received: i64,
    /// Rows with a new key.
    pub created: i64,
    /// Rows with other values than before.
    pub updated: i64,
    /// Rows with the same values as before.
    pub unchanged: i64,
    /// Rows that were not taken, for whatever reason.
    pub rejected: i64,
    /// Those of the rejected rows whose key another organisation sent first (K03).
    pub owned_by_other: i64,
}

impl Counts {
    /// Whether every row is counted in exactly one way.
    pub const fn add_up(&self) -> bool {
        self.received == self.created + self.updated + self.unchanged + self.rejected
            && self.owned_by_other <= self.rejected
    }
}

/// All rows with the same fault in the same column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FaultGroup {
    /// What is wrong.
    pub code: FaultCode,
    /// Where; `None` where it is the row as a whole.
    pub column: Option<Column>,
    /// How many rows have it.
    pub count: i64,
    /// The numbers of the first of them ([`ROWS_NAMED`] at most).
    pub rows: Vec<u64>,
}

/// The counts and the groups, once every row has been seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// What became of the rows.
    pub counts: Counts,
    /// What is wrong with them, the most frequent first.
    pub groups: Vec<FaultGroup>,
}

/// Collects row by row in bounded memory.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    counts: Counts,
    faults: BTreeMap<RowFault, Rows>,
    good: Rows,
}

#[derive(Debug, Clone, Default)]
struct Rows {
    count: i64,
    first: Vec<u64>,
}

impl Rows {
    fn note(&mut self, row: u64) {
        self.count += 1;
        if self.first.len() < ROWS_NAMED {
            self.first.push(row);
        }
    }
}

impl Tally {
    /// Notes a row that can be taken.
    pub fn take(&mut self, row: u64, outcome: Outcome) {
        self.counts.received += 1;
        *match outcome {
            Outcome::Created => &mut self.counts.created,
            Outcome::Updated => &mut self.counts.updated,
            Outcome::Unchanged => &mut self.counts.unchanged,
            Outcome::Rejected => &mut self.counts.rejected,
        } += 1;
        self.good.note(row);
    }

    /// Notes a row that cannot, with everything that is wrong with it.
    pub fn reject(&mut self, row: u64, faults: &[RowFault]) {
        self.counts.received += 1;
        self.counts.rejected += 1;
        for fault in faults {
            self.faults.entry(*fault).or_default().note(row);
            if fault.code == FaultCode::OwnedByOther {
                self.counts.owned_by_other += 1;
            }
        }
    }

    /// Whether faulty rows keep the good ones from being taken too (K04).
    pub fn stops_all(&self, mode: Mode) -> bool {
        mode == Mode::All && self.counts.rejected > 0
    }

    /// Closes the tally. Under mode `all` one faulty row makes rejected rows of all: the good ones under
    /// `batch_rejected`, so that the counts say what happened and the groups still say why.
    pub fn close(mut self, mode: Mode) -> Summary {
        if self.stops_all(mode) {
            let Counts { received, owned_by_other, .. } = self.counts;
            self.counts = Counts { received, rejected: received, owned_by_other, ..Counts::default() };
            if self.good.count > 0 {
                self.faults.insert(RowFault::of_row(FaultCode::BatchRejected), self.good);
            }
        }
        let mut groups: Vec<FaultGroup> = self.faults.into_iter().map(FaultGroup::from).collect();
        groups.sort_by_key(|group| std::cmp::Reverse(group.count));
        Summary { counts: self.counts, groups }
    }
}

impl From<(RowFault, Rows)> for FaultGroup {
    fn from((fault, rows): (RowFault, Rows)) -> Self {
        Self { code: fault.code, column: fault.column, count: rows.count, rows: rows.first }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const COMMA: RowFault = RowFault::at(Column::Current, FaultCode::DecimalComma);
    const OTHERS: RowFault = RowFault::of_row(FaultCode::OwnedByOther);

    #[test]
    fn forty_thousand_bad_rows_are_one_line() {
        let mut tally = Tally::default();
        (2..40_002).for_each(|row| tally.reject(row, &[COMMA]));
        let summary = tally.close(Mode::ValidRows);
        assert_eq!(summary.groups.len(), 1);
        assert_eq!((summary.groups[0].count, summary.groups[0].rows.len()), (40_000, ROWS_NAMED));
        assert_eq!(summary.groups[0].rows[..3], [2, 3, 4]);
    }

    #[test]
    fn unchanged_and_rejected_are_never_one_number() {
        let mut tally = Tally::default();
        tally.take(2, Outcome::Unchanged);
        tally.reject(3, &[OTHERS]);
        let counts = tally.close(Mode::ValidRows).counts;
        assert_eq!((counts.unchanged, counts.rejected, counts.owned_by_other), (1, 1, 1));
    }

    #[test]
    fn under_mode_all_one_faulty_row_rejects_the_others_by_name() {
        let mut tally = Tally::default();
        tally.take(2, Outcome::Created);
        tally.take(3, Outcome::Updated);
        tally.reject(4, &[COMMA]);
        let summary = tally.close(Mode::All);
        assert_eq!(summary.counts, Counts { received: 3, rejected: 3, ..Counts::default() });
        let codes: Vec<_> = summary.groups.iter().map(|group| (group.code, group.rows.clone())).collect();
        assert_eq!(codes, [(FaultCode::BatchRejected, vec![2, 3]), (FaultCode::DecimalComma, vec![4])]);
    }

    proptest! {
        #[test]
        fn counts_always_add_up(rows in proptest::collection::vec(0..6_u8, 0..200), all in any::<bool>()) {
            let mut tally = Tally::default();
            for (row, what) in (1_u64..).zip(&rows) {
                match what {
                    0 => tally.take(row, Outcome::Created),
                    1 => tally.take(row, Outcome::Updated),
                    2 => tally.take(row, Outcome::Unchanged),
                    3 => tally.reject(row, &[COMMA]),
                    4 => tally.reject(row, &[OTHERS]),
                    _ => tally.reject(row, &[COMMA, RowFault::at(Column::Needed, FaultCode::OutsideScale)]),
                }
            }
            let mode = if all { Mode::All } else { Mode::ValidRows };
            let counts = tally.close(mode).counts;
            prop_assert!(counts.add_up());
            prop_assert_eq!(counts.received, i64::try_from(rows.len()).unwrap());
        }
    }
}
