//! The parties of a need as they are met by whoever reads its newest submission and not its draft. A returned need is
//! changed in its draft, and what is asked of whom there is nobody else's business until it is submitted again.

use std::collections::BTreeMap;

use diesel::prelude::*;
use domain::needs::{Need, Parties, PartyAtSubmission, PrivateOwnerAnswer, PrivateOwnerAtSubmission};
use domain::orgnr::OrgNr;

use super::parties::Party;
use super::private_owners::{PrivateOwner, private_owners};
use super::queries::find_version;
use super::rows::Submitted;
use crate::error::StoreError;
use crate::schema::organisations;
use crate::store::Reader;

/// The invited parties at the newest submission of a need, by number. The caller has found the need visible.
pub fn parties_as_submitted(reader: &mut Reader, need: &Need) -> Result<Vec<Party>, StoreError> {
    let submitted = newest(reader, need)?;
    let numbers = submitted.parties.invited.iter().map(|party| party.orgnr.as_str());
    let names: BTreeMap<String, String> = organisations::table
        .filter(organisations::orgnr.eq_any(numbers))
        .select((organisations::orgnr, organisations::name))
        .load::<(String, String)>(reader.connection())?
        .into_iter()
        .collect();
    let at = submitted.submitted_at;
    let party = |then: &PartyAtSubmission| Party {
        need: submitted.need,
        orgnr: then.orgnr.clone(),
        name: names.get(then.orgnr.as_str()).cloned().unwrap_or_default(),
        role: then.role,
        state: then.state,
        invited_at: then.invited_at.unwrap_or(at),
        answered_at: then.answered_at,
        reason: then.reason.clone(),
        asks_for_statped: then.asks_for_statped,
        version: submitted.n,
        updated_at: at,
    };
    let mut found: Vec<Party> = submitted.parties.invited.iter().map(party).collect();
    found.sort_by(|one, other| one.orgnr.cmp(&other.orgnr));
    Ok(found)
}

/// What a need said about private owners at its newest submission, by their number, with what they have answered
/// themselves: that is theirs to say at any time. The caller has found the need visible.
pub fn private_owners_as_submitted(
    reader: &mut Reader,
    need: &Need,
) -> Result<BTreeMap<OrgNr, PrivateOwner>, StoreError> {
    let submitted = newest(reader, need)?;
    let now = private_owners(reader, need.id)?;
    let owner = |then: &PrivateOwnerAtSubmission| {
        let itself = now.get(&then.orgnr).filter(|owner| owner.answer.own.is_some());
        let own = itself.and_then(|owner| owner.answer.own);
        PrivateOwner {
            need: submitted.need,
            owner: then.orgnr.clone(),
            answer: PrivateOwnerAnswer { own, ..then.answer.clone() },
            answered_at: itself.and_then(|owner| owner.answered_at),
            reason: itself.and_then(|owner| owner.reason.clone()),
            version: submitted.n,
            updated_at: submitted.submitted_at,
        }
    };
    Ok(submitted.parties.private_owners.iter().map(|then| (then.orgnr.clone(), owner(then))).collect())
}

/// The parties of the newest submission of a need, as the rules look at them.
pub fn newest_parties(reader: &mut Reader, need: &Need) -> Result<Parties, StoreError> {
    Ok(newest(reader, need)?.parties)
}

fn newest(reader: &mut Reader, need: &Need) -> Result<Submitted, StoreError> {
    let never = || StoreError::corrupt("need", "it is read as submitted and never was");
    let n = need.submitted_version.ok_or_else(never)?;
    find_version(reader, need.id, n)?.ok_or_else(never)
}
