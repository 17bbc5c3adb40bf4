//! Conflicts of interest (F04).

use chrono::{DateTime, Utc};
use domain::forum as rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;

/// The conflicts of interest of one seat in one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Recusal {
    /// The seat.
    pub seat_id: Uuid,
    /// The holder's.
    pub holder: Assessment,
    /// The deputy's; `not_assessed` where the seat has none.
    pub deputy: Assessment,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The question of one member's conflict of interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Assessment {
    /// Where it stands. `not_assessed` is another thing than `assessed_no_conflict`.
    #[schema(value_type = lists::ConflictStatus, example = "suggested")]
    pub status: rules::ConflictStatus,
    /// What points to a conflict; for seats and secretariat only, else empty.
    #[schema(value_type = Vec<lists::ConflictGround>, example = json!(["participant"]))]
    pub grounds: Vec<rules::ConflictGround>,
    /// The member's own words; for seats and secretariat only.
    #[schema(example = "Jeg har ledet planleggingen av tiltaket.")]
    pub declaration: Option<String>,
    /// Why the forum ruled as it did; for seats and secretariat only.
    #[schema(example = "Kommunen er deltaker i tiltaket.")]
    pub ruling_reason: Option<String>,
    /// When the forum ruled.
    pub ruled_at: Option<DateTime<Utc>>,
}

impl Assessment {
    fn of(assessment: &rules::Assessment, with_reasons: bool) -> Self {
        let ruling = assessment.ruling.as_ref();
        Self {
            status: assessment.status(),
            grounds: if with_reasons { assessment.grounds.clone() } else { Vec::new() },
            declaration: assessment.declaration.clone().filter(|_| with_reasons),
            ruling_reason: ruling.map(|ruling| ruling.reason.clone()).filter(|_| with_reasons),
            ruled_at: ruling.map(|ruling| ruling.ruled_at),
        }
    }
}

impl Recusal {
    /// The conflicts of a seat as they are shown: their reasons to seats and secretariat only.
    pub fn of(conflicts: &rules::SeatConflicts, version: i64, updated_at: DateTime<Utc>, with_reasons: bool) -> Self {
        Self {
            seat_id: conflicts.seat.0,
            holder: Assessment::of(&conflicts.holder, with_reasons),
            deputy: Assessment::of(&conflicts.deputy, with_reasons),
            version,
            updated_at,
        }
    }
}

/// The conflicts of interest of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RecusalList {
    /// One entry per seat.
    pub items: Vec<Recusal>,
}

/// A member declares a conflict of interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DeclareConflict {
    /// Who declares it: the seat's holder, or its deputy.
    #[schema(value_type = lists::SeatMember, example = "holder")]
    pub member: rules::SeatMember,
    /// Why, without naming single children.
    #[schema(example = "Jeg har ledet planleggingen av tiltaket.", min_length = 1, max_length = 2000)]
    pub reason: String,
}

/// The forum's ruling on a member's conflict of interest, made without the member concerned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct PutRuling {
    /// On whom the forum rules: the seat's holder, or its deputy.
    #[schema(value_type = lists::SeatMember, example = "holder")]
    pub member: rules::SeatMember,
    /// Whether the member steps aside for the item.
    pub recused: bool,
    /// Why.
    #[schema(example = "Kommunen er deltaker i tiltaket.", min_length = 1, max_length = 2000)]
    pub reason: String,
}
