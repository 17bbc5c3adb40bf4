//! A private owner as it is shown: what the register says of it, and what the need says.

use contract::needs::PrivateOwner as PrivateOwnerView;
use domain::ids::NeedId;
use domain::needs::{Content, Need, PrivateOwnerFact};
use domain::orgnr::OrgNr;
use persistence::needs::{self, PrivateOwner};
use persistence::{Reader, StoreError};

/// Every private owner with active units in the municipalities that take part in a need.
pub(super) fn owners_around(reader: &mut Reader, need: &Need) -> Result<Vec<PrivateOwnerFact>, StoreError> {
    let sender = needs::sender_of(reader, &need.sender)?;
    needs::private_owner_facts(reader, &sender, &need.content, Some(need.id))
}

/// One of them.
pub(super) fn owner_around(
    reader: &mut Reader,
    need: &Need,
    orgnr: &OrgNr,
) -> Result<Option<PrivateOwnerFact>, StoreError> {
    Ok(owners_around(reader, need)?.into_iter().find(|owner| owner.orgnr == *orgnr))
}

/// What is known of an owner, and what the need says about it.
pub(super) fn view(
    need: NeedId,
    content: &Content,
    fact: &PrivateOwnerFact,
    said: Option<&PrivateOwner>,
) -> PrivateOwnerView {
    PrivateOwnerView {
        need_id: need.0,
        orgnr: fact.orgnr.to_string(),
        name: fact.name.clone(),
        unit_kinds: fact.unit_kinds.clone(),
        concerned: fact.is_concerned_by(content),
        invited_on: said.map(|owner| owner.answer.invited_on),
        recorded_answer: said.map(|owner| owner.answer.recorded),
        own_answer: said.and_then(|owner| owner.answer.own),
        answer: said.map(|owner| owner.answer.counts_as()),
        answered_at: said.and_then(|owner| owner.answered_at),
        reason: said.and_then(|owner| owner.reason.clone()),
        version: said.map_or(0, |owner| owner.version),
    }
}
