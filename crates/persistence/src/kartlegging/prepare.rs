//! Working out what an upload comes to, on one state of the database and before its write: that way a writer that
//! everybody else waits for is held only for as long as the writing takes.

use diesel::connection::SimpleConnection;
use domain::kartlegging::{Command, State, Stored, Summary, ending, next};

use super::cell_changes::{CellChanges, Homes, homes};
use super::classify::{Change, Judged, judge};
use super::content::Compressor;
use super::load::Upload;
use super::progress::Progress;
use super::results;
use super::revise::{By, Said, revise};
use super::sheets::{Revision, SheetRow, Waiting, sheet_id};
use super::spool::{PutBy, SpoolReader, SpooledRow, Verdict};
use super::stored::{Sheets, StoredPrints, UNITS_AT_A_TIME, UnitPrints, of_units, sheets_now};
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
    /// The result, packed, where it waits in the spool.
    pub(super) results: Vec<PutBy>,
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
    homes: Homes,
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
        // Where nothing changes it is as if this upload came before all that is written meanwhile.
        let applies = command == Command::Apply && !judged.changes.is_empty();
        let applied = applies.then(|| apply(reader, upload, &units, &judged, stored)).transpose();
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
    let unit_of = |change: &Change| change.slot as usize / places.slots_per_unit();
    let by_unit: Vec<&[Change]> = judged.changes.chunk_by(|one, other| unit_of(one) == unit_of(other)).collect();
    let mut revisions = Vec::with_capacity(by_unit.len());
    let mut cells = CellChanges::default();
    let mut rows = upload.spool.pick();
    let mut compressor = Compressor::default();
    for some in by_unit.chunks(UNITS_AT_A_TIME) {
        let units: Vec<usize> = some.iter().map(|changes| unit_of(&changes[0])).collect();
        let there: Vec<usize> = units.iter().copied().filter(|unit| base.sheets.contains_key(unit)).collect();
        let mut stored = of_units(reader, upload, &there)?;
        for (unit, changes) in units.into_iter().zip(some) {
            let mut of_unit = prints.take(unit);
            cells.take_out(places, base.homes.get(&unit), &of_unit);
            let said = said(upload, changes, &mut rows, &mut of_unit)?;
            cells.put_in(places, base.homes.get(&unit), &of_unit);
            let sheet = stored.remove(places.units()[unit].as_str());
            let revision = revision(upload, (unit, revisions.len()), sheet.as_ref(), said, &mut compressor)?;
            revisions.push(revision.wait_in(&upload.spool).map_err(StoreError::Spool)?);
        }
    }
    Ok(Applied { base, revisions, cells })
}

/// What an upload says anew about one unit, and the prints of it.
fn said<'a>(
    upload: &'a Upload,
    changes: &[Change],
    rows: &mut SpoolReader<'_>,
    prints: &mut UnitPrints,
) -> Result<Vec<Said<'a>>, StoreError> {
    let slots_per_unit = upload.spool.places().slots_per_unit();
    let mut said = Vec::with_capacity(changes.len());
    for change in changes {
        let row: SpooledRow = rows.row_at(change.offset).map_err(StoreError::Spool)?;
        let Verdict::Good { slot, print } = row.verdict else {
            return Err(StoreError::corrupt("spool", "a faulty row was to be taken"));
        };
        prints[slot % slots_per_unit] = Some(Stored { by_the_sender: true, values: print });
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
    compressor: &mut Compressor,
) -> Result<Revision, StoreError> {
    let places = upload.spool.places();
    let (id, version, before) = match stored {
        Some(sheet) => (parse("sheet", &sheet.id)?, sheet.version + 1, sheet.content.passages()?),
        None => (sheet_id(upload.batch.id, n), 1, Vec::new()),
    };
    let by = By { sender: upload.batch.sender.as_str(), batch: upload.batch.id, at: upload.at };
    let (after, replaced) = revise(before, said, by, |line| places.find(unit, &line.area, line.group))?;
    Revision::new((id, places.units()[unit].to_string(), version), &after, &replaced, compressor)
}

/// PostgreSQL keeps a plan after a few executions, also one that it made when there was next to nothing in a table, and
/// that walks through all of it a million rows later. What an upload asks is worth a plan each time.
fn plan_for_what_is_there(reader: &mut Reader) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = reader.connection() {
        connection.batch_execute("SET LOCAL plan_cache_mode = force_custom_plan")?;
    }
    Ok(())
}
