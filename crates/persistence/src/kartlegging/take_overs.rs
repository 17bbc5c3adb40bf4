//! Responses about a unit that its owner has taken over from whoever sent them first (K03).

use chrono::{DateTime, Utc};
use diesel::dsl::count_star;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::kartlegging::Period;
use domain::orgnr::OrgNr;
use uuid::Uuid;

use crate::backend::AnyConnection;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{responses, take_overs, units};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// Responses that changed hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOver {
    /// Its id.
    pub id: Uuid,
    /// The unit that they are about.
    pub unit: OrgNr,
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// Whose they were.
    pub from: OrgNr,
    /// Whose they are.
    pub to: OrgNr,
    /// How many.
    pub responses: i64,
    /// When.
    pub at: DateTime<Utc>,
}

/// Holds a unit until the transaction ends, as uploads about it do.
pub fn hold_unit(tx: &mut Tx, unit: &OrgNr) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(connection) = tx.connection() {
        units::table.find(unit.as_str()).select(units::orgnr).for_no_key_update().execute(connection)?;
    }
    Ok(())
}

/// To whom other than its owner the responses about a unit belong, and how many each has.
pub fn others(
    reader: &mut Reader,
    (unit, instrument, period): (&OrgNr, &str, Period),
    owner: &OrgNr,
) -> Result<Vec<(OrgNr, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = responses::table
        .filter(responses::instrument.eq(instrument))
        .filter(responses::period.eq(period.to_string()))
        .filter(responses::unit_orgnr.eq(unit.as_str()))
        .filter(responses::sender_orgnr.ne(owner.as_str()))
        .group_by(responses::sender_orgnr)
        .order(responses::sender_orgnr)
        .select((responses::sender_orgnr, count_star()))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(sender, howmany)| (OrgNr::from_register(sender), howmany)).collect())
}

/// Gives the responses to the unit's owner. What they say stays as it is, and so does where they came from.
pub fn take(tx: &mut Tx, take_over: &TakeOver) -> Result<(), StoreError> {
    let of_the_other = responses::table
        .filter(responses::instrument.eq(&take_over.instrument))
        .filter(responses::period.eq(take_over.period.to_string()))
        .filter(responses::unit_orgnr.eq(take_over.unit.as_str()))
        .filter(responses::sender_orgnr.eq(take_over.from.as_str()));
    diesel::update(of_the_other)
        .set((
            responses::sender_orgnr.eq(take_over.to.as_str()),
            responses::version.eq(responses::version + 1),
            responses::updated_at.eq(to_column(take_over.at)),
        ))
        .execute(tx.connection())?;
    diesel::insert_into(take_overs::table)
        .values((
            take_overs::id.eq(take_over.id.to_string()),
            take_overs::unit_orgnr.eq(take_over.unit.as_str()),
            take_overs::instrument.eq(&take_over.instrument),
            take_overs::period.eq(take_over.period.to_string()),
            take_overs::from_orgnr.eq(take_over.from.as_str()),
            take_overs::to_orgnr.eq(take_over.to.as_str()),
            take_overs::responses.eq(take_over.responses),
            take_overs::taken_over_at.eq(to_column(take_over.at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Of these, those that the viewer gave or took.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let viewer = viewer.orgnr.as_str();
    let seen: Vec<String> = take_overs::table
        .filter(take_overs::id.eq_any(ids))
        .filter(take_overs::from_orgnr.eq(viewer).or(take_overs::to_orgnr.eq(viewer)))
        .select(take_overs::id)
        .load(reader.connection())?;
    seen.iter().map(|id| parse("take-over", id)).collect()
}
