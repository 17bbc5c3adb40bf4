//! Reports on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use domain::funding::ReportState;
use domain::funding::reports::{GoalAttainment, Indicator, Part, Participants};
use domain::money::Nok;
use domain::needs::TargetGroup;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// What became of a grant's money in a school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Report {
    /// Its id.
    pub id: Uuid,
    /// The grant.
    pub grant_id: Uuid,
    /// The code of the office that it goes to.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// Who submits it.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// The school year that it is about.
    #[schema(example = "2027-2028")]
    pub school_year: String,
    /// The ruleset whose indicators it answers.
    #[schema(example = "kollektiv-2026")]
    pub ruleset: String,
    /// Where it stands.
    #[schema(value_type = super::ReportState, example = "draft")]
    pub state: ReportState,
    /// When it is due.
    #[schema(example = "2028-01-15")]
    pub due_on: NaiveDate,
    /// Whether the sender owes it though it was due before today.
    pub overdue: bool,
    /// What was granted for the school year.
    #[schema(example = 300_000)]
    pub granted_nok: i64,
    /// What is reported as used so far.
    #[schema(example = 280_000)]
    pub used_nok: i64,
    /// Granted less used, of the parts that are there; null while one is missing.
    #[schema(example = 20_000)]
    pub unused_nok: Option<i64>,
    /// A part per recipient.
    pub parts: Vec<ReportPart>,
    /// What was missing when it was sent back last.
    #[schema(example = "Antall deltakere mangler for PPT.")]
    pub return_reason: Option<String>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// Raised by every change to the report itself; its parts have versions of their own.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A recipient's part of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReportPart {
    /// The recipient.
    #[schema(example = "310279617")]
    pub orgnr: String,
    /// What was granted to it for the school year.
    #[schema(example = 100_000)]
    pub granted_nok: i64,
    /// Granted less used; null before the part is filled in.
    #[schema(example = 10_000)]
    pub unused_nok: Option<i64>,
    /// What it reports; null before the part is filled in.
    pub content: Option<ReportPartContent>,
    /// Raised by every change; what `If-Match` compares.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// What a recipient reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportPartContent {
    /// How much of the grant it used; what it used beyond that is own contribution.
    #[schema(example = 90_000, minimum = 0, maximum = 100_000_000_000_i64)]
    pub used_nok: i64,
    /// What it put in itself.
    #[schema(example = 30_000, minimum = 0, maximum = 100_000_000_000_i64)]
    pub own_contribution_nok: i64,
    /// How many took part, per target group; people are counted, never named.
    #[schema(max_items = 20)]
    pub participants: Vec<ReportParticipants>,
    /// Every indicator of the ruleset.
    #[schema(max_items = 50)]
    pub indicators: Vec<ReportIndicator>,
    /// How far the goals were reached.
    #[schema(value_type = super::GoalAttainment, example = "reached")]
    pub goals: GoalAttainment,
    /// The assessment in words. No names, nothing about single children.
    #[schema(example = "Personalet bruker observasjon i det daglige.", min_length = 1, max_length = 10_000)]
    pub assessment: String,
}

/// How many of a target group took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportParticipants {
    /// The group.
    #[schema(value_type = crate::needs::lists::TargetGroup, example = "pedagogical_staff")]
    pub target_group: TargetGroup,
    /// How many people.
    #[schema(example = 24, minimum = 0, maximum = 1_000_000)]
    pub count: i64,
}

/// The value of an indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReportIndicator {
    /// Its code in the ruleset.
    #[schema(example = "practice_changed", max_length = 64)]
    pub code: String,
    /// From 1 (not at all) to 5 (to a very large extent).
    #[schema(example = 4, minimum = 1, maximum = 5)]
    pub value: i64,
}

/// Why a report is sent back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ReturnReport {
    /// What is missing.
    #[schema(example = "Antall deltakere mangler for PPT.", min_length = 1, max_length = 4000)]
    pub reason: String,
}

impl From<&ReportPartContent> for Part {
    fn from(content: &ReportPartContent) -> Self {
        let participants = content.participants.iter();
        let indicators = content.indicators.iter();
        Self {
            used: Nok::new(content.used_nok),
            own_contribution: Nok::new(content.own_contribution_nok),
            participants: participants.map(|p| Participants { target_group: p.target_group, count: p.count }).collect(),
            indicators: indicators.map(|i| Indicator { code: i.code.clone(), value: i.value }).collect(),
            goals: content.goals,
            assessment: content.assessment.clone(),
        }
    }
}

impl From<&Part> for ReportPartContent {
    fn from(part: &Part) -> Self {
        let participants = part.participants.iter();
        let indicators = part.indicators.iter();
        Self {
            used_nok: part.used.kroner(),
            own_contribution_nok: part.own_contribution.kroner(),
            participants: participants
                .map(|p| ReportParticipants { target_group: p.target_group, count: p.count })
                .collect(),
            indicators: indicators.map(|i| ReportIndicator { code: i.code.clone(), value: i.value }).collect(),
            goals: part.goals,
            assessment: part.assessment.clone(),
        }
    }
}

crate::page! {
    /// A page of reports.
    ReportPage of Report
}
