//! What becomes of each row, held against what is stored (K01, K03, K04).

use diesel::prelude::*;
use domain::kartlegging::{FaultCode, Outcome, Places, RespondentGroup, RowFault, Stored, Summary, Tally, compare};

use super::load::Upload;
use super::print::Print;
use super::spool::Verdict;
use crate::backend::AnyConnection;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{responses, units};
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

/// The prints of what is stored at the places of an upload.
pub(super) struct StoredPrints(Vec<Option<Stored<Print>>>);

type Row = (String, String, String, String, i64, i64, i64, Option<String>);

impl StoredPrints {
    /// Reads what is stored for the instrument, period and units of an upload, whoever sent it.
    pub(super) fn read(reader: &mut Reader, upload: &Upload, positions: &[usize]) -> Result<Self, StoreError> {
        let places = upload.spool.places();
        let mut prints = vec![None; if positions.is_empty() { 0 } else { places.len() }];
        for some in positions.chunks(UNITS_AT_A_TIME) {
            let rows: Vec<Row> = responses::table
                .filter(responses::instrument.eq(&upload.batch.instrument))
                .filter(responses::period.eq(upload.batch.period.to_string()))
                .filter(responses::unit_orgnr.eq_any(orgnrs(places, some)))
                .select((
                    responses::unit_orgnr,
                    responses::area,
                    responses::respondent_group,
                    responses::sender_orgnr,
                    responses::current_tenths,
                    responses::needed_tenths,
                    responses::respondents,
                    responses::comment,
                ))
                .load(reader.connection())?;
            let position_of = some.iter().map(|position| (places.units()[*position].as_str(), *position)).collect();
            keep(&mut prints, upload, &position_of, &rows)?;
        }
        Ok(Self(prints))
    }

    /// What is stored at a place.
    pub(super) fn at(&self, slot: usize) -> Option<&Stored<Print>> {
        self.0.get(slot).and_then(Option::as_ref)
    }

    /// Notes what the upload puts there.
    pub(super) fn put(&mut self, slot: usize, values: Print) {
        self.0[slot] = Some(Stored { by_the_sender: true, values });
    }
}

fn keep(
    prints: &mut [Option<Stored<Print>>],
    upload: &Upload,
    position_of: &std::collections::HashMap<&str, usize>,
    rows: &[Row],
) -> Result<(), StoreError> {
    for (unit, area, group, sender, current, needed, respondents, comment) in rows {
        let group: RespondentGroup = parse("response", group)?;
        let position = position_of.get(unit.as_str()).copied();
        if let Some(slot) = position.and_then(|position| upload.spool.places().find(position, area, group)) {
            prints[slot] = Some(Stored {
                by_the_sender: sender == upload.batch.sender.as_str(),
                values: Print::of_numbers(*current, *needed, *respondents, comment.as_deref()),
            });
        }
    }
    Ok(())
}

/// Decides on every row, and counts.
pub(super) fn classify(upload: &Upload, stored: &StoredPrints) -> Result<(Vec<Fate>, Summary), StoreError> {
    let mut tally = Tally::default();
    let mut fates = Vec::with_capacity(usize::try_from(upload.spool.len()).unwrap_or_default());
    for row in upload.spool.read() {
        let row = row.map_err(StoreError::Spool)?;
        let fate = match &row.verdict {
            Verdict::Faulty(_) => Fate::Faulty,
            Verdict::Good { slot, .. } if upload.spool.seen().twice(*slot) => {
                Fate::Refused(FaultCode::DuplicateInBatch)
            }
            Verdict::Good { slot, print } => compare(stored.at(*slot), print).map_or_else(Fate::Refused, Fate::Taken),
        };
        match (fate, &row.verdict) {
            (Fate::Taken(outcome), _) => tally.take(row.number, outcome),
            (Fate::Refused(code), _) => tally.reject(row.number, &[RowFault::of_row(code)]),
            (Fate::Faulty, Verdict::Faulty(faults)) => tally.reject(row.number, faults),
            (Fate::Faulty, Verdict::Good { .. }) => tally.reject(row.number, &[]),
        }
        fates.push(fate);
    }
    if tally.stops_all(upload.batch.mode) {
        let stop = |fate: &mut Fate| *fate = Fate::Refused(FaultCode::BatchRejected);
        fates.iter_mut().filter(|fate| matches!(fate, Fate::Taken(_))).for_each(stop);
    }
    Ok((fates, tally.close(upload.batch.mode)))
}
