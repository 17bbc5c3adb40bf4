//! Partners, participants, private owners and invitations on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use domain::needs as domain_needs;
use domain::organisations::UnitKind;
use domain::orgnr::{OrgNr, Synthetic};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use crate::numbers::Reading;
use crate::problem::Fault;

/// Whom to invite. Left out altogether: every partner and participant named and every private owner concerned that was
/// not asked yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Partners that the need names, and Statped once a partner asks for it; who declined may be invited again.
    #[serde(default)]
    #[schema(max_items = 10, example = json!(["974760843"]))]
    pub partners: Option<Vec<String>>,
    /// Participants that the need names; one that declined may be invited again.
    #[serde(default)]
    #[schema(max_items = 100, example = json!(["971845635"]))]
    pub participants: Option<Vec<String>>,
    /// Private owners with units of the kinds that the need addresses.
    #[serde(default)]
    #[schema(max_items = 500, example = json!(["889640782"]))]
    pub private_owners: Option<Vec<String>>,
}

/// Whom to invite, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// Everybody who was not asked yet.
    Everybody,
    /// These.
    These {
        /// Partners.
        partners: Vec<OrgNr>,
        /// Participants.
        participants: Vec<OrgNr>,
        /// Private owners.
        private_owners: Vec<OrgNr>,
    },
}

impl Invite {
    /// The numbers read, or every fault in them.
    pub fn read(&self, synthetic: Synthetic) -> Result<Invited, Vec<Fault>> {
        if self.partners.is_none() && self.participants.is_none() && self.private_owners.is_none() {
            return Ok(Invited::Everybody);
        }
        let mut reading = Reading::new(synthetic);
        let mut read = |numbers: &Option<Vec<String>>, member: &str| {
            let numbers = numbers.iter().flatten().enumerate();
            let read: Vec<OrgNr> = numbers.filter_map(|(i, n)| reading.orgnr(n, format!("/{member}/{i}"))).collect();
            reading.unique(&read, |i| format!("/{member}/{i}"));
            read
        };
        let partners = read(&self.partners, "partners");
        let participants = read(&self.participants, "participants");
        let private_owners = read(&self.private_owners, "private_owners");
        reading.finish(Some(Invited::These { partners, participants, private_owners }))
    }
}

/// Who was invited now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InvitationsSent {
    /// Partners.
    #[schema(example = json!(["974760843"]))]
    pub partners: Vec<String>,
    /// Participants.
    #[schema(example = json!(["971845635"]))]
    pub participants: Vec<String>,
    /// Private owners.
    #[schema(example = json!(["889640782"]))]
    pub private_owners: Vec<String>,
}

/// An invited partner or participant, or Statped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Party {
    /// The need.
    pub need_id: Uuid,
    /// The organisation.
    #[schema(example = "974760843")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Høgskulen på Vestlandet")]
    pub name: String,
    /// In what way it is asked.
    #[schema(value_type = lists::PartyRole, example = "partner")]
    pub role: domain_needs::PartyRole,
    /// What it has answered.
    #[schema(value_type = lists::InvitationState, example = "pending")]
    pub state: domain_needs::InvitationState,
    /// When it was invited.
    pub invited_at: DateTime<Utc>,
    /// When it answered last.
    pub answered_at: Option<DateTime<Utc>>,
    /// What it said to its answer.
    #[schema(example = "Vi har kapasitet fra høsten.")]
    pub reason: Option<String>,
    /// Whether it asks for Statped's contribution too, as the partner.
    pub asks_for_statped: bool,
    /// Raised by every change of measure or budget, too: what `If-Match` compares.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// The invited partners or participants of a need.
    PartyPage of Party
}

/// The answer of a partner, a participant or Statped.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct InvitationReply {
    /// What to say to it; whoever declines says why.
    #[serde(default)]
    #[schema(example = "Vi har kapasitet fra høsten.", min_length = 1, max_length = 2000)]
    pub reason: Option<String>,
    /// For a partner that confirms: that it asks for the contribution of Statped that the need names (N07).
    #[serde(default)]
    #[schema(example = false)]
    pub asks_for_statped: bool,
}

/// A private owner that a need concerns (N05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrivateOwner {
    /// The need.
    pub need_id: Uuid,
    /// The owner.
    #[schema(example = "889640782")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Solsikken barnehager AS")]
    pub name: String,
    /// The kinds of its active units in the participating municipalities.
    #[schema(value_type = Vec<lists::UnitKind>, example = json!(["kindergarten"]))]
    pub unit_kinds: Vec<UnitKind>,
    /// Whether the need has to mention it: it has active units of the kinds that the need addresses.
    pub concerned: bool,
    /// When it was invited; null where it was not asked.
    pub invited_on: Option<NaiveDate>,
    /// What the municipality noted.
    #[schema(value_type = Option<lists::RecordedAnswer>, example = "no_answer")]
    pub recorded_answer: Option<domain_needs::RecordedAnswer>,
    /// What the owner answered itself; outranks what the municipality noted.
    #[schema(value_type = Option<lists::OwnAnswer>, example = "joins")]
    pub own_answer: Option<domain_needs::OwnAnswer>,
    /// The answer that counts.
    #[schema(value_type = Option<lists::RecordedAnswer>, example = "joins")]
    pub answer: Option<domain_needs::RecordedAnswer>,
    /// When the owner answered itself.
    pub answered_at: Option<DateTime<Utc>>,
    /// What was said to the answer.
    #[schema(example = "Vi blir med fra neste år.")]
    pub reason: Option<String>,
    /// Raised by every change; 0 where it was not asked yet.
    #[schema(example = 1)]
    pub version: i64,
}

crate::page! {
    /// The private owners that a need concerns.
    PrivateOwnerPage of PrivateOwner
}

/// What the municipality notes about a private owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RecordPrivateOwner {
    /// When the owner was invited; not in the future.
    #[schema(example = "2026-11-01")]
    pub invited_on: NaiveDate,
    /// What it answered, as the municipality knows it.
    #[schema(value_type = lists::RecordedAnswer, example = "no_answer")]
    pub answer: domain_needs::RecordedAnswer,
    /// What is to be said about it.
    #[serde(default)]
    #[schema(example = "Svarte på telefon.", max_length = 2000)]
    pub reason: Option<String>,
}

/// A private owner's own answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PrivateOwnerReply {
    /// Whether it joins.
    #[schema(value_type = lists::OwnAnswer, example = "joins")]
    pub answer: domain_needs::OwnAnswer,
    /// What to say to it.
    #[serde(default)]
    #[schema(example = "Vi blir med fra neste år.", max_length = 2000)]
    pub reason: Option<String>,
}

/// Something that the caller's organisation is asked to take part in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// The need.
    pub need_id: Uuid,
    /// In what way: answer under `/v1/needs/{id}/partners/{orgnr}` (Statped too), `…/participants/{orgnr}` or
    /// `…/private-owners/{orgnr}`.
    #[schema(value_type = lists::PartyRole, example = "partner")]
    pub role: domain_needs::PartyRole,
    /// What was answered.
    #[schema(value_type = lists::InvitationState, example = "pending")]
    pub state: domain_needs::InvitationState,
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// Where the need is.
    #[schema(value_type = lists::NeedState, example = "draft")]
    pub need_state: domain_needs::NeedState,
    /// Who asks.
    #[schema(example = "974760673")]
    pub sender_orgnr: String,
    /// The asker's name.
    #[schema(example = "Bergen kommune")]
    pub sender_name: String,
    /// Since when.
    pub invited_at: DateTime<Utc>,
    /// Of what is answered: give it back in `If-Match`.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of invitations.
    InvitationPage of Invitation
}
