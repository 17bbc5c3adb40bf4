//! Those whom a sender asks: partners, participants and Statped, who confirm, and private owners, who join or decline.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::orgnr::OrgNr;

crate::codes! {
    /// In what way an organisation is asked; each is asked in one way only.
    PartyRole {
        /// To be the partner of the measure (N06).
        Partner = "partner",
        /// To take part as an owner of its own (N14).
        Participant = "participant",
        /// To contribute, or to carry the measure out (N07).
        Statped = "statped",
        /// To join with its kindergartens or schools (N05).
        PrivateOwner = "private_owner",
    }
}

crate::codes! {
    /// What a partner, a participant or Statped has answered (N06, N07, N14).
    InvitationState {
        /// Invited, not answered, or asked again because the measure or its money changed.
        Pending = "pending",
        /// Takes part as the need describes it.
        Confirmed = "confirmed",
        /// Does not take part.
        Declined = "declined",
    }
}

crate::codes! {
    /// What can happen to an invitation.
    InvitationCommand {
        /// The party confirms.
        Confirm = "confirm",
        /// The party declines.
        Decline = "decline",
        /// The sender changed what the party is asked about.
        AskAgain = "ask_again",
        /// The sender invites a party again that had declined.
        InviteAgain = "invite_again",
    }
}

/// A command that an invitation in this state does not take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("an invitation that is {state} does not take {command}")]
pub struct WrongInvitationState {
    /// Where the invitation is.
    pub state: InvitationState,
    /// What was tried.
    pub command: InvitationCommand,
}

impl InvitationState {
    /// Where a command takes the invitation.
    pub fn apply(self, command: InvitationCommand) -> Result<Self, WrongInvitationState> {
        use InvitationCommand as C;
        use InvitationState as S;
        match (self, command) {
            (S::Pending, C::Confirm) => Ok(S::Confirmed),
            (S::Pending, C::Decline) => Ok(S::Declined),
            (S::Pending | S::Confirmed, C::AskAgain) | (S::Declined, C::InviteAgain) => Ok(S::Pending),
            (state, command) => Err(WrongInvitationState { state, command }),
        }
    }
}

crate::codes! {
    /// What the municipality has noted of a private owner's answer (N05).
    RecordedAnswer {
        /// The owner joins.
        Joins = "joins",
        /// The owner does not.
        Declined = "declined",
        /// The owner was asked and has not answered.
        NoAnswer = "no_answer",
    }
}

crate::codes! {
    /// What a private owner has answered itself (N05).
    OwnAnswer {
        /// It joins.
        Joins = "joins",
        /// It does not.
        Declined = "declined",
    }
}

/// What a need says about one private owner (N05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateOwnerAnswer {
    /// When the owner was invited.
    pub invited_on: NaiveDate,
    /// What the municipality has noted.
    pub recorded: RecordedAnswer,
    /// What the owner has answered itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own: Option<OwnAnswer>,
}

impl PrivateOwnerAnswer {
    /// The answer that counts: the owner's own outranks the municipality's record (N05).
    pub const fn counts_as(&self) -> RecordedAnswer {
        match self.own {
            Some(OwnAnswer::Joins) => RecordedAnswer::Joins,
            Some(OwnAnswer::Declined) => RecordedAnswer::Declined,
            None => self.recorded,
        }
    }
}

/// The parties of a need at its submission, frozen with it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Parties {
    /// The partners, participants and Statped, where they had been invited, with what they had answered.
    pub invited: Vec<PartyAtSubmission>,
    /// The private owners that had been asked.
    pub private_owners: Vec<PrivateOwnerAtSubmission>,
}

impl Parties {
    /// Those that had been invited in one way.
    pub fn in_role(&self, role: PartyRole) -> impl Iterator<Item = &PartyAtSubmission> {
        self.invited.iter().filter(move |party| party.role == role)
    }
}

/// A partner, participant or Statped, and what it had answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartyAtSubmission {
    /// The organisation.
    pub orgnr: OrgNr,
    /// In what way it was asked.
    pub role: PartyRole,
    /// Its answer.
    pub state: InvitationState,
    /// When it had been invited.
    #[serde(default)]
    pub invited_at: Option<DateTime<Utc>>,
    /// When it had answered last.
    #[serde(default)]
    pub answered_at: Option<DateTime<Utc>>,
    /// What it had said to its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Whether it had asked for Statped too, as the partner (N07).
    #[serde(default)]
    pub asks_for_statped: bool,
}

/// A private owner and what was known of its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateOwnerAtSubmission {
    /// The owner.
    pub orgnr: OrgNr,
    /// The answer.
    #[serde(flatten)]
    pub answer: PrivateOwnerAnswer,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_whole_matrix_of_invitations() {
        let lines: Vec<String> = InvitationState::ALL
            .iter()
            .flat_map(|state| InvitationCommand::ALL.iter().map(move |command| (*state, *command)))
            .map(|(state, command)| match state.apply(command) {
                Ok(next) => format!("{state} --{command}--> {next}"),
                Err(_) => format!("{state} --{command}--> refused"),
            })
            .collect();
        insta::assert_snapshot!(lines.join("\n"));
    }

    #[test]
    fn an_owners_own_answer_outranks_the_municipalitys_record() {
        let invited_on = "2026-11-01".parse().unwrap();
        let mut answer = PrivateOwnerAnswer { invited_on, recorded: RecordedAnswer::Declined, own: None };
        assert_eq!(answer.counts_as(), RecordedAnswer::Declined);
        answer.own = Some(OwnAnswer::Joins);
        assert_eq!(answer.counts_as(), RecordedAnswer::Joins);
    }
}
