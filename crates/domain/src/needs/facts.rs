//! What the rules need to know besides the document: registers, answers of others, the round.

use chrono::{DateTime, NaiveDate, Utc};

use super::content::Content;
use super::parties::{InvitationState, Parties, PrivateOwnerAnswer};
use crate::funding::GrantState;
use crate::ids::{BatchId, NeedId};
use crate::money::Nok;
use crate::municipality::CountyNumber;
use crate::organisations::{Organisation, OrganisationKind, UnitKind};
use crate::orgnr::OrgNr;
use crate::rounds::Round;

/// Everything around a need that its rules look at, as it stands at one instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Who sends it.
    pub sender: Organisation,
    /// Whether the sender has an active unit in the round's counties (N01).
    pub sender_has_unit_in_round: bool,
    /// The last day of the sender's number as a municipality, where it has one (N01).
    pub sender_valid_until: Option<NaiveDate>,
    /// The round it is sent in.
    pub round: Round,
    /// The counties of the round's county governor.
    pub counties: Vec<CountyNumber>,
    /// The organisations named as partners and participants, and Statped, in any order; one that is missing is unknown
    /// to the register (N06, N07, N14).
    pub parties: Vec<PartyFact>,
    /// The participants whose own open need, about an area of this one and in the same round, asks the sender to take
    /// part (N14).
    pub naming_back: Vec<OrgNr>,
    /// The active units among those that the document names (N14).
    pub units: Vec<UnitFact>,
    /// Every private owner with active units in the participating municipalities (N05).
    pub private_owners: Vec<PrivateOwnerFact>,
    /// The committed batches among those that the document names (N13).
    pub batches: Vec<BatchFact>,
    /// Whose kartlegging counts: the sender's, and that of municipalities where it has units (N13).
    pub kartlegging_senders: Vec<OrgNr>,
    /// The codes of the areas that belong to special-needs education (N19).
    pub special_needs_areas: Vec<String>,
    /// The other open needs of the sender in the round (N16).
    pub other_open_needs: Vec<OpenNeedFact>,
    /// Where the grant stands that the document supplements, if that is a grant of the sender's that it knows of (N17).
    pub supplemented: Option<GrantState>,
    /// The terms of the return, where the need was sent back (N03).
    pub returned: Option<ReturnFact>,
    /// The last day of the sender's exemption from the round's deadline, where it has one (N03).
    pub exempt_until: Option<NaiveDate>,
}

impl Facts {
    /// The same with the answers that its parties had given at a submission: what has become of them in the draft since
    /// is not for those who read the submission. What private owners have answered themselves stands.
    #[must_use]
    pub fn with_answers_of(mut self, submitted: &Parties) -> Self {
        for fact in &mut self.parties {
            let then = submitted.invited.iter().find(|party| party.orgnr == fact.orgnr);
            fact.state = then.map(|party| party.state);
        }
        for fact in &mut self.private_owners {
            let own = fact.answer.as_ref().and_then(|answer| answer.own);
            let then = submitted.private_owners.iter().find(|owner| owner.orgnr == fact.orgnr);
            fact.answer = then.map(|owner| PrivateOwnerAnswer { own, ..owner.answer.clone() });
        }
        self
    }

    /// What is known of an organisation that the document names.
    pub fn party(&self, orgnr: &OrgNr) -> Option<&PartyFact> {
        self.parties.iter().find(|fact| fact.orgnr == *orgnr)
    }
}

/// Another open need of the same sender in the same round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenNeedFact {
    /// The need.
    pub id: NeedId,
    /// What its measure is called.
    pub title: String,
    /// The codes of its areas, as its draft says.
    pub areas: Vec<String>,
}

/// An organisation that the document names to be invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartyFact {
    /// The organisation.
    pub orgnr: OrgNr,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Whether it takes part in anything today.
    pub active: bool,
    /// The last day of its number as a municipality, where it has one.
    pub valid_until: Option<NaiveDate>,
    /// What it has answered; `None` where it was not invited.
    pub state: Option<InvitationState>,
    /// Whether it said with its answer, as the partner, that it asks for Statped too (N07).
    pub asks_for_statped: bool,
}

/// A unit that the document names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFact {
    /// The unit.
    pub orgnr: OrgNr,
    /// Who answers for it: its owner and, for a PPT office, the municipalities that it serves.
    pub answered_for_by: Vec<OrgNr>,
}

/// A private owner with active units in a participating municipality.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateOwnerFact {
    /// The owner.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// The kinds of its active units there.
    pub unit_kinds: Vec<UnitKind>,
    /// What the need says about it; `None` where it says nothing.
    pub answer: Option<PrivateOwnerAnswer>,
}

impl PrivateOwnerFact {
    /// Whether a need must mention it: it has active units of the kinds that the need addresses (N05).
    pub fn is_concerned_by(&self, content: &Content) -> bool {
        self.unit_kinds.iter().any(|kind| content.unit_kinds.contains(kind))
    }
}

/// A committed batch of kartlegging.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BatchFact {
    /// The batch.
    pub id: BatchId,
    /// Who sent it.
    pub sender: OrgNr,
    /// When it was committed.
    pub committed_at: DateTime<Utc>,
}

/// The terms on which a need was sent back (N03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFact {
    /// The last day to resubmit.
    pub reply_by: NaiveDate,
    /// The amount asked for before.
    pub amount_before: Nok,
    /// Whether it may ask for more this time.
    pub may_ask_for_more: bool,
}
