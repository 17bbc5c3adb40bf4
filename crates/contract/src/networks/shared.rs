//! The needs that are shared with a network.

use chrono::{DateTime, Utc};
use domain::needs as domain_needs;
use domain::organisations as domain_organisations;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::needs::{AreaNeed, NamedOrganisation, Period, lists};
use crate::organisations::lists as organisation_lists;

/// A need that its sender shares with a network, beside the others: what has to be known to see what belongs together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SharedNeed {
    /// The need's id.
    pub id: Uuid,
    /// Its reference, from its first submission on.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// What the measure is called.
    #[schema(example = "Språkmiljø for alle")]
    pub title: String,
    /// Where it is on its way.
    #[schema(value_type = lists::NeedState, example = "draft")]
    pub state: domain_needs::NeedState,
    /// Who sends it.
    #[schema(example = "974760673")]
    pub sender_orgnr: String,
    /// The sender's name.
    #[schema(example = "Bergen kommune")]
    pub sender_name: String,
    /// The sender's kind.
    #[schema(value_type = organisation_lists::OrganisationKind, example = "municipality")]
    pub sender_kind: domain_organisations::OrganisationKind,
    /// The round.
    pub round_id: Uuid,
    /// The scheme.
    #[schema(example = "kollektiv")]
    pub scheme: String,
    /// The competence areas, each with level and purpose.
    pub areas: Vec<AreaNeed>,
    /// The kinds of units that it addresses.
    #[schema(value_type = Vec<lists::UnitKind>, example = json!(["kindergarten", "school", "ppt"]))]
    pub unit_kinds: Vec<domain_organisations::UnitKind>,
    /// The school years over which it runs.
    pub period: Option<Period>,
    /// The amount asked for, all years together.
    #[schema(example = 250_000)]
    pub amount_nok: i64,
    /// The partners that it names.
    pub partners: Vec<NamedOrganisation>,
    /// Since when it is shared.
    pub shared_at: DateTime<Utc>,
    /// Raised by every change.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl SharedNeed {
    /// A need, narrowed to what the reader may see.
    pub fn of(
        need: &domain_needs::Need,
        (sender_name, sender_kind): (String, domain_organisations::OrganisationKind),
        shared_at: DateTime<Utc>,
    ) -> Self {
        let content = &need.content;
        let partner = |partner: &domain_needs::NamedParty| NamedOrganisation {
            orgnr: partner.orgnr.to_string(),
            contribution: partner.contribution.clone(),
        };
        let area = |need: &domain_needs::AreaNeed| AreaNeed {
            area: need.area.clone(),
            level: need.level,
            purpose: need.purpose,
        };
        Self {
            id: need.id.0,
            reference: need.reference.clone(),
            title: content.title.clone(),
            state: need.state,
            sender_orgnr: need.sender.to_string(),
            sender_name,
            sender_kind,
            round_id: need.round.0,
            scheme: need.scheme.clone(),
            areas: content.areas.iter().map(area).collect(),
            unit_kinds: content.unit_kinds.clone(),
            period: content.period.map(|p| Period { from: p.from.to_string(), to: p.to.to_string() }),
            amount_nok: content.amount.kroner(),
            partners: content.partners.iter().map(partner).collect(),
            shared_at,
            version: need.version,
            updated_at: need.updated_at,
        }
    }
}

crate::page! {
    /// A page of shared needs.
    SharedNeedPage of SharedNeed
}
