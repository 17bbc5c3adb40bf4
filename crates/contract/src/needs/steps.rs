//! What is said when a need takes a step, and what is answered beside the need itself.

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::RoundId;
use domain::needs::ReturnTerms;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use super::view::NeedContent;
use crate::guidance::{GuidanceLink, LearningResourceLink};
use crate::problem::FindingView;
use domain::needs as domain_needs;

/// A return for correction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReturnNeed {
    /// The last day to resubmit; may lie after the round's deadline.
    #[schema(example = "2027-02-15")]
    pub reply_by: NaiveDate,
    /// What is to be corrected.
    #[schema(example = "Budsjettet mangler evaluering.", min_length = 1, max_length = 4000)]
    pub reason: String,
    /// Whether the sender may ask for more money than before.
    #[serde(default)]
    pub may_ask_for_more: bool,
}

impl From<&ReturnNeed> for ReturnTerms {
    fn from(body: &ReturnNeed) -> Self {
        Self { reply_by: body.reply_by, reason: body.reason.clone(), may_ask_for_more: body.may_ask_for_more }
    }
}

/// A dismissal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DismissNeed {
    /// Why it is outside the scheme.
    #[schema(example = "Tiltaket gjelder drift, ikke kompetanseutvikling.", min_length = 1, max_length = 4000)]
    pub reason: String,
}

/// A transfer to a later round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TransferNeed {
    /// A round of the same county governor with a later deadline that still takes needs.
    pub round_id: Uuid,
}

impl TransferNeed {
    /// The round named, as an id.
    pub const fn round(&self) -> RoundId {
        RoundId(self.round_id)
    }
}

/// What the rules have to say about a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedCheck {
    /// Whether it could be submitted now: no finding is a blocker.
    pub submittable: bool,
    /// Everything found, in the order of the rules.
    pub findings: Vec<CheckedFinding>,
    /// The first few questions with answers about the areas of the need.
    pub guidance: Vec<GuidanceLink>,
    /// The first few learning resources about the areas of the need.
    pub learning_resources: Vec<LearningResourceLink>,
}

/// A finding, with what helps.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct CheckedFinding {
    /// What was found.
    #[serde(flatten)]
    pub finding: FindingView,
    /// The first few questions with answers about it.
    pub guidance: Vec<GuidanceLink>,
}

/// A submission in the list of a need's submissions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NeedVersionItem {
    /// Its number, from 1.
    #[schema(example = 1)]
    pub n: i64,
    /// What the measure was called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// The amount asked for; null for those who see their own lines only.
    #[schema(example = 250_000)]
    pub amount_nok: Option<i64>,
    /// When.
    pub submitted_at: DateTime<Utc>,
}

crate::page! {
    /// The submissions of a need, oldest first.
    NeedVersionPage of NeedVersionItem
}

/// A submission, frozen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedVersion {
    /// The need.
    pub need_id: Uuid,
    /// Its number, from 1.
    #[schema(example = 1)]
    pub n: i64,
    /// When it was submitted.
    pub submitted_at: DateTime<Utc>,
    /// What the need said.
    #[serde(flatten)]
    pub content: NeedContent,
    /// The partners and what they had answered.
    pub partner_answers: Vec<PartyAnswer>,
    /// The participants and what they had answered.
    pub participant_answers: Vec<PartyAnswer>,
    /// The private owners and what was known of their answers.
    pub private_owner_answers: Vec<PrivateOwnerAnswer>,
    /// Warnings and hints that stood.
    pub findings: Vec<FindingView>,
}

/// What differs between two submissions of a need.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedComparison {
    /// The need.
    pub need_id: Uuid,
    /// The number of the first submission.
    #[schema(example = 1)]
    pub a: i64,
    /// The number of the second.
    #[schema(example = 2)]
    pub b: i64,
    /// Where they differ, ordered by path; empty where they say the same.
    pub differences: Vec<NeedDifference>,
}

/// One field in which two submissions differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedDifference {
    /// Which field: a JSON pointer into the submission, in which budget lines stand under their key, areas under their
    /// code, organisations and units under their number. Other lists are one field.
    #[schema(example = "/budget/samlinger-2027/amount_nok")]
    pub path: String,
    /// What it said in the first; null where there was nothing.
    #[schema(value_type = Value, example = 250_000)]
    pub before: Value,
    /// What it says in the second; null where there is nothing any more.
    #[schema(value_type = Value, example = 300_000)]
    pub after: Value,
}

/// A partner or participant and what it had answered at a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PartyAnswer {
    /// The organisation.
    #[schema(example = "974760843")]
    pub orgnr: String,
    /// Its answer.
    #[schema(value_type = lists::InvitationState, example = "confirmed")]
    pub state: domain_needs::InvitationState,
}

/// A private owner and what was known of its answer at a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PrivateOwnerAnswer {
    /// The owner.
    #[schema(example = "974760843")]
    pub orgnr: String,
    /// When it was invited.
    pub invited_on: NaiveDate,
    /// The answer that counted.
    #[schema(value_type = lists::RecordedAnswer, example = "joins")]
    pub answer: domain_needs::RecordedAnswer,
}
