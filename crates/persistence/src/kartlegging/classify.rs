//! What becomes of each row, held against what is stored (K01, K03, K04).

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use domain::kartlegging::{FaultCode, Outcome, Places, RowFault, Stored, Summary, Tally, compare};
use uuid::Uuid;

use super::load::Upload;
use super::print::Print;
use super::sheets::{SheetRow, about};
use super::spool::Verdict;
use crate::backend::AnyConnection;
use crate::codec::{number, parse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::{response_sheets, units};
use crate::store::{Reader, Tx};

/// Units asked for in one statement, so that one answer stays small.
pub(super) const UNITS_AT_A_TIME: usize = 200;

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

/// Holds the units of an upload until its transaction ends, in one order, so that two uploads never wait for
/// each other in a circle. `NO KEY` lets everybody else refer to the units meanwhile.
pub(super) fn lock_units(tx: &mut Tx, places: &Places, positions: &[usize]) -> Result<(), StoreError> {
    hold_units(tx, &orgnrs(places, positions))
}

/// The same for units by their numbers.
pub(super) fn hold_units(tx: &mut Tx, numbers: &[&str]) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = tx.connection() {
        units::table
            .filter(units::orgnr.eq_any(numbers))
            .order(units::orgnr)
            .select(units::orgnr)
            .for_no_key_update()
            .execute(connection)?;
    }
    Ok(())
}

fn orgnrs<'a>(places: &'a Places, positions: &[usize]) -> Vec<&'a str> {
    positions.iter().map(|position| places.units()[*position].as_str()).collect()
}

/// What is stored at the places of an upload: prints of the responses, and which sheets they were read from.
pub(super) struct StoredPrints {
    /// Unit by unit, slot by slot; nothing for a unit without a sheet.
    prints: Vec<UnitPrints>,
    slots_per_unit: usize,
    sheets: Sheets,
}

/// The prints of what is said about one unit, in the order of its slots; empty where nothing is.
pub(super) type UnitPrints = Vec<Option<Stored<Print>>>;

/// The sheets of an upload's units, by their position: id and version.
pub(super) type Sheets = BTreeMap<usize, (Uuid, i64)>;

impl StoredPrints {
    /// Reads what is stored for the instrument, period and units of an upload, whoever sent it.
    pub(super) fn read(reader: &mut Reader, upload: &Upload, positions: &[usize]) -> Result<Self, StoreError> {
        let places = upload.spool.places();
        let slots_per_unit = places.slots_per_unit();
        let mut stored = Self { prints: vec![Vec::new(); places.units().len()], slots_per_unit, sheets: Sheets::new() };
        for some in positions.chunks(UNITS_AT_A_TIME) {
            let mut rows: HashMap<String, SheetRow> = of_units(reader, upload, some)?;
            for position in some {
                if let Some(row) = rows.remove(places.units()[*position].as_str()) {
                    stored.sheets.insert(*position, (parse("sheet", &row.id)?, row.version));
                    stored.keep(upload, *position, &row)?;
                }
            }
        }
        Ok(stored)
    }

    fn keep(&mut self, upload: &Upload, position: usize, row: &SheetRow) -> Result<(), StoreError> {
        let mut prints = vec![None; self.slots_per_unit];
        for passage in row.content.passages()? {
            let by_the_sender = passage.sender == upload.batch.sender.as_str();
            for line in &passage.responses {
                if let Some(slot) = upload.spool.places().find(position, &line.area, line.group) {
                    prints[slot % self.slots_per_unit] = Some(Stored { by_the_sender, values: Print::of_line(line) });
                }
            }
        }
        self.prints[position] = prints;
        Ok(())
    }

    /// What is stored at a place.
    pub(super) fn at(&self, slot: usize) -> Option<&Stored<Print>> {
        self.prints.get(slot / self.slots_per_unit)?.get(slot % self.slots_per_unit)?.as_ref()
    }

    /// What is stored about a unit; it is not kept any longer.
    pub(super) fn take(&mut self, position: usize) -> UnitPrints {
        let mut prints = std::mem::take(&mut self.prints[position]);
        prints.resize(self.slots_per_unit, None);
        prints
    }

    /// The sheets that were read.
    pub(super) fn sheets(&self) -> &Sheets {
        &self.sheets
    }
}

/// The sheets of some of an upload's units, by unit.
pub(super) fn of_units(
    reader: &mut Reader,
    upload: &Upload,
    positions: &[usize],
) -> Result<HashMap<String, SheetRow>, StoreError> {
    let rows: Vec<SheetRow> = sheets_about(upload, positions).load(reader.connection())?;
    Ok(rows.into_iter().map(|row| (row.unit_orgnr.clone(), row)).collect())
}

/// Ids and versions of the sheets of an upload's units as they are now.
pub(super) fn sheets_now(reader: &mut Reader, upload: &Upload, positions: &[usize]) -> Result<Sheets, StoreError> {
    let units = upload.spool.places().units();
    let mut sheets = Sheets::new();
    for some in positions.chunks(UNITS_AT_A_TIME) {
        let rows: Vec<(String, String, i64)> = sheets_about(upload, some)
            .select((response_sheets::unit_orgnr, response_sheets::id, response_sheets::version))
            .load(reader.connection())?;
        let position_of: HashMap<&str, usize> = some.iter().map(|at| (units[*at].as_str(), *at)).collect();
        for (unit, id, version) in rows {
            if let Some(position) = position_of.get(unit.as_str()) {
                sheets.insert(*position, (parse("sheet", &id)?, version));
            }
        }
    }
    Ok(sheets)
}

fn sheets_about(upload: &Upload, positions: &[usize]) -> response_sheets::BoxedQuery<'static, MultiBackend> {
    about(&upload.batch.instrument, upload.batch.period, orgnrs(upload.spool.places(), positions))
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
