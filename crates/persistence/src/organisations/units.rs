//! Queries on units. Everybody may see every unit.

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::municipality::{CountyNumber, MunicipalityNumber};
use domain::organisations::UnitKind;
use domain::orgnr::OrgNr;

use super::rows::{StoredUnit, UnitRow};
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{unit_serves, units};
use crate::store::Reader;
use crate::time::to_column;

/// Which units a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnitFilter {
    /// Of this kind.
    pub kind: Option<UnitKind>,
    /// Of this owner.
    pub owner: Option<OrgNr>,
    /// In this municipality.
    pub municipality: Option<MunicipalityNumber>,
    /// In this county.
    pub county: Option<CountyNumber>,
    /// PPT offices that serve this municipality.
    pub serves: Option<MunicipalityNumber>,
    /// Private ones, or public ones.
    pub private: Option<bool>,
    /// In operation, or not.
    pub active: Option<bool>,
}

/// The unit with this number.
pub fn find_unit(reader: &mut Reader, orgnr: &OrgNr) -> Result<Option<StoredUnit>, StoreError> {
    let row: Option<UnitRow> = units::table.find(orgnr.as_str()).first(reader.connection()).optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_served(reader, vec![row])?.pop())
}

/// A page of units, by number.
pub fn list_units(reader: &mut Reader, filter: &UnitFilter, window: &Window) -> Result<Vec<StoredUnit>, StoreError> {
    let mut query = matching(filter, window).order(units::orgnr).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(units::orgnr.gt(after.clone()));
    }
    let rows: Vec<UnitRow> = query.load(reader.connection())?;
    with_served(reader, rows)
}

/// How many units the whole list holds.
pub fn count_units(reader: &mut Reader, filter: &UnitFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(filter, window).count().get_result(reader.connection())?)
}

/// Units with the municipalities that they serve.
fn with_served(reader: &mut Reader, rows: Vec<UnitRow>) -> Result<Vec<StoredUnit>, StoreError> {
    let served: Vec<(String, String)> = unit_serves::table
        .filter(unit_serves::unit_orgnr.eq_any(rows.iter().map(|row| row.orgnr.clone())))
        .order((unit_serves::unit_orgnr, unit_serves::municipality_number))
        .load(reader.connection())?;
    let mut by_unit: BTreeMap<String, Vec<MunicipalityNumber>> = BTreeMap::new();
    for (unit, municipality) in served {
        let municipality = parse("unit", &municipality)?;
        by_unit.entry(unit).or_default().push(municipality);
    }
    rows.into_iter()
        .map(|row| {
            let serves = by_unit.remove(&row.orgnr).unwrap_or_default();
            row.serving(serves)
        })
        .collect()
}

fn matching(filter: &UnitFilter, window: &Window) -> units::BoxedQuery<'static, MultiBackend> {
    let mut query = units::table.into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(units::kind.eq(kind.as_str()));
    }
    if let Some(owner) = &filter.owner {
        query = query.filter(units::owner_orgnr.eq(owner.to_string()));
    }
    if let Some(municipality) = &filter.municipality {
        query = query.filter(units::municipality_number.eq(municipality.to_string()));
    }
    if let Some(county) = &filter.county {
        query = query.filter(units::county_number.eq(county.to_string()));
    }
    if let Some(municipality) = &filter.serves {
        let serving = unit_serves::table
            .filter(unit_serves::unit_orgnr.eq(units::orgnr))
            .filter(unit_serves::municipality_number.eq(municipality.to_string()));
        query = query.filter(exists(serving));
    }
    if let Some(private) = filter.private {
        query = query.filter(units::private.eq(private));
    }
    if let Some(active) = filter.active {
        query = query.filter(units::active.eq(active));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(units::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(units::orgnr.eq_any(window.ids.clone()));
    }
    query
}
