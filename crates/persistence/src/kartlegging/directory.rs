//! The register's units, as a sender's directory needs them (K03).

use std::collections::HashMap;

use diesel::prelude::*;
use domain::kartlegging::{Directory, is_responsible_for};
use domain::municipality::MunicipalityNumber;
use domain::organisations::{Organisation, Unit};
use domain::orgnr::{OrgNr, Synthetic};

use super::unit_codes;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{unit_serves, units};
use crate::store::Reader;

type Row = (String, String, String, String, String, bool, bool);

/// The directory of a sender: every unit of the register by what it is to the sender, so that an unknown number can
/// be told from somebody else's; with the codes of a scheme of the sender's own, where it uses one.
pub fn of(
    reader: &mut Reader,
    sender: &Organisation,
    code_scheme: Option<&str>,
    synthetic: Synthetic,
) -> Result<Directory, StoreError> {
    let directory = Directory::new(sender, all_units(reader)?, synthetic);
    Ok(match code_scheme {
        Some(scheme) => directory.with_codes(unit_codes::of_scheme(reader, &sender.orgnr, scheme)?),
        None => directory,
    })
}

/// The active units that a sender answers for, by their numbers.
pub fn units_of(reader: &mut Reader, sender: &Organisation) -> Result<Vec<Unit>, StoreError> {
    let mut units = all_units(reader)?;
    units.retain(|unit| unit.active && is_responsible_for(sender, unit));
    Ok(units)
}

fn all_units(reader: &mut Reader) -> Result<Vec<Unit>, StoreError> {
    let served: Vec<(String, String)> = unit_serves::table
        .select((unit_serves::unit_orgnr, unit_serves::municipality_number))
        .load(reader.connection())?;
    let mut serves: HashMap<String, Vec<MunicipalityNumber>> = HashMap::new();
    for (unit, municipality) in served {
        serves.entry(unit).or_default().push(parse("unit", &municipality)?);
    }
    let rows: Vec<Row> = units::table
        .order(units::orgnr)
        .select((
            units::orgnr,
            units::name,
            units::kind,
            units::owner_orgnr,
            units::municipality_number,
            units::private,
            units::active,
        ))
        .load(reader.connection())?;
    rows.into_iter()
        .map(|row| {
            let serves = serves.remove(&row.0).unwrap_or_default();
            read(row, serves)
        })
        .collect()
}

fn read(row: Row, serves: Vec<MunicipalityNumber>) -> Result<Unit, StoreError> {
    let (orgnr, name, kind, owner, municipality, private, active) = row;
    let corrupt = |why: &dyn ToString| StoreError::corrupt("unit", why.to_string());
    Ok(Unit {
        orgnr: OrgNr::from_register(orgnr),
        name,
        kind: kind.parse().map_err(|why| corrupt(&why))?,
        owner: OrgNr::from_register(owner),
        municipality: municipality.parse().map_err(|why| corrupt(&why))?,
        private,
        active,
        serves,
    })
}
