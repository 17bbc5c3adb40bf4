//! The overview of a county's needs (F10).

use chrono::{DateTime, Utc};
use domain::needs as domain_needs;
use domain::organisations as domain_organisations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::lists;
use crate::organisations::lists as organisation_lists;

/// A submitted need in the overview, as its newest submission says it. Figures stand side by side, so that a
/// spreadsheet can sum them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OverviewItem {
    /// Its id.
    pub id: Uuid,
    /// Its reference.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// Where it is on its way.
    #[schema(value_type = lists::NeedState, example = "submitted")]
    pub state: domain_needs::NeedState,
    /// Who sends it.
    #[schema(example = "974760673")]
    pub sender_orgnr: String,
    /// The sender's name.
    #[schema(example = "Bergen kommune")]
    pub sender_name: String,
    /// The sender's kind: private owners send needs, too.
    #[schema(value_type = organisation_lists::OrganisationKind, example = "municipality")]
    pub sender_kind: domain_organisations::OrganisationKind,
    /// The county of its sender.
    #[schema(example = "46")]
    pub county_number: String,
    /// The county governor it belongs to.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The round.
    pub round_id: Uuid,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The amount asked for, all years together.
    #[schema(example = 250_000)]
    pub amount_nok: i64,
    /// What the sender pays itself.
    #[schema(example = 0)]
    pub own_contribution_nok: i64,
    /// The competence areas, by code.
    #[schema(example = json!(["language_speech", "inclusive_practice"]))]
    pub areas: Vec<String>,
    /// How many of the areas are special-needs education.
    #[schema(example = 1)]
    pub areas_special_needs: usize,
    /// How many of the areas are inclusive practice.
    #[schema(example = 1)]
    pub areas_inclusive_practice: usize,
    /// Whether it addresses kindergartens.
    pub kindergarten: bool,
    /// Whether it addresses schools, upper secondary included.
    pub school: bool,
    /// Whether it addresses PPT.
    pub ppt: bool,
    /// How many private owners join.
    #[schema(example = 2)]
    pub private_owners_joined: usize,
    /// How many private owners do not.
    #[schema(example = 1)]
    pub private_owners_declined: usize,
    /// How many private owners were asked and have not answered.
    #[schema(example = 0)]
    pub private_owners_silent: usize,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// Raised by every change.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

crate::page! {
    /// A page of the overview.
    OverviewPage of OverviewItem
}
