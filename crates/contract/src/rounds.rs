//! Rounds on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use domain::rounds::{NewRound, RoundFault, RoundState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::problem::Fault;

/// The closed lists of rounds, as the OpenAPI document shows them.
pub mod lists {
    crate::code_schema! {
        RoundState of domain::rounds::RoundState = "Where a round is in its year.",
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
}

impl From<CreateRound> for NewRound {
    fn from(body: CreateRound) -> Self {
        Self {
            scheme: body.scheme,
            ruleset: body.ruleset,
            year: body.year,
            opens_on: body.opens_on,
            deadline_date: body.deadline_date,
            report_due_on: body.report_due_on,
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
        }
    }
}
