//! What is stored about the units of an upload, and holding them while it is written.

use std::collections::{BTreeMap, HashMap};
use std::thread::{self, ScopedJoinHandle};

use diesel::prelude::*;
use domain::kartlegging::{Places, Stored};
use uuid::Uuid;

use super::load::Upload;
use super::print::Print;
use super::sheets::{SheetRow, about};
use crate::backend::AnyConnection;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::schema::{response_sheets, units};
use crate::store::{Reader, Tx};

/// Units asked for in one statement, so that one answer stays small.
pub(super) const UNITS_AT_A_TIME: usize = 200;

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
        // While some are read here, the database gets the next ones ready.
        thread::scope(|scope| {
            let mut under_way = None;
            for some in positions.chunks(UNITS_AT_A_TIME) {
                let rows = of_units(reader, upload, some)?;
                let read = scope.spawn(move || read_sheets(upload, some, rows));
                if let Some(before) = under_way.replace(read) {
                    stored.keep(before)?;
                }
            }
            under_way.map_or(Ok(()), |last| stored.keep(last))
        })?;
        Ok(stored)
    }

    fn keep(&mut self, read: ScopedJoinHandle<'_, Result<Vec<ReadSheet>, StoreError>>) -> Result<(), StoreError> {
        for (position, sheet, prints) in read.join().map_err(|_| StoreError::Panicked("sheet.read"))?? {
            self.sheets.insert(position, sheet);
            self.prints[position] = prints;
        }
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

/// A unit by its position, id and version of its sheet, and what stands on it.
type ReadSheet = (usize, (Uuid, i64), UnitPrints);

fn read_sheets(
    upload: &Upload,
    positions: &[usize],
    mut rows: HashMap<String, SheetRow>,
) -> Result<Vec<ReadSheet>, StoreError> {
    let units = upload.spool.places().units();
    let there = positions.iter().filter_map(|at| rows.remove(units[*at].as_str()).map(|row| (*at, row)));
    there.map(|(at, row)| Ok((at, (parse("sheet", &row.id)?, row.version), prints_of(upload, at, &row)?))).collect()
}

fn prints_of(upload: &Upload, position: usize, row: &SheetRow) -> Result<UnitPrints, StoreError> {
    let places = upload.spool.places();
    let mut prints = vec![None; places.slots_per_unit()];
    for passage in row.content.passages()? {
        let by_the_sender = passage.sender == upload.batch.sender.as_str();
        for line in &passage.responses {
            if let Some(slot) = places.find(position, &line.area, line.group) {
                prints[slot % places.slots_per_unit()] = Some(Stored { by_the_sender, values: Print::of_line(line) });
            }
        }
    }
    Ok(prints)
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
