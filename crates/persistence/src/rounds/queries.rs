//! Queries on rounds. Every caller with a token may see every round, so there is no filter by viewer.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use domain::ids::RoundId;
use domain::rounds::{Round, RoundState};

use super::rows::{RoundRow, StoredRound};
use crate::connection::MultiBackend;
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
    let row = RoundRow::new(round, at);
    diesel::insert_into(rounds::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
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
