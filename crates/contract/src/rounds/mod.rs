//! Rounds on the wire.

mod form;

use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::{ExemptionId, RoundId};
use domain::orgnr::Synthetic;
use domain::rounds::{
    Exemption as DomainExemption, ExemptionFault, NewRound, RoundFault, RoundForm, RoundState, RoundTerms,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::bilingual::Bilingual;
use crate::numbers::Reading;
use crate::problem::Fault;

pub use form::{ExtraAnswer, Question, QuestionChoice, answer_fault};

/// The closed lists of rounds, as the OpenAPI document shows them.
pub mod lists {
    crate::code_schema! {
        RoundState of domain::rounds::RoundState = "Where a round is in its year.",
        QuestionKind of domain::rounds::QuestionKind = "How an extra question is answered.",
    }
}

/// A round of applications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Round {
    /// Its id.
    pub id: Uuid,
    /// The office code of the county governor whose round it is.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The ruleset under which its needs are checked, treated and granted.
    #[schema(example = "kollektiv-2026")]
    pub ruleset: String,
    /// The calendar year in which the first school year begins that it gives money for.
    #[schema(example = 2027)]
    pub year: i32,
    /// The day it opens.
    pub opens_on: NaiveDate,
    /// The last day on which needs are submitted for the first time.
    pub deadline_date: NaiveDate,
    /// The instant at which the deadline is over, exclusive: the next midnight in Oslo.
    pub deadline_at: DateTime<Utc>,
    /// The day on which reports on its grants are due.
    pub report_due_on: NaiveDate,
    /// What senders are to read before they begin, in the office's words.
    pub guidance: Option<Bilingual>,
    /// What the office asks besides what every round asks; answered in the need's `extra_answers`.
    pub questions: Vec<Question>,
    /// Where it is in its year; the clock opens it.
    #[schema(value_type = lists::RoundState, example = "open")]
    pub state: RoundState,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A round to come. It belongs to the county governor that makes it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateRound {
    /// The scheme; may be left out, since the ruleset has one.
    #[serde(default)]
    #[schema(example = "kollektiv", max_length = 40)]
    pub scheme: Option<String>,
    /// The ruleset.
    #[schema(example = "kollektiv-2026", max_length = 40)]
    pub ruleset: String,
    /// The calendar year in which its first school year begins.
    #[schema(example = 2027, minimum = 2020, maximum = 2100)]
    pub year: i32,
    /// The day it opens.
    #[schema(example = "2026-10-10")]
    pub opens_on: NaiveDate,
    /// The last day for first submissions.
    #[schema(example = "2027-02-01")]
    pub deadline_date: NaiveDate,
    /// The day on which reports are due.
    #[schema(example = "2028-01-15")]
    pub report_due_on: NaiveDate,
    /// What senders are to read before they begin.
    #[serde(default)]
    pub guidance: Option<Bilingual>,
    /// What you ask besides what every round asks.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub questions: Vec<Question>,
}

impl From<CreateRound> for NewRound {
    fn from(body: CreateRound) -> Self {
        Self {
            scheme: body.scheme,
            ruleset: body.ruleset,
            terms: RoundTerms {
                year: body.year,
                opens_on: body.opens_on,
                deadline_date: body.deadline_date,
                report_due_on: body.report_due_on,
                form: round_form(body.guidance, body.questions),
            },
        }
    }
}

fn round_form(guidance: Option<Bilingual>, questions: Vec<Question>) -> RoundForm {
    RoundForm { guidance: guidance.map(Into::into), questions: questions.into_iter().map(Into::into).collect() }
}

/// What of a round may change. Scheme and ruleset never do; year, opening and what is asked until it opens, the deadline
/// until the round is closed, the day for reports and the words of guidance and questions until it is settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeRound {
    /// The calendar year in which its first school year begins.
    #[schema(example = 2027, minimum = 2020, maximum = 2100)]
    pub year: i32,
    /// The day it opens.
    #[schema(example = "2026-10-10")]
    pub opens_on: NaiveDate,
    /// The last day for first submissions. The new one may be today, but not over already.
    #[schema(example = "2027-02-15")]
    pub deadline_date: NaiveDate,
    /// The day on which reports are due, for grants decided from now on.
    #[schema(example = "2028-01-15")]
    pub report_due_on: NaiveDate,
    /// What senders are to read before they begin.
    #[serde(default)]
    pub guidance: Option<Bilingual>,
    /// What you ask besides what every round asks. Once the round is open, only the words may change.
    #[serde(default)]
    #[schema(max_items = 30)]
    pub questions: Vec<Question>,
}

impl From<RoundTerms> for ChangeRound {
    fn from(terms: RoundTerms) -> Self {
        let RoundTerms { year, opens_on, deadline_date, report_due_on, form } = terms;
        let guidance = form.guidance.map(Into::into);
        let questions = form.questions.into_iter().map(Into::into).collect();
        Self { year, opens_on, deadline_date, report_due_on, guidance, questions }
    }
}

impl From<ChangeRound> for RoundTerms {
    fn from(body: ChangeRound) -> Self {
        let ChangeRound { year, opens_on, deadline_date, report_due_on, guidance, questions } = body;
        Self { year, opens_on, deadline_date, report_due_on, form: round_form(guidance, questions) }
    }
}

/// An owner's leave to submit for the first time after the deadline of a round, as long as the round is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Exemption {
    /// Its id.
    pub id: Uuid,
    /// The round.
    pub round_id: Uuid,
    /// Whose leave it is.
    #[schema(example = "889640782")]
    pub orgnr: String,
    /// The last day on which the owner may submit.
    #[schema(example = "2027-02-15")]
    pub until: NaiveDate,
    /// The instant at which that day is over, exclusive: the next midnight in Oslo.
    pub until_at: DateTime<Utc>,
    /// Why.
    #[schema(example = "Kommunen ble delt ved nyttår.")]
    pub reason: String,
    /// When it was given.
    pub created_at: DateTime<Utc>,
}

crate::page! {
    /// A page of exemptions.
    ExemptionPage of Exemption
}

/// An exemption to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateExemption {
    /// Whose leave it is: a municipality, a county authority or a private owner.
    #[schema(example = "889640782", max_length = 20)]
    pub orgnr: String,
    /// The last day on which the owner may submit: after the deadline, and not over already.
    #[schema(example = "2027-02-15")]
    pub until: NaiveDate,
    /// Why. The owner reads it.
    #[schema(example = "Kommunen ble delt ved nyttår.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

impl CreateExemption {
    /// The exemption from a round's deadline, or what cannot be read.
    pub fn read(&self, id: ExemptionId, round: RoundId, synthetic: Synthetic) -> Result<DomainExemption, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        let owner = reading.orgnr(&self.orgnr, "/orgnr");
        let (until, reason) = (self.until, self.reason.clone());
        reading.finish(owner.map(|owner| DomainExemption { id, round, owner, until, reason }))
    }
}

/// Where and how an exemption is at fault.
impl From<ExemptionFault> for Fault {
    fn from(fault: ExemptionFault) -> Self {
        match fault {
            ExemptionFault::NotAnOwner => Self::new("not_an_owner", "/orgnr"),
            ExemptionFault::EndsWithDeadline(date) => {
                Self::new("exemption_ends_with_deadline", "/until").with("deadline_date", date.to_string())
            }
            ExemptionFault::EndsInPast => Self::new("exemption_ends_in_past", "/until"),
        }
    }
}

crate::page! {
    /// A page of rounds.
    RoundPage of Round
}

/// Where and how a round is at fault.
impl From<RoundFault> for Fault {
    fn from(fault: RoundFault) -> Self {
        match fault {
            RoundFault::UnknownRuleset(ruleset) => Self::new("unknown_ruleset", "/ruleset").with("ruleset", ruleset),
            RoundFault::OtherScheme { expected } => {
                Self::new("scheme_of_other_ruleset", "/scheme").with("expected", expected)
            }
            RoundFault::DeadlineBeforeOpening => Self::new("deadline_before_opening", "/deadline_date"),
            RoundFault::ReportDueBeforeDeadline => Self::new("report_due_before_deadline", "/report_due_on"),
            RoundFault::Question(fault) => fault.into(),
            RoundFault::DeadlineInPast => Self::new("deadline_in_past", "/deadline_date"),
            RoundFault::Fixed { member, state } => {
                Self::new("fixed_in_round_state", format!("/{member}")).with("round_state", state.as_str())
            }
        }
    }
}
