//! What an upload changes in the cells that responses add up to, in its own transaction.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::upsert::excluded;
use domain::kartlegging::RespondentGroup;
use domain::kartlegging::summary::is_counted;

use super::classify::{StoredPrints, UNITS_AT_A_TIME};
use super::load::Upload;
use super::print::Print;
use crate::error::StoreError;
use crate::on_backend;
use crate::schema::{response_cells, units};
use crate::store::{Reader, Tx};

/// Rows in one statement.
const STATEMENT_ROWS: usize = 500;

#[derive(Insertable, Clone, Copy)]
#[diesel(table_name = response_cells, treat_none_as_default_value = false)]
struct CellRow<'a> {
    instrument: &'a str,
    period: &'a str,
    municipality_number: &'a str,
    unit_kind: &'a str,
    area: &'a str,
    respondent_group: &'static str,
    responses: i64,
    respondents: i64,
    current_sum: i64,
    needed_sum: i64,
}

/// Municipality and kind of a unit, as the register has them now.
type Home = (String, String);

/// What is taken from a cell and put into it, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Delta {
    responses: i64,
    respondents: i64,
    current: i64,
    needed: i64,
}

impl Delta {
    fn add(&mut self, sign: i64, print: &Print) {
        let respondents = sign * i64::from(print.respondents);
        self.responses += sign;
        self.respondents += respondents;
        self.current += respondents * i64::from(print.current_tenths);
        self.needed += respondents * i64::from(print.needed_tenths);
    }
}

/// The cells of an upload's units, on the way from what was stored to what will be. Since `all` counts only for a unit
/// that tells no groups apart, one new row can move another; so the units are taken out whole and put in again.
pub(super) struct CellChanges<'a> {
    upload: &'a Upload,
    prints: StoredPrints,
    /// The units of the upload by their position, and where each belongs.
    units: Vec<(usize, Home)>,
    /// The deltas of each home: area by area, group by group.
    deltas: BTreeMap<Home, Vec<Delta>>,
}

impl<'a> CellChanges<'a> {
    /// Takes what is stored about the units out of their cells. The units are locked, so they stay where they are.
    pub(super) fn begin(
        reader: &mut Reader,
        upload: &'a Upload,
        positions: &[usize],
        stored: StoredPrints,
    ) -> Result<Self, StoreError> {
        let units = homes(reader, upload, positions)?;
        let mut changes = Self { upload, prints: stored, units, deltas: BTreeMap::new() };
        changes.add_all(-1);
        Ok(changes)
    }

    /// Notes what the upload puts at a place.
    pub(super) fn put(&mut self, slot: usize, print: Print) {
        self.prints.put(slot, print);
    }

    /// Puts what is now there into the cells, and writes those that differ. They are written in one order, so that
    /// two uploads never wait for each other in a circle.
    pub(super) fn write(mut self, tx: &mut Tx) -> Result<(), StoreError> {
        self.add_all(1);
        let period = self.upload.batch.period.to_string();
        let rows = self.rows(&period);
        for some in rows.chunks(STATEMENT_ROWS) {
            upsert(tx, some)?;
        }
        Ok(())
    }

    fn add_all(&mut self, sign: i64) {
        let places = self.upload.spool.places();
        let groups = places.groups();
        for (unit, home) in &self.units {
            let none = || vec![Delta::default(); places.areas().len() * groups.len()];
            let deltas = self.deltas.entry(home.clone()).or_insert_with(none);
            for area in 0..places.areas().len() {
                let slots = places.slots_about(*unit, area);
                let there = || slots.clone().zip(groups).filter(|(slot, _)| self.prints.at(*slot).is_some());
                let tells_groups_apart = there().any(|(_, group)| *group != RespondentGroup::All);
                for (slot, group) in there().filter(|(_, group)| is_counted(**group, tells_groups_apart)) {
                    if let (Some(stored), Some(n)) = (self.prints.at(slot), groups.iter().position(|g| g == group)) {
                        deltas[area * groups.len() + n].add(sign, &stored.values);
                    }
                }
            }
        }
    }

    fn rows<'b>(&'b self, period: &'b str) -> Vec<CellRow<'b>> {
        let places = self.upload.spool.places();
        let cells = places.areas().iter().flat_map(|area| places.groups().iter().map(move |group| (area, group)));
        let all = self.deltas.iter().flat_map(|(home, deltas)| cells.clone().zip(deltas).map(move |it| (home, it)));
        all.filter(|(_, (_, delta))| **delta != Delta::default())
            .map(|((municipality, kind), ((area, group), delta))| CellRow {
                instrument: &self.upload.batch.instrument,
                period,
                municipality_number: municipality,
                unit_kind: kind,
                area,
                respondent_group: group.as_str(),
                responses: delta.responses,
                respondents: delta.respondents,
                current_sum: delta.current,
                needed_sum: delta.needed,
            })
            .collect()
    }
}

fn homes(reader: &mut Reader, upload: &Upload, positions: &[usize]) -> Result<Vec<(usize, Home)>, StoreError> {
    let numbers = upload.spool.places().units();
    let mut homes = Vec::with_capacity(positions.len());
    for some in positions.chunks(UNITS_AT_A_TIME) {
        let rows: Vec<(String, String, String)> = units::table
            .filter(units::orgnr.eq_any(some.iter().map(|position| numbers[*position].as_str())))
            .select((units::orgnr, units::municipality_number, units::kind))
            .load(reader.connection())?;
        let mut found: HashMap<String, Home> =
            rows.into_iter().map(|(orgnr, municipality, kind)| (orgnr, (municipality, kind))).collect();
        homes.extend(some.iter().filter_map(|at| found.remove(numbers[*at].as_str()).map(|home| (*at, home))));
    }
    Ok(homes)
}

fn upsert(tx: &mut Tx, rows: &[CellRow<'_>]) -> Result<(), StoreError> {
    use response_cells as c;
    on_backend!(tx.connection(), connection => {
        diesel::insert_into(c::table)
            .values(rows)
            .on_conflict((c::instrument, c::period, c::municipality_number, c::unit_kind, c::area, c::respondent_group))
            .do_update()
            .set((
                c::responses.eq(c::responses + excluded(c::responses)),
                c::respondents.eq(c::respondents + excluded(c::respondents)),
                c::current_sum.eq(c::current_sum + excluded(c::current_sum)),
                c::needed_sum.eq(c::needed_sum + excluded(c::needed_sum)),
            ))
            .execute(connection)?
    });
    Ok(())
}
