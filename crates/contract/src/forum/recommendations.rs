//! Recommendations (F08).

use chrono::{DateTime, NaiveDate, Utc};
use domain::forum as rules;
use domain::money::Nok;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;

/// What a forum hands to the county governor: one line per need treated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recommendation {
    /// Its id.
    pub id: Uuid,
    /// The forum.
    pub forum_id: Uuid,
    /// The office code of the county governor to whom it goes.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The ruleset, which names the groups that the forum has to have.
    #[schema(example = "kollektiv-2026")]
    pub ruleset: String,
    /// The calendar year whose frame it draws on.
    #[schema(example = 2027)]
    pub year: i32,
    /// Draft or adopted. A draft follows the items that the forum decides.
    #[schema(value_type = lists::RecommendationState, example = "adopted")]
    pub state: rules::RecommendationState,
    /// The item in which it was adopted.
    pub agenda_item_id: Option<Uuid>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
    /// Required groups that were not there when it was adopted, and why.
    pub absences: Vec<GroupAbsence>,
    /// What its lines claim of the frame: of each its first school year; later ones wait for their appropriation.
    #[schema(example = 4_800_000)]
    pub claimed_nok: i64,
    /// One line per need treated: by rank, then those that get no money.
    pub lines: Vec<RecommendationLine>,
    /// Raised by every change, its lines included.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// One need on a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecommendationLine {
    /// The need.
    pub need_id: Uuid,
    /// The item in which the forum decided it.
    pub agenda_item_id: Uuid,
    /// What it ended in.
    #[schema(value_type = lists::DecidedOutcome, example = "prioritised")]
    pub outcome: rules::Outcome,
    /// Its place among those that get money.
    #[schema(example = 1)]
    pub rank: Option<u32>,
    /// How much, all school years together; nought where it is not prioritised.
    #[schema(example = 250_000)]
    pub amount_nok: i64,
    /// Why.
    #[schema(example = "Tiltaket ligger tett på barna og bygger på kartleggingen.")]
    pub reason: String,
    /// Who takes part in the measure beside its sender.
    #[schema(example = json!(["974760843"]))]
    pub participants: Vec<String>,
    /// The wished split over school years and recipients, as the budget of the need has it; sums to the amount.
    pub split: Vec<Share>,
    /// Whether the need was withdrawn after it came on the recommendation.
    pub void: bool,
}

/// A part of a measure's money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Share {
    /// The school year.
    #[schema(example = "2027-2028")]
    pub school_year: String,
    /// Who is to receive it.
    #[schema(example = "974760843")]
    pub recipient: String,
    /// How much.
    #[schema(example = 125_000)]
    pub amount_nok: i64,
}

impl From<&rules::Line> for RecommendationLine {
    fn from(line: &rules::Line) -> Self {
        let share = |share: &rules::Share| Share {
            school_year: share.school_year.to_string(),
            recipient: share.recipient.to_string(),
            amount_nok: share.amount.kroner(),
        };
        Self {
            need_id: line.need.0,
            agenda_item_id: line.item.0,
            outcome: line.outcome,
            rank: line.rank,
            amount_nok: line.amount.kroner(),
            reason: line.reason.clone(),
            participants: line.participants.iter().map(ToString::to_string).collect(),
            split: line.split.iter().map(share).collect(),
            void: line.void,
        }
    }
}

impl Recommendation {
    /// A recommendation as it is shown.
    pub fn of(
        recommendation: &rules::Recommendation,
        version: i64,
        created_at: DateTime<Utc>,
        updated_at: DateTime<Utc>,
    ) -> Self {
        let claims = recommendation.claims().into_values().flatten();
        let claimed = Nok::total(claims.map(|(_, amount)| amount)).unwrap_or(Nok::MAX);
        Self {
            id: recommendation.id.0,
            forum_id: recommendation.forum.0,
            county_governor: recommendation.county_governor.clone(),
            scheme: recommendation.scheme.clone(),
            ruleset: recommendation.ruleset.clone(),
            year: recommendation.year,
            state: recommendation.state,
            agenda_item_id: recommendation.adopted_in.map(|item| item.0),
            adopted_at: recommendation.adopted_at,
            absences: recommendation.absences.iter().cloned().map(GroupAbsence::from).collect(),
            claimed_nok: claimed.kroner(),
            lines: recommendation.lines.iter().map(RecommendationLine::from).collect(),
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of recommendations.
    RecommendationPage of Recommendation
}

/// A new recommendation. It is drawn from every item that the forum has decided and no adopted recommendation holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateRecommendation {
    /// The forum.
    pub forum_id: Uuid,
    /// The scheme.
    #[schema(example = "kollektiv", max_length = 40)]
    pub scheme: String,
    /// The year of the rounds whose needs it holds, and of the frame that it draws on.
    #[schema(example = 2027, minimum = 2020, maximum = 2100)]
    pub year: i32,
}

/// What is recorded about a required group that is not there (F09).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupAbsence {
    /// The group.
    #[schema(value_type = lists::SeatGroup, example = "private_association")]
    pub group: rules::SeatGroup,
    /// It refused in writing, or its seats are vacant and it has been invited anew.
    #[schema(value_type = lists::AbsenceKind, example = "refusal")]
    pub kind: rules::AbsenceKind,
    /// What happened, and where the refusal or the invitation is found.
    #[schema(example = "PBL svarte 3. februar at de ikke deltar.", min_length = 1, max_length = 2000)]
    pub reason: String,
    /// When the group was invited anew; needed for a vacancy.
    #[serde(default)]
    #[schema(example = "2027-02-10")]
    pub invited_again_on: Option<NaiveDate>,
}

impl From<rules::GroupAbsence> for GroupAbsence {
    fn from(absence: rules::GroupAbsence) -> Self {
        let rules::GroupAbsence { group, kind, reason, invited_again_on } = absence;
        Self { group, kind, reason, invited_again_on }
    }
}

impl From<GroupAbsence> for rules::GroupAbsence {
    fn from(absence: GroupAbsence) -> Self {
        let GroupAbsence { group, kind, reason, invited_again_on } = absence;
        Self { group, kind, reason, invited_again_on }
    }
}

/// How the forum adopts a recommendation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct AdoptRecommendation {
    /// The item on this recommendation, in treatment in an open meeting.
    pub agenda_item_id: Uuid,
    /// By agreement, or by the vote recorded on the item before.
    #[schema(value_type = lists::DecidedBy, example = "agreement")]
    pub decided_by: rules::DecidedBy,
    /// Required groups that are not there, and why.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub absences: Vec<GroupAbsence>,
}
