//! What the rules need to know of those whom a document names: parties and units.

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::ids::{NeedId, RoundId};
use domain::needs::{Content, InvitationState, NeedState, PartyFact, PartyRole, UnitFact};
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;

use super::parties::parties;
use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{municipalities, need_areas, need_parties, needs, organisations, unit_serves, units};
use crate::store::Reader;

/// The organisations named as parties, with what they have answered (N06, N14).
pub(super) fn party_facts(
    reader: &mut Reader,
    content: &Content,
    need: Option<NeedId>,
) -> Result<Vec<PartyFact>, StoreError> {
    let named: Vec<&str> = content.named().map(|(_, orgnr)| orgnr.as_str()).collect();
    let rows: Vec<(String, String, bool, Option<NaiveDate>)> = organisations::table
        .left_join(municipalities::table.on(is_number_of_municipality()))
        .filter(organisations::orgnr.eq_any(named))
        .select((organisations::orgnr, organisations::kind, organisations::active, municipalities::valid_to.nullable()))
        .load(reader.connection())?;
    let invited = need.map(|need| parties(reader, need)).transpose()?.unwrap_or_default();
    rows.into_iter()
        .map(|(orgnr, kind, active, valid_until)| {
            let orgnr = OrgNr::from_register(orgnr);
            let party = invited.iter().find(|party| party.orgnr == orgnr);
            let kind = parse("organisation", &kind)?;
            Ok(PartyFact {
                kind,
                active,
                valid_until,
                state: party.map(|party| party.state),
                asks_for_statped: party.is_some_and(|party| party.asks_for_statped),
                orgnr,
            })
        })
        .collect()
}

/// The last day of an organisation's number as a municipality, where it is one and has one.
pub(super) fn valid_until(reader: &mut Reader, orgnr: &OrgNr) -> Result<Option<NaiveDate>, StoreError> {
    let found: Option<Option<NaiveDate>> = organisations::table
        .inner_join(municipalities::table.on(is_number_of_municipality()))
        .filter(organisations::orgnr.eq(orgnr.as_str()))
        .select(municipalities::valid_to)
        .first(reader.connection())
        .optional()?;
    Ok(found.flatten())
}

#[diesel::dsl::auto_type(no_type_alias)]
fn is_number_of_municipality() -> _ {
    let kind: &'static str = OrganisationKind::Municipality.as_str();
    municipalities::number.nullable().eq(organisations::municipality_number).and(organisations::kind.eq(kind))
}

/// The participants whose own open need, about an area of the document and in the same round, asks the sender to take
/// part (N14). The sender reads those needs, since it was invited to them.
pub(super) fn naming_back(
    reader: &mut Reader,
    sender: &OrgNr,
    content: &Content,
    round: RoundId,
) -> Result<Vec<OrgNr>, StoreError> {
    let participants = content.participants.iter().map(|participant| participant.orgnr.as_str());
    let open = NeedState::those(NeedState::is_open).map(NeedState::as_str);
    let shared = need_areas::table
        .filter(need_areas::need_id.eq(needs::id))
        .filter(need_areas::submitted.eq(false))
        .filter(need_areas::area.eq_any(content.areas.iter().map(|need| need.area.as_str())));
    let senders: Vec<String> = need_parties::table
        .inner_join(needs::table.on(needs::id.eq(need_parties::need_id)))
        .filter(need_parties::orgnr.eq(sender.as_str()))
        .filter(need_parties::role.eq(PartyRole::Participant.as_str()))
        .filter(need_parties::state.ne(InvitationState::Declined.as_str()))
        .filter(needs::round_id.eq(round.to_string()))
        .filter(needs::sender_orgnr.eq_any(participants))
        .filter(needs::state.eq_any(open))
        .filter(exists(shared))
        .select(needs::sender_orgnr)
        .distinct()
        .load(reader.connection())?;
    Ok(senders.into_iter().map(OrgNr::from_register).collect())
}

/// The active units named, each with those who answer for it: its owner and, for a PPT office, the municipalities that
/// it serves (N14).
pub(super) fn unit_facts(reader: &mut Reader, content: &Content) -> Result<Vec<UnitFact>, StoreError> {
    let named: Vec<&str> = content.units.iter().map(|unit| unit.orgnr.as_str()).collect();
    let owners: Vec<(String, String)> = units::table
        .filter(units::orgnr.eq_any(&named))
        .filter(units::active.eq(true))
        .select((units::orgnr, units::owner_orgnr))
        .load(reader.connection())?;
    let served: Vec<(String, String)> = unit_serves::table
        .inner_join(
            organisations::table.on(organisations::municipality_number.eq(unit_serves::municipality_number.nullable())),
        )
        .filter(unit_serves::unit_orgnr.eq_any(&named))
        .filter(organisations::kind.eq(OrganisationKind::Municipality.as_str()))
        .select((unit_serves::unit_orgnr, organisations::orgnr))
        .load(reader.connection())?;
    let fact = |(unit, owner): (String, String)| {
        let municipalities = served.iter().filter(|(of, _)| *of == unit).map(|(_, municipality)| municipality.clone());
        let answered_for_by = municipalities.chain([owner]).map(OrgNr::from_register).collect();
        UnitFact { orgnr: OrgNr::from_register(unit), answered_for_by }
    };
    Ok(owners.into_iter().map(fact).collect())
}
