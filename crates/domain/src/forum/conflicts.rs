//! Conflicts of interest (F04): suggested by the system, declared by members, ruled by the forum without the member
//! concerned.
//!
//! Only items on needs have them. Nobody is recused on the item that adopts a recommendation, since each of its
//! lines comes from an item that was decided after its own conflicts were ruled.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Seat, SeatMember};
use crate::ids::SeatId;
use crate::needs::{Content, InvitationState, Parties, PartyRole, RecordedAnswer};
use crate::orgnr::OrgNr;

crate::codes! {
    /// Why a member may have a conflict of interest.
    ConflictGround {
        /// The member's organisation sent the need.
        Sender = "sender",
        /// It takes part in the measure.
        Participant = "participant",
        /// It is the partner of the measure.
        Partner = "partner",
        /// It is to receive money.
        Recipient = "recipient",
        /// The member said so.
        Declared = "declared",
    }
}

crate::codes! {
    /// Where the question of a member's conflict of interest stands.
    ConflictStatus {
        /// Nobody has looked at it, and nothing points to one.
        NotAssessed = "not_assessed",
        /// The system sees a ground; the forum has to rule.
        Suggested = "suggested",
        /// The member declared one; the forum has to rule.
        Declared = "declared",
        /// The forum ruled that there is none.
        AssessedNoConflict = "assessed_no_conflict",
        /// The forum ruled that there is one: the member is recused.
        Recused = "recused",
    }
}

/// What the forum ruled about a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ruling {
    /// Whether the member steps aside for the item.
    pub recused: bool,
    /// Why.
    pub reason: String,
    /// When.
    pub ruled_at: DateTime<Utc>,
}

/// The question of one member's conflict of interest in one item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What points to a conflict, each ground once, in the order of the code list.
    pub grounds: Vec<ConflictGround>,
    /// The member's own words, where the member declared it.
    pub declaration: Option<String>,
    /// The ruling, where the forum has made one.
    pub ruling: Option<Ruling>,
}

impl Assessment {
    /// Where the question stands.
    pub fn status(&self) -> ConflictStatus {
        match &self.ruling {
            Some(Ruling { recused: true, .. }) => ConflictStatus::Recused,
            Some(_) => ConflictStatus::AssessedNoConflict,
            None if self.grounds.contains(&ConflictGround::Declared) => ConflictStatus::Declared,
            None if !self.grounds.is_empty() => ConflictStatus::Suggested,
            None => ConflictStatus::NotAssessed,
        }
    }

    /// Whether the member steps aside: counts neither to the quorum nor to the vote.
    pub fn is_recused(&self) -> bool {
        self.status() == ConflictStatus::Recused
    }

    /// Whether the forum has still to rule; until then the item cannot be decided.
    pub fn awaits_ruling(&self) -> bool {
        matches!(self.status(), ConflictStatus::Suggested | ConflictStatus::Declared)
    }

    /// Adds grounds that the system sees. A new ground reopens a question that was ruled without it.
    pub fn suggest(&mut self, grounds: &[ConflictGround]) {
        let known = self.grounds.len();
        self.grounds.extend(grounds);
        self.grounds.sort_unstable();
        self.grounds.dedup();
        if self.grounds.len() > known {
            self.ruling = None;
        }
    }

    /// The member declares a conflict, in own words; the forum has to rule, also where it did before.
    pub fn declare(&mut self, words: String) {
        self.suggest(&[ConflictGround::Declared]);
        self.declaration = Some(words);
        self.ruling = None;
    }
}

/// The organisations that have a stake in a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stakeholders {
    /// Who sent it.
    pub sender: OrgNr,
    /// Who takes part in the measure.
    pub participants: Vec<OrgNr>,
    /// Its partners.
    pub partners: Vec<OrgNr>,
    /// Who is to receive money by its budget.
    pub recipients: Vec<OrgNr>,
}

impl Stakeholders {
    /// Reads them off a submitted need: private owners that join take part, and partners are those who have not
    /// declined.
    pub fn of(sender: OrgNr, content: &Content, parties: &Parties) -> Self {
        let partners = parties.in_role(PartyRole::Partner).filter(|partner| partner.state != InvitationState::Declined);
        Self {
            sender,
            participants: participants(content, parties),
            partners: partners.map(|partner| partner.orgnr.clone()).collect(),
            recipients: content.budget.iter().map(|line| line.recipient.clone()).collect(),
        }
    }

    /// What points to a conflict for somebody of an organisation.
    pub fn grounds(&self, orgnr: &OrgNr) -> Vec<ConflictGround> {
        let stakes = [
            (ConflictGround::Sender, self.sender == *orgnr),
            (ConflictGround::Participant, self.participants.contains(orgnr)),
            (ConflictGround::Partner, self.partners.contains(orgnr)),
            (ConflictGround::Recipient, self.recipients.contains(orgnr)),
        ];
        stakes.into_iter().filter_map(|(ground, applies)| applies.then_some(ground)).collect()
    }
}

/// Who takes part in a measure beside its sender: the owners named, and the private owners that join.
pub fn participants(content: &Content, parties: &Parties) -> Vec<OrgNr> {
    let joining = parties.private_owners.iter().filter(|owner| owner.answer.counts_as() == RecordedAnswer::Joins);
    let named = content.participants.iter().map(|participant| &participant.orgnr);
    named.chain(joining.map(|owner| &owner.orgnr)).cloned().collect()
}

/// The conflicts of interest of one seat in one item: holder and deputy are asked apart, since they may come from
/// different organisations, and an eligible deputy takes the seat of a recused holder (F03).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatConflicts {
    /// The seat.
    pub seat: SeatId,
    /// The holder's.
    pub holder: Assessment,
    /// The deputy's; not assessed where the seat has none.
    pub deputy: Assessment,
}

impl SeatConflicts {
    /// A seat about which nothing is known.
    pub fn unknown(seat: SeatId) -> Self {
        Self { seat, holder: Assessment::default(), deputy: Assessment::default() }
    }

    /// The question of one of its persons.
    pub fn of(&self, member: SeatMember) -> &Assessment {
        match member {
            SeatMember::Holder => &self.holder,
            SeatMember::Deputy => &self.deputy,
        }
    }

    /// The question of one of its persons, to change it.
    pub fn of_mut(&mut self, member: SeatMember) -> &mut Assessment {
        match member {
            SeatMember::Holder => &mut self.holder,
            SeatMember::Deputy => &mut self.deputy,
        }
    }

    /// Adds what the system sees, held against those with a stake in the item's need.
    pub fn suggest(&mut self, seat: &Seat, stakeholders: &Stakeholders) {
        for member in SeatMember::ALL {
            if let Some(orgnr) = seat.organisation_of(*member) {
                self.of_mut(*member).suggest(&stakeholders.grounds(orgnr));
            }
        }
    }

    /// Whether the forum has still to rule on either person.
    pub fn awaits_ruling(&self) -> bool {
        self.holder.awaits_ruling() || self.deputy.awaits_ruling()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::SeatGroup;
    use crate::forum::fixtures::{OTHER_ORGNR, at, deputy, orgnr, seat};
    use crate::needs::{PartyAtSubmission, PrivateOwnerAnswer, PrivateOwnerAtSubmission};

    fn ruled(recused: bool) -> Ruling {
        Ruling { recused, reason: "The forum looked at it.".to_owned(), ruled_at: at(0) }
    }

    fn stakeholders(sender: &str) -> Stakeholders {
        Stakeholders { sender: orgnr(sender), participants: vec![], partners: vec![], recipients: vec![orgnr(sender)] }
    }

    #[test]
    fn not_assessed_is_another_thing_than_assessed_without_conflict() {
        let untouched = Assessment::default();
        let cleared = Assessment { ruling: Some(ruled(false)), ..Assessment::default() };
        assert_eq!(untouched.status(), ConflictStatus::NotAssessed);
        assert_eq!(cleared.status(), ConflictStatus::AssessedNoConflict);
        assert!(!untouched.awaits_ruling() && !cleared.awaits_ruling());
    }

    #[test]
    fn the_system_suggests_a_conflict_where_the_organisation_is_a_party() {
        let seat = seat(SeatGroup::PublicOwner);
        let mut conflicts = SeatConflicts::unknown(seat.id);
        conflicts.suggest(&seat, &stakeholders(seat.orgnr.as_str()));
        assert_eq!(conflicts.holder.grounds, [ConflictGround::Sender, ConflictGround::Recipient]);
        assert!(conflicts.awaits_ruling());
    }

    #[test]
    fn a_private_owner_that_joins_takes_part_and_a_partner_that_declined_does_not() {
        let owner = |orgnr, recorded| PrivateOwnerAtSubmission {
            orgnr,
            answer: PrivateOwnerAnswer { invited_on: "2026-01-01".parse().unwrap(), recorded, own: None },
        };
        let parties = Parties {
            invited: vec![PartyAtSubmission {
                orgnr: orgnr("971845635"),
                role: PartyRole::Partner,
                state: InvitationState::Declined,
                invited_at: None,
                answered_at: None,
                reason: None,
                asks_for_statped: false,
            }],
            private_owners: vec![
                owner(orgnr(OTHER_ORGNR), RecordedAnswer::Joins),
                owner(orgnr("974760843"), RecordedAnswer::NoAnswer),
            ],
        };
        let found = Stakeholders::of(orgnr("974760673"), &Content::default(), &parties);
        assert_eq!(found.participants, [orgnr(OTHER_ORGNR)]);
        assert_eq!(found.partners, []);
    }

    #[test]
    fn holder_and_deputy_are_asked_apart() {
        let seat = Seat { deputy: Some(deputy()), ..seat(SeatGroup::PublicOwner) };
        let mut conflicts = SeatConflicts::unknown(seat.id);
        conflicts.suggest(&seat, &stakeholders(OTHER_ORGNR));
        assert_eq!(conflicts.holder.status(), ConflictStatus::NotAssessed);
        assert_eq!(conflicts.deputy.status(), ConflictStatus::Suggested);
    }

    #[test]
    fn a_declaration_reopens_what_was_ruled() {
        let mut assessment = Assessment { ruling: Some(ruled(false)), ..Assessment::default() };
        assessment.declare("My sister leads the measure.".to_owned());
        assert_eq!(assessment.status(), ConflictStatus::Declared);
    }

    #[test]
    fn seeing_the_same_ground_again_changes_nothing() {
        let mut assessment = Assessment::default();
        assessment.suggest(&[ConflictGround::Partner]);
        assessment.ruling = Some(ruled(true));
        assessment.suggest(&[ConflictGround::Partner]);
        assert!(assessment.is_recused());
        assessment.suggest(&[ConflictGround::Sender]);
        assert!(assessment.awaits_ruling());
    }
}
