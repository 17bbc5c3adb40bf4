//! Rows of organisations and units, and their way into the domain.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::municipality::MunicipalityNumber;
use domain::organisations::{Organisation, Unit};
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::schema::{organisations, units};
use crate::time::from_column;

/// An organisation with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredOrganisation {
    /// The organisation.
    pub organisation: Organisation,
    /// Raised by every write.
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A unit with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredUnit {
    /// The unit.
    pub unit: Unit,
    /// Raised by every write.
    pub version: i64,
    /// When it was added.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = organisations)]
pub(super) struct OrganisationRow {
    pub(super) orgnr: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) municipality_number: Option<String>,
    pub(super) county_number: Option<String>,
    pub(super) county_governor: Option<String>,
    pub(super) language_decision: Option<String>,
    pub(super) active: bool,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = units)]
pub(super) struct UnitRow {
    pub(super) orgnr: String,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) owner_orgnr: String,
    pub(super) municipality_number: String,
    pub(super) county_number: String,
    pub(super) private: bool,
    pub(super) active: bool,
    pub(super) version: i64,
    pub(super) created_at: NaiveDateTime,
    pub(super) updated_at: NaiveDateTime,
}

impl TryFrom<OrganisationRow> for Organisation {
    type Error = StoreError;
    fn try_from(row: OrganisationRow) -> Result<Self, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("organisation", why.to_string());
        Ok(Self {
            orgnr: OrgNr::from_register(row.orgnr),
            name: row.name,
            kind: row.kind.parse().map_err(|e| corrupt(&e))?,
            municipality: row.municipality_number.map(|n| n.parse()).transpose().map_err(|e| corrupt(&e))?,
            county: row.county_number.map(|n| n.parse()).transpose().map_err(|e| corrupt(&e))?,
            county_governor: row.county_governor,
            language_decision: row.language_decision.map(|l| l.parse()).transpose().map_err(|e| corrupt(&e))?,
            active: row.active,
        })
    }
}

impl TryFrom<OrganisationRow> for StoredOrganisation {
    type Error = StoreError;
    fn try_from(row: OrganisationRow) -> Result<Self, StoreError> {
        let (version, created_at, updated_at) = (row.version, from_column(row.created_at), from_column(row.updated_at));
        Ok(Self { organisation: row.try_into()?, version, created_at, updated_at })
    }
}

impl UnitRow {
    /// The unit of this row, with the municipalities that it serves.
    pub(super) fn serving(self, serves: Vec<MunicipalityNumber>) -> Result<StoredUnit, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("unit", why.to_string());
        let unit = Unit {
            orgnr: OrgNr::from_register(self.orgnr),
            name: self.name,
            kind: self.kind.parse().map_err(|e| corrupt(&e))?,
            owner: OrgNr::from_register(self.owner_orgnr),
            municipality: self.municipality_number.parse().map_err(|e| corrupt(&e))?,
            private: self.private,
            active: self.active,
            serves,
        };
        let (created_at, updated_at) = (from_column(self.created_at), from_column(self.updated_at));
        Ok(StoredUnit { unit, version: self.version, created_at, updated_at })
    }
}
