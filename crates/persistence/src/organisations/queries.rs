//! Queries on organisations and units.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::{Organisation, OrganisationKind, Unit};
use domain::orgnr::OrgNr;

use super::rows::{OrganisationRow, StoredOrganisation, UnitRow};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{organisations, unit_serves, units};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// The organisation with this number.
pub fn find(reader: &mut Reader, orgnr: &OrgNr) -> Result<Option<Organisation>, StoreError> {
    let row: Option<OrganisationRow> =
        organisations::table.find(orgnr.as_str()).first(reader.connection()).optional()?;
    row.map(Organisation::try_from).transpose()
}

/// The organisation with this number, and what the database keeps beside it.
pub fn find_stored(reader: &mut Reader, orgnr: &OrgNr) -> Result<Option<StoredOrganisation>, StoreError> {
    let row: Option<OrganisationRow> =
        organisations::table.find(orgnr.as_str()).first(reader.connection()).optional()?;
    row.map(StoredOrganisation::try_from).transpose()
}

/// Which organisations a list is to hold. Everybody may see every organisation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganisationFilter {
    /// Of this kind.
    pub kind: Option<OrganisationKind>,
    /// That are, or lie in, this municipality.
    pub municipality: Option<MunicipalityNumber>,
    /// That are, or lie in, this county.
    pub county: Option<CountyNumber>,
    /// That take part today, or that do not.
    pub active: Option<bool>,
}

/// A page of organisations, by number.
pub fn list(
    reader: &mut Reader,
    filter: &OrganisationFilter,
    window: &Window,
) -> Result<Vec<StoredOrganisation>, StoreError> {
    let mut query = matching(filter, window).order(organisations::orgnr).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(organisations::orgnr.gt(after.clone()));
    }
    let rows: Vec<OrganisationRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredOrganisation::try_from).collect()
}

/// How many organisations the whole list holds.
pub fn count(reader: &mut Reader, filter: &OrganisationFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(filter, window).count().get_result(reader.connection())?)
}

fn matching(filter: &OrganisationFilter, window: &Window) -> organisations::BoxedQuery<'static, MultiBackend> {
    let mut query = organisations::table.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(organisations::kind.eq(kind.as_str()));
    }
    if let Some(municipality) = &filter.municipality {
        query = query.filter(organisations::municipality_number.eq(municipality.to_string()));
    }
    if let Some(county) = &filter.county {
        query = query.filter(organisations::county_number.eq(county.to_string()));
    }
    if let Some(active) = filter.active {
        query = query.filter(organisations::active.eq(active));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(organisations::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(organisations::orgnr.eq_any(window.ids.clone()));
    }
    query
}

/// Whether there is no organisation at all: a new database.
pub fn is_empty(reader: &mut Reader) -> Result<bool, StoreError> {
    let first: Option<String> =
        organisations::table.select(organisations::orgnr).first(reader.connection()).optional()?;
    Ok(first.is_none())
}

/// Adds an organisation.
pub fn insert(tx: &mut Tx, organisation: &Organisation, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = OrganisationRow {
        orgnr: organisation.orgnr.to_string(),
        name: organisation.name.clone(),
        kind: organisation.kind.to_string(),
        municipality_number: organisation.municipality.as_ref().map(ToString::to_string),
        county_number: organisation.county.as_ref().map(ToString::to_string),
        county_governor: organisation.county_governor.clone(),
        language_decision: organisation.language_decision.map(|l| l.to_string()),
        active: organisation.active,
        version: 1,
        created_at: to_column(at),
        updated_at: to_column(at),
    };
    diesel::insert_into(organisations::table).values(row).execute(tx.connection())?;
    Ok(())
}

/// Adds a unit. Units do not change yet; whoever lets them change their municipality or kind must move what they
/// answered from cell to cell in the same transaction (`response_cells`, ADR 0013).
pub fn insert_unit(tx: &mut Tx, unit: &Unit, at: DateTime<Utc>) -> Result<(), StoreError> {
    let row = UnitRow {
        orgnr: unit.orgnr.to_string(),
        name: unit.name.clone(),
        kind: unit.kind.to_string(),
        owner_orgnr: unit.owner.to_string(),
        municipality_number: unit.municipality.to_string(),
        county_number: unit.municipality.county().to_string(),
        private: unit.private,
        active: unit.active,
        version: 1,
        created_at: to_column(at),
        updated_at: to_column(at),
    };
    diesel::insert_into(units::table).values(row).execute(tx.connection())?;
    for municipality in &unit.serves {
        diesel::insert_into(unit_serves::table)
            .values((
                unit_serves::unit_orgnr.eq(unit.orgnr.as_str()),
                unit_serves::municipality_number.eq(municipality.as_str()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}
