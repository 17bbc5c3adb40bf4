//! Rows of organisations and units, and their way into the domain.

use chrono::NaiveDateTime;
use diesel::prelude::*;
use domain::organisations::Organisation;
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::schema::{organisations, units};

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
