//! Gathers what the rules need to know around a need (`domain::needs::Facts`).

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::area::AreaGroup;
use domain::funding::GrantState;
use domain::ids::{NeedId, RoundId};
use domain::municipality::CountyNumber;
use domain::needs::{BatchFact, Content, Facts, Need, NeedState, OpenNeedFact, PrivateOwnerFact, ReturnFact};
use domain::organisations::{Organisation, OrganisationKind, UnitKind};
use domain::orgnr::OrgNr;
use domain::rounds::Round;

use super::party_facts::{naming_back, party_facts, unit_facts, valid_until};
use super::private_owners::private_owners;
use super::queries::find_version;
use crate::codec::parse;
use crate::error::StoreError;
use crate::organisations;
use crate::rounds;
use crate::schema::{batches, competence_areas, counties, grants, need_areas, needs, organisations as register, units};
use crate::store::Reader;
use crate::time::from_column;

/// The facts around a document that is kept as `need`, or not kept yet.
pub fn facts(
    reader: &mut Reader,
    sender: Organisation,
    content: &Content,
    round: Round,
    need: Option<&Need>,
) -> Result<Facts, StoreError> {
    let counties = counties_of(reader, &round.county_governor)?;
    let id = need.map(|need| need.id);
    let exemption = rounds::exemption_of(reader, round.id, &sender.orgnr)?;
    Ok(Facts {
        sender_has_unit_in_round: has_unit_in(reader, &sender.orgnr, &counties)?,
        sender_valid_until: valid_until(reader, &sender.orgnr)?,
        parties: party_facts(reader, content, id)?,
        naming_back: naming_back(reader, &sender.orgnr, content, round.id)?,
        units: unit_facts(reader, content)?,
        private_owners: private_owner_facts(reader, &sender, content, id)?,
        batches: batch_facts(reader, content)?,
        kartlegging_senders: kartlegging_senders(reader, &sender.orgnr)?,
        special_needs_areas: special_needs_areas(reader)?,
        other_open_needs: other_open_needs(reader, &sender, round.id, id)?,
        supplemented: supplemented(reader, &sender.orgnr, content)?,
        returned: need.map(|need| return_fact(reader, need)).transpose()?.flatten(),
        exempt_until: exemption.map(|stored| stored.exemption.until),
        sender,
        round,
        counties,
    })
}

/// The counties that a county governor covers.
pub fn counties_of(reader: &mut Reader, county_governor: &str) -> Result<Vec<CountyNumber>, StoreError> {
    let numbers: Vec<String> = counties::table
        .filter(counties::county_governor.eq(county_governor))
        .order(counties::number)
        .select(counties::number)
        .load(reader.connection())?;
    numbers.into_iter().map(|number| parse("county", &number)).collect()
}

fn has_unit_in(reader: &mut Reader, owner: &OrgNr, counties: &[CountyNumber]) -> Result<bool, StoreError> {
    Ok(first_county_with_unit(reader, owner, counties)?.is_some())
}

/// The first of some counties, by number, in which an owner has an active unit.
pub fn first_county_with_unit(
    reader: &mut Reader,
    owner: &OrgNr,
    counties: &[CountyNumber],
) -> Result<Option<CountyNumber>, StoreError> {
    let number: Option<String> = units::table
        .filter(units::owner_orgnr.eq(owner.as_str()))
        .filter(units::active.eq(true))
        .filter(units::county_number.eq_any(counties.iter().map(CountyNumber::as_str)))
        .order(units::county_number)
        .select(units::county_number)
        .first(reader.connection())
        .optional()?;
    number.map(|number| parse("unit", &number)).transpose()
}

/// Every private owner with active units in the participating municipalities, by number, with what the need says
/// about it (N05); those that take part in their own right are not asked about.
pub fn private_owner_facts(
    reader: &mut Reader,
    sender: &Organisation,
    content: &Content,
    need: Option<NeedId>,
) -> Result<Vec<PrivateOwnerFact>, StoreError> {
    let municipalities = participating_municipalities(reader, sender, content)?;
    let participants = content.participants.iter().map(|participant| &participant.orgnr);
    let taking_part_themselves = participants.chain([&sender.orgnr]).map(OrgNr::as_str);
    let rows: Vec<(String, String, String)> = units::table
        .inner_join(register::table.on(register::orgnr.eq(units::owner_orgnr)))
        .filter(units::municipality_number.eq_any(municipalities))
        .filter(units::private.eq(true))
        .filter(units::active.eq(true))
        .filter(units::owner_orgnr.ne_all(taking_part_themselves))
        .select((units::owner_orgnr, register::name, units::kind))
        .load(reader.connection())?;
    let answers = need.map(|need| private_owners(reader, need)).transpose()?.unwrap_or_default();
    let mut owners: BTreeMap<OrgNr, PrivateOwnerFact> = BTreeMap::new();
    for (orgnr, name, kind) in rows {
        let orgnr = OrgNr::from_register(orgnr);
        let kind: UnitKind = parse("unit", &kind)?;
        let answer = answers.get(&orgnr).map(|owner| owner.answer.clone());
        let owner = owners.entry(orgnr.clone()).or_insert_with(|| PrivateOwnerFact {
            orgnr,
            name,
            unit_kinds: Vec::new(),
            answer,
        });
        if !owner.unit_kinds.contains(&kind) {
            owner.unit_kinds.push(kind);
        }
    }
    Ok(owners.into_values().collect())
}

/// The sender's own municipality, where it is one, and those of participants.
fn participating_municipalities(
    reader: &mut Reader,
    sender: &Organisation,
    content: &Content,
) -> Result<Vec<String>, StoreError> {
    let mut taking_part: Vec<&str> =
        content.participants.iter().map(|participant| participant.orgnr.as_str()).collect();
    taking_part.push(sender.orgnr.as_str());
    let numbers: Vec<Option<String>> = register::table
        .filter(register::orgnr.eq_any(taking_part))
        .filter(register::kind.eq(OrganisationKind::Municipality.as_str()))
        .select(register::municipality_number)
        .load(reader.connection())?;
    Ok(numbers.into_iter().flatten().collect())
}

fn batch_facts(reader: &mut Reader, content: &Content) -> Result<Vec<BatchFact>, StoreError> {
    let named = content.evidence.batches.iter().map(ToString::to_string);
    let rows: Vec<(String, String, Option<chrono::NaiveDateTime>)> = batches::table
        .filter(batches::id.eq_any(named))
        .filter(batches::state.eq("committed"))
        .select((batches::id, batches::sender_orgnr, batches::committed_at))
        .load(reader.connection())?;
    rows.into_iter()
        .filter_map(|(id, sender, committed_at)| committed_at.map(|at| (id, sender, at)))
        .map(|(id, sender, committed_at)| {
            Ok(BatchFact {
                id: parse("batch", &id)?,
                sender: OrgNr::from_register(sender),
                committed_at: from_column(committed_at),
            })
        })
        .collect()
}

/// The sender itself, and the municipalities where it has units (N13).
pub(super) fn kartlegging_senders(reader: &mut Reader, sender: &OrgNr) -> Result<Vec<OrgNr>, StoreError> {
    let where_it_has_units = units::table
        .filter(units::owner_orgnr.eq(sender.as_str()))
        .filter(units::active.eq(true))
        .select(units::municipality_number.nullable());
    let municipalities: Vec<String> = register::table
        .filter(register::kind.eq(OrganisationKind::Municipality.as_str()))
        .filter(register::municipality_number.eq_any(where_it_has_units))
        .select(register::orgnr)
        .load(reader.connection())?;
    Ok(std::iter::once(sender.clone()).chain(municipalities.into_iter().map(OrgNr::from_register)).collect())
}

fn special_needs_areas(reader: &mut Reader) -> Result<Vec<String>, StoreError> {
    Ok(competence_areas::table
        .filter(competence_areas::area_group.eq(AreaGroup::SpecialNeeds.as_str()))
        .select(competence_areas::code)
        .load(reader.connection())?)
}

/// The sender's other open needs in the round, with the areas of their drafts (N16).
fn other_open_needs(
    reader: &mut Reader,
    sender: &Organisation,
    round: RoundId,
    need: Option<NeedId>,
) -> Result<Vec<OpenNeedFact>, StoreError> {
    let open = NeedState::those(NeedState::is_open).map(NeedState::as_str);
    let rows: Vec<(String, String, Option<String>)> = needs::table
        .left_join(need_areas::table.on(need_areas::need_id.eq(needs::id).and(need_areas::submitted.eq(false))))
        .filter(needs::sender_orgnr.eq(sender.orgnr.as_str()))
        .filter(needs::round_id.eq(round.to_string()))
        .filter(needs::id.ne(need.map(|id| id.to_string()).unwrap_or_default()))
        .filter(needs::state.eq_any(open))
        .order(needs::id)
        .select((needs::id, needs::title, need_areas::area.nullable()))
        .load(reader.connection())?;
    let mut found: Vec<OpenNeedFact> = Vec::new();
    for (id, title, area) in rows {
        let id = parse("need", &id)?;
        if found.last().is_none_or(|last| last.id != id) {
            found.push(OpenNeedFact { id, title, areas: Vec::new() });
        }
        if let Some(need) = found.last_mut() {
            need.areas.extend(area);
        }
    }
    Ok(found)
}

/// Where the grant stands that a document supplements, if its sender may know of it (N17).
pub fn supplemented(reader: &mut Reader, sender: &OrgNr, content: &Content) -> Result<Option<GrantState>, StoreError> {
    let Some(grant) = content.supplement.as_ref().and_then(|supplement| supplement.grant) else { return Ok(None) };
    let state: Option<String> = grants::table
        .find(grant.to_string())
        .filter(grants::sender_orgnr.eq(sender.as_str()))
        .select(grants::state)
        .first(reader.connection())
        .optional()?;
    let state: Option<GrantState> = state.map(|state| parse("grant", &state)).transpose()?;
    Ok(state.filter(|state| state.is_public()))
}

fn return_fact(reader: &mut Reader, need: &Need) -> Result<Option<ReturnFact>, StoreError> {
    let (NeedState::Returned, Some(terms), Some(n)) = (need.state, &need.returned, need.submitted_version) else {
        return Ok(None);
    };
    let before =
        find_version(reader, need.id, n)?.ok_or_else(|| StoreError::corrupt("need", "its submission is gone"))?;
    Ok(Some(ReturnFact {
        reply_by: terms.reply_by,
        amount_before: before.content.amount,
        may_ask_for_more: terms.may_ask_for_more,
    }))
}

/// The organisation that sends a need, from the register.
pub fn sender_of(reader: &mut Reader, orgnr: &OrgNr) -> Result<Organisation, StoreError> {
    organisations::find(reader, orgnr)?.ok_or_else(|| StoreError::corrupt("need", "its sender is not in the register"))
}
