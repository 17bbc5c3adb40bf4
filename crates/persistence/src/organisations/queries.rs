//! Queries on organisations and units.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::organisations::{Organisation, Unit};
use domain::orgnr::OrgNr;

use super::rows::{OrganisationRow, UnitRow};
use crate::error::StoreError;
use crate::schema::{organisations, unit_serves, units};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// The organisation with this number.
pub fn find(reader: &mut Reader, orgnr: &OrgNr) -> Result<Option<Organisation>, StoreError> {
    let row: Option<OrganisationRow> =
        organisations::table.find(orgnr.as_str()).first(reader.connection()).optional()?;
    row.map(Organisation::try_from).transpose()
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

/// Adds a unit.
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
