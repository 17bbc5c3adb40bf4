//! Working out what an upload comes to, on one state of the database and before its write: that way a writer that
//! everybody else waits for is held only for as long as the writing takes.

use diesel::connection::SimpleConnection;
use domain::kartlegging::{Command, State, Summary, ending, next};

use super::cell_changes::{CellChanges, Home, homes};
use super::classify::{Change, Judged, Sheets, StoredPrints, UNITS_AT_A_TIME, judge, of_units, sheets_now};
use super::load::Upload;
use super::progress::Progress;
use super::results;
use super::revise::{By, Said, revise};
use super::sheets::{Revision, SheetRow, Waiting, passages, sheet_id};
use super::spool::{SpoolReader, SpooledRow, Verdict};
use crate::backend::AnyConnection;
use crate::codec::parse;
use crate::error::StoreError;
use crate::store::Reader;

/// What an upload comes to, and what that was worked out from.
pub struct Prepared {
    /// The positions of the units that the upload speaks about.
    pub(super) units: Vec<usize>,
    pub(super) summary: Summary,
    pub(super) state: State,
    /// The result, packed.
    pub(super) results: Vec<Vec<u8>>,
    /// What is to be applied, where anything is.
    pub(super) applied: Option<Applied>,
}

/// What applying an upload writes.
pub(super) struct Applied {
    base: Base,
    pub(super) revisions: Vec<Waiting>,
    pub(super) cells: CellChanges,
}

/// What others may change between the working out and the writing.
#[derive(PartialEq, Eq)]
struct Base {
    sheets: Sheets,
    homes: Vec<(usize, Home)>,
}

/// Decides on every row and works out what follows from it.
pub fn prepare(reader: &mut Reader, upload: &Upload, progress: &Progress) -> Result<Prepared, StoreError> {
    plan_for_what_is_there(reader)?;
    let units = upload.spool.seen().units(upload.spool.places());
    let stored = StoredPrints::read(reader, upload, &units)?;
    let judged = judge(upload, &stored)?;
    let command = ending(upload.batch.mode, upload.batch.dry_run, &judged.summary.counts);
    let state = next(State::Processing, command).map_err(|illegal| StoreError::corrupt("batch", illegal))?;
    // Packing takes as long as all the rest, and needs nothing of it.
    let (results, applied) = std::thread::scope(|scope| {
        let results = scope.spawn(|| results::pack(upload, &judged, progress));
        let applied = (command == Command::Apply).then(|| apply(reader, upload, &units, &judged, stored)).transpose();
        (results.join(), applied)
    });
    let results = results.map_err(|_| StoreError::Panicked("result.pack"))??;
    Ok(Prepared { units, summary: judged.summary, state, results, applied: applied? })
}

impl Applied {
    /// Whether nobody has changed since what this was worked out from. The units are held.
    pub(super) fn still_holds(
        &self,
        reader: &mut Reader,
        upload: &Upload,
        units: &[usize],
    ) -> Result<bool, StoreError> {
        Ok(self.base == Base { sheets: sheets_now(reader, upload, units)?, homes: homes(reader, upload, units)? })
    }
}

fn apply(
    reader: &mut Reader,
    upload: &Upload,
    units: &[usize],
    judged: &Judged,
    mut prints: StoredPrints,
) -> Result<Applied, StoreError> {
    let places = upload.spool.places();
    let base = Base { sheets: prints.sheets().clone(), homes: homes(reader, upload, units)? };
    let mut cells = CellChanges::default();
    cells.take_out(places, &base.homes, &prints);
    let revisions = revise_sheets(reader, upload, &judged.changes, &mut prints)?;
    cells.put_in(places, &base.homes, &prints);
    Ok(Applied { base, revisions, cells })
}

/// The sheets on which something changes, and the prints of it.
fn revise_sheets(
    reader: &mut Reader,
    upload: &Upload,
    changes: &[Change],
    prints: &mut StoredPrints,
) -> Result<Vec<Waiting>, StoreError> {
    let places = upload.spool.places();
    let unit_of = |change: &Change| change.slot as usize / places.slots_per_unit();
    let by_unit: Vec<&[Change]> = changes.chunk_by(|one, other| unit_of(one) == unit_of(other)).collect();
    let mut revisions = Vec::with_capacity(by_unit.len());
    let mut rows = upload.spool.pick();
    for some in by_unit.chunks(UNITS_AT_A_TIME) {
        let units: Vec<usize> = some.iter().map(|changes| unit_of(&changes[0])).collect();
        let there: Vec<usize> = units.iter().copied().filter(|unit| prints.sheets().contains_key(unit)).collect();
        let mut stored = of_units(reader, upload, &there)?;
        for (unit, changes) in units.into_iter().zip(some) {
            let said = said(upload, changes, &mut rows, prints)?;
            let sheet = stored.remove(places.units()[unit].as_str());
            let revision = revision(upload, (unit, revisions.len()), sheet.as_ref(), said)?;
            revisions.push(revision.wait_in(&upload.spool).map_err(StoreError::Spool)?);
        }
    }
    Ok(revisions)
}

/// What an upload says anew about one unit.
fn said<'a>(
    upload: &'a Upload,
    changes: &[Change],
    rows: &mut SpoolReader<'_>,
    prints: &mut StoredPrints,
) -> Result<Vec<Said<'a>>, StoreError> {
    let mut said = Vec::with_capacity(changes.len());
    for change in changes {
        let row: SpooledRow = rows.row_at(change.offset).map_err(StoreError::Spool)?;
        let Verdict::Good { slot, print } = row.verdict else {
            return Err(StoreError::corrupt("spool", "a faulty row was to be taken"));
        };
        prints.put(slot, print);
        let (_, area, group) = upload.spool.places().name(slot);
        said.push(Said {
            slot,
            area,
            group,
            current_tenths: i64::from(print.current_tenths),
            needed_tenths: i64::from(print.needed_tenths),
            respondents: i64::from(print.respondents),
            comment: row.comment().map(str::to_owned),
        });
    }
    Ok(said)
}

fn revision(
    upload: &Upload,
    (unit, n): (usize, usize),
    stored: Option<&SheetRow>,
    said: Vec<Said<'_>>,
) -> Result<Revision, StoreError> {
    let places = upload.spool.places();
    let (id, version, before) = match stored {
        Some(sheet) => (parse("sheet", &sheet.id)?, sheet.version + 1, passages(&sheet.content)?),
        None => (sheet_id(upload.batch.id, n), 1, Vec::new()),
    };
    let by = By { sender: upload.batch.sender.as_str(), batch: upload.batch.id, at: upload.at };
    let (after, replaced) = revise(before, said, by, |line| places.find(unit, &line.area, line.group))?;
    Revision::new((id, places.units()[unit].to_string(), version), &after, &replaced)
}

/// PostgreSQL keeps a plan after a few executions, also one that it made when there was next to nothing in a table, and
/// that walks through all of it a million rows later. What an upload asks is worth a plan each time.
fn plan_for_what_is_there(reader: &mut Reader) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = reader.connection() {
        connection.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan")?;
    }
    Ok(())
}
