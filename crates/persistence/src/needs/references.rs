//! Keys that organisations keep for needs in their own systems, and whether what a document names exists.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::Content;
use domain::orgnr::OrgNr;

use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{competence_areas, need_external_refs, organisations, units};
use crate::store::{Reader, Tx};

/// A key in an outside system, unique per organisation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExternalRef {
    /// The system.
    pub system: String,
    /// The key there.
    pub key: String,
}

/// The keys that an organisation keeps for a need.
pub fn external_refs(reader: &mut Reader, need: NeedId, orgnr: &OrgNr) -> Result<Vec<ExternalRef>, StoreError> {
    let rows: Vec<(String, String)> = need_external_refs::table
        .filter(need_external_refs::need_id.eq(need.to_string()))
        .filter(need_external_refs::orgnr.eq(orgnr.as_str()))
        .order((need_external_refs::system, need_external_refs::key))
        .select((need_external_refs::system, need_external_refs::key))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(system, key)| ExternalRef { system, key }).collect())
}

/// The first of some keys that the organisation keeps for another need, and for which.
pub fn taken_external_ref(
    reader: &mut Reader,
    need: NeedId,
    orgnr: &OrgNr,
    refs: &[ExternalRef],
) -> Result<Option<(ExternalRef, NeedId)>, StoreError> {
    for reference in refs {
        let owner: Option<String> = need_external_refs::table
            .find((orgnr.as_str(), &reference.system, &reference.key))
            .filter(need_external_refs::need_id.ne(need.to_string()))
            .select(need_external_refs::need_id)
            .first(reader.connection())
            .optional()?;
        if let Some(owner) = owner {
            let owner = parse("external key", &owner)?;
            return Ok(Some((reference.clone(), owner)));
        }
    }
    Ok(None)
}

/// Replaces the keys that an organisation keeps for a need. Two writers of the same key clash, and the second one
/// runs again and finds it taken.
pub fn set_external_refs(tx: &mut Tx, need: NeedId, orgnr: &OrgNr, refs: &[ExternalRef]) -> Result<(), StoreError> {
    let old = need_external_refs::table
        .filter(need_external_refs::need_id.eq(need.to_string()))
        .filter(need_external_refs::orgnr.eq(orgnr.as_str()));
    diesel::delete(old).execute(tx.connection())?;
    for reference in refs {
        diesel::insert_into(need_external_refs::table)
            .values((
                need_external_refs::orgnr.eq(orgnr.as_str()),
                need_external_refs::system.eq(&reference.system),
                need_external_refs::key.eq(&reference.key),
                need_external_refs::need_id.eq(need.to_string()),
            ))
            .execute(tx.connection())
            .map_err(|error| StoreError::from(error).or_clash("need_external_refs"))?;
    }
    Ok(())
}

/// JSON pointers to members of a document that name an area, unit or organisation which does not exist. An
/// organisation that is no longer active exists; what that means is said by the rules.
pub fn unknown_references(reader: &mut Reader, content: &Content) -> Result<Vec<String>, StoreError> {
    let areas = existing_areas(reader, content)?;
    let units = existing_units(reader, content)?;
    let organisations = existing_organisations(reader, content)?;
    let mut unknown = Vec::new();
    let mut note = |known: bool, pointer: String| {
        if !known {
            unknown.push(pointer);
        }
    };
    for (i, need) in content.areas.iter().enumerate() {
        note(areas.contains(&need.area), format!("/areas/{i}/area"));
    }
    for (i, unit) in content.units.iter().enumerate() {
        note(units.contains(unit.orgnr.as_str()), format!("/units/{i}/orgnr"));
    }
    for (i, participant) in content.participants.iter().enumerate() {
        note(organisations.contains(participant.orgnr.as_str()), format!("/participants/{i}/orgnr"));
    }
    for (i, partner) in content.partners.iter().enumerate() {
        note(organisations.contains(partner.orgnr.as_str()), format!("/partners/{i}/orgnr"));
    }
    if let Some(part) = &content.statped {
        note(organisations.contains(part.orgnr.as_str()), "/statped/orgnr".to_owned());
    }
    for (i, line) in content.budget.iter().enumerate() {
        note(organisations.contains(line.recipient.as_str()), format!("/budget/{i}/recipient"));
    }
    Ok(unknown)
}

fn existing_areas(reader: &mut Reader, content: &Content) -> Result<BTreeSet<String>, StoreError> {
    let named: Vec<&str> = content.areas.iter().map(|need| need.area.as_str()).collect();
    let rows: Vec<String> = competence_areas::table
        .filter(competence_areas::code.eq_any(named))
        .select(competence_areas::code)
        .load(reader.connection())?;
    Ok(rows.into_iter().collect())
}

fn existing_units(reader: &mut Reader, content: &Content) -> Result<BTreeSet<String>, StoreError> {
    let named: Vec<&str> = content.units.iter().map(|unit| unit.orgnr.as_str()).collect();
    let rows: Vec<String> = units::table
        .filter(units::orgnr.eq_any(named))
        .filter(units::active.eq(true))
        .select(units::orgnr)
        .load(reader.connection())?;
    Ok(rows.into_iter().collect())
}

fn existing_organisations(reader: &mut Reader, content: &Content) -> Result<BTreeSet<String>, StoreError> {
    let parties = content.named().map(|(_, orgnr)| orgnr);
    let recipients = content.budget.iter().map(|line| &line.recipient);
    let named: BTreeSet<&str> = parties.chain(recipients).map(OrgNr::as_str).collect();
    let rows: Vec<String> = organisations::table
        .filter(organisations::orgnr.eq_any(named))
        .select(organisations::orgnr)
        .load(reader.connection())?;
    Ok(rows.into_iter().collect())
}
