//! Rounds read and written. Every caller with a token may see every round, so there is no filter by viewer.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use domain::ids::RoundId;
use domain::rounds::{Round, RoundState};
use domain::time::to_microseconds;

use super::rows::{RoundRow, StoredRound, form_columns};
use crate::connection::{AnyConnection, MultiBackend};
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::rounds;
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// Which rounds a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoundFilter {
    /// Of this county governor.
    pub county_governor: Option<String>,
    /// Of this scheme.
    pub scheme: Option<String>,
    /// Of this year.
    pub year: Option<i32>,
    /// In this state on this day: the clock opens planned rounds.
    pub state_on: Option<(RoundState, NaiveDate)>,
}

/// The round with this id.
pub fn find(reader: &mut Reader, id: RoundId) -> Result<Option<StoredRound>, StoreError> {
    let row: Option<RoundRow> = rounds::table.find(id.to_string()).first(reader.connection()).optional()?;
    row.map(StoredRound::try_from).transpose()
}

/// Adds a round.
pub fn insert(tx: &mut Tx, round: &Round, at: DateTime<Utc>) -> Result<StoredRound, StoreError> {
    let row = RoundRow::new(round, at)?;
    diesel::insert_into(rounds::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
}

/// Writes what was changed in a round, raising the version.
pub fn save(tx: &mut Tx, stored: &StoredRound, at: DateTime<Utc>) -> Result<StoredRound, StoreError> {
    let round = &stored.round;
    let (guidance, questions) = form_columns(&round.form)?;
    let changed = diesel::update(rounds::table.find(round.id.to_string()).filter(rounds::version.eq(stored.version)))
        .set((
            rounds::year.eq(i64::from(round.year)),
            rounds::opens_on.eq(round.opens_on),
            rounds::deadline_date.eq(round.deadline_date),
            rounds::deadline_at.eq(to_column(round.deadline_at())),
            rounds::report_due_on.eq(round.report_due_on),
            rounds::guidance.eq(guidance),
            rounds::questions.eq(questions),
            rounds::state.eq(round.state.as_str()),
            rounds::version.eq(stored.version + 1),
            rounds::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    Ok(StoredRound { version: stored.version + 1, updated_at: to_microseconds(at), ..stored.clone() })
}

/// Holds a round as it is until the transaction ends: whoever would move its deadline or close it waits, others that
/// hold it do not. So a need is begun and submitted under the deadline that stands when that is written (N03). SQLite
/// has one writer at a time, which is hold enough.
pub fn hold(tx: &mut Tx, id: RoundId) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = tx.connection() {
        let row = rounds::table.find(id.to_string()).select(rounds::id).for_share();
        row.first::<String>(connection).optional()?;
    }
    Ok(())
}

/// A page of rounds, by id.
pub fn list(reader: &mut Reader, filter: &RoundFilter, window: &Window) -> Result<Vec<StoredRound>, StoreError> {
    let mut query = matching(filter, window).order(rounds::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(rounds::id.gt(after.clone()));
    }
    let rows: Vec<RoundRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredRound::try_from).collect()
}

/// How many rounds the whole list holds.
pub fn count(reader: &mut Reader, filter: &RoundFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(filter, window).count().get_result(reader.connection())?)
}

fn matching(filter: &RoundFilter, window: &Window) -> rounds::BoxedQuery<'static, MultiBackend> {
    let mut query = rounds::table.into_boxed();
    if let Some(code) = &filter.county_governor {
        query = query.filter(rounds::county_governor.eq(code.clone()));
    }
    if let Some(scheme) = &filter.scheme {
        query = query.filter(rounds::scheme.eq(scheme.clone()));
    }
    if let Some(year) = filter.year {
        query = query.filter(rounds::year.eq(i64::from(year)));
    }
    if let Some((state, day)) = filter.state_on {
        let written = rounds::state.eq(state.to_string());
        let planned = rounds::state.eq(RoundState::Planned.as_str());
        query = match state {
            RoundState::Planned => query.filter(planned.and(rounds::opens_on.gt(day))),
            RoundState::Open => query.filter(written.or(planned.and(rounds::opens_on.le(day)))),
            RoundState::Closed | RoundState::Settled => query.filter(written),
        };
    }
    if let Some(since) = window.updated_since {
        query = query.filter(rounds::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(rounds::id.eq_any(window.ids.clone()));
    }
    query
}
