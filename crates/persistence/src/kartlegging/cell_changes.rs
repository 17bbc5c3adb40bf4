//! What an upload changes in the cells that responses add up to, in its own transaction.

use std::collections::{BTreeMap, HashMap};

use diesel::prelude::*;
use diesel::upsert::excluded;
use domain::kartlegging::summary::is_counted;
use domain::kartlegging::{Places, RespondentGroup};

use super::load::Upload;
use super::print::Print;
use super::stored::{UNITS_AT_A_TIME, UnitPrints};
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
pub(super) type Home = (String, String);

/// The homes of an upload's units, by position.
pub(super) type Homes = BTreeMap<usize, Home>;

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

/// What an upload takes from cells and puts into them, by home: area by area, group by group. Since `all` counts only
/// for a unit that tells no groups apart, one new row can move another; so units are taken out whole and put in again.
#[derive(Debug, Default)]
pub(super) struct CellChanges(BTreeMap<Home, Vec<Delta>>);

impl CellChanges {
    /// Takes a unit as it was stored out of its cells.
    pub(super) fn take_out(&mut self, places: &Places, home: Option<&Home>, before: &UnitPrints) {
        self.add(-1, places, home, before);
    }

    /// Puts a unit as it will be into its cells.
    pub(super) fn put_in(&mut self, places: &Places, home: Option<&Home>, after: &UnitPrints) {
        self.add(1, places, home, after);
    }

    fn add(&mut self, sign: i64, places: &Places, home: Option<&Home>, prints: &UnitPrints) {
        let Some(home) = home else { return };
        let groups = places.groups();
        let deltas = self.0.entry(home.clone()).or_insert_with(|| vec![Delta::default(); places.slots_per_unit()]);
        for (deltas, prints) in deltas.chunks_mut(groups.len()).zip(prints.chunks(groups.len())) {
            let said =
                || groups.iter().zip(prints).enumerate().filter_map(|(n, (group, it))| Some((n, *group, it.as_ref()?)));
            let tells_groups_apart = said().any(|(_, group, _)| group != RespondentGroup::All);
            for (n, _, stored) in said().filter(|(_, group, _)| is_counted(*group, tells_groups_apart)) {
                deltas[n].add(sign, &stored.values);
            }
        }
    }

    /// Writes the cells that differ, in one order, so that two uploads never wait for each other in a circle.
    pub(super) fn write(&self, tx: &mut Tx, upload: &Upload) -> Result<(), StoreError> {
        let period = upload.batch.period.to_string();
        for some in self.rows(upload, &period).chunks(STATEMENT_ROWS) {
            upsert(tx, some)?;
        }
        Ok(())
    }

    fn rows<'a>(&'a self, upload: &'a Upload, period: &'a str) -> Vec<CellRow<'a>> {
        let places = upload.spool.places();
        let cells = places.areas().iter().flat_map(|area| places.groups().iter().map(move |group| (area, group)));
        let all = self.0.iter().flat_map(|(home, deltas)| cells.clone().zip(deltas).map(move |it| (home, it)));
        all.filter(|(_, (_, delta))| **delta != Delta::default())
            .map(|((municipality, kind), ((area, group), delta))| CellRow {
                instrument: &upload.batch.instrument,
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

/// Reads the homes of an upload's units.
pub(super) fn homes(reader: &mut Reader, upload: &Upload, positions: &[usize]) -> Result<Homes, StoreError> {
    let numbers = upload.spool.places().units();
    let mut homes = Homes::new();
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
