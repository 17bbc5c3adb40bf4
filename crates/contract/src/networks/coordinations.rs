//! Coordinations: which needs belong together, who leads, what is asked of others.

use chrono::{DateTime, Utc};
use domain::ids::{CoordinationId, NeedId, NetworkId, RoundId};
use domain::networks as rules;
use domain::networks::CoordinationFault;
use domain::orgnr::Synthetic;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use crate::numbers::Reading;
use crate::problem::Fault;

/// A coordination of needs in a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Coordination {
    /// Its id.
    pub id: Uuid,
    /// The network.
    pub network_id: Uuid,
    /// What it is called.
    #[schema(example = "Språkmiljø i Nordhordland")]
    pub title: String,
    /// Why the needs belong together, and what is to be done.
    #[schema(example = "Tre kommuner vil det samme og har samme PPT.")]
    pub description: String,
    /// The needs that belong together, as far as the reader sees them; a need that is no longer shared is not there.
    pub need_ids: Vec<Uuid>,
    /// The member that is to send the joint need; null until one is found, and when it has left.
    #[schema(example = "974760673")]
    pub lead_orgnr: Option<String>,
    /// What is asked of a university or vocational college.
    pub asked_of_university: Option<AskedOfUniversity>,
    /// What is asked of Statped.
    #[schema(example = "Drøfter tiltaket med oss før søknadsfristen.")]
    pub asked_of_statped: Option<String>,
    /// Where it stands: `drafted` while its joint draft is alive.
    #[schema(value_type = lists::CoordinationState, example = "open")]
    pub state: rules::CoordinationState,
    /// The joint draft, while it is alive and the reader sees it.
    pub draft_need_id: Option<Uuid>,
    /// Raised by every change; what `If-Match` compares.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Of the needs that a coordination names, those that its reader sees; its joint draft among them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CoordinatedNeeds(pub Vec<Uuid>);

impl Coordination {
    /// A coordination as its reader sees it.
    pub fn of(
        coordination: &rules::Coordination,
        seen: &CoordinatedNeeds,
        version: i64,
        (created_at, updated_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let is_seen = |id: &Uuid| seen.0.contains(id);
        Self {
            id: coordination.id.0,
            network_id: coordination.network.0,
            title: coordination.title.clone(),
            description: coordination.description.clone(),
            need_ids: coordination.needs.iter().map(|need| need.0).filter(is_seen).collect(),
            lead_orgnr: coordination.lead.as_ref().map(ToString::to_string),
            asked_of_university: coordination
                .asked_of_university
                .as_ref()
                .map(|asked| AskedOfUniversity { orgnr: asked.orgnr.to_string(), text: asked.text.clone() }),
            asked_of_statped: coordination.asked_of_statped.clone(),
            state: coordination.state(),
            draft_need_id: coordination.draft.map(|need| need.0).filter(is_seen),
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of coordinations.
    CoordinationPage of Coordination
}

/// What is asked of a university or vocational college.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AskedOfUniversity {
    /// Its organisation number.
    #[schema(example = "974760843", max_length = 20)]
    pub orgnr: String,
    /// What is asked.
    #[schema(example = "Utvikler og leder felles samlinger for personalet.", min_length = 1, max_length = 2000)]
    pub text: String,
}

/// What is said of a coordination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Språkmiljø i Nordhordland",
    "description": "Tre kommuner vil det samme og har samme PPT.",
    "need_ids": ["01936b0e-7c1a-7000-8000-1234567890ab"],
    "lead_orgnr": "974760673",
    "asked_of_university": {"orgnr": "974760843", "text": "Utvikler og leder felles samlinger for personalet."},
    "asked_of_statped": "Drøfter tiltaket med oss før søknadsfristen."
}))]
pub struct CoordinationDocument {
    /// What it is called.
    #[schema(example = "Språkmiljø i Nordhordland", min_length = 1, max_length = 200)]
    pub title: String,
    /// Why the needs belong together, and what is to be done.
    #[serde(default)]
    #[schema(example = "Tre kommuner vil det samme og har samme PPT.", max_length = 10_000)]
    pub description: String,
    /// The needs that belong together; each is shared with the network.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub need_ids: Vec<Uuid>,
    /// The member that is to send the joint need: a municipality, a county authority or a private owner.
    #[serde(default)]
    #[schema(example = "974760673", max_length = 20)]
    pub lead_orgnr: Option<String>,
    /// What is asked of a university or vocational college.
    #[serde(default)]
    pub asked_of_university: Option<AskedOfUniversity>,
    /// What is asked of Statped.
    #[serde(default)]
    #[schema(example = "Drøfter tiltaket med oss før søknadsfristen.", min_length = 1, max_length = 2000)]
    pub asked_of_statped: Option<String>,
    /// Whether it is put behind.
    #[serde(default)]
    pub closed: bool,
}

impl CoordinationDocument {
    /// The document of a coordination as it stands, to be patched.
    pub fn of(coordination: &rules::Coordination) -> Self {
        let asked = coordination.asked_of_university.as_ref();
        Self {
            title: coordination.title.clone(),
            description: coordination.description.clone(),
            need_ids: coordination.needs.iter().map(|need| need.0).collect(),
            lead_orgnr: coordination.lead.as_ref().map(ToString::to_string),
            asked_of_university: asked
                .map(|asked| AskedOfUniversity { orgnr: asked.orgnr.to_string(), text: asked.text.clone() }),
            asked_of_statped: coordination.asked_of_statped.clone(),
            closed: coordination.is_closed,
        }
    }

    /// The coordination, without a joint draft, or every fault in numbers and repeated values.
    pub fn read(
        &self,
        id: CoordinationId,
        network: NetworkId,
        synthetic: Synthetic,
    ) -> Result<rules::Coordination, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        reading.not_blank(&self.title, "/title");
        reading.unique(&self.need_ids, |i| format!("/need_ids/{i}"));
        let lead = self.lead_orgnr.as_ref().and_then(|orgnr| reading.orgnr(orgnr, "/lead_orgnr"));
        let asked_of_university = self.asked_of_university.as_ref().and_then(|asked| {
            let orgnr = reading.orgnr(&asked.orgnr, "/asked_of_university/orgnr")?;
            Some(rules::AskedOfUniversity { orgnr, text: asked.text.clone() })
        });
        reading.finish(Some(rules::Coordination {
            id,
            network,
            title: self.title.trim().to_owned(),
            description: self.description.clone(),
            needs: self.need_ids.iter().copied().map(NeedId).collect(),
            lead,
            asked_of_university,
            asked_of_statped: self.asked_of_statped.clone(),
            is_closed: self.closed,
            draft: None,
        }))
    }
}

/// Where and how a coordination is at fault.
impl From<CoordinationFault> for Fault {
    fn from(fault: CoordinationFault) -> Self {
        match fault {
            CoordinationFault::NeedNotShared(n) => Self::new("need_not_shared", format!("/need_ids/{n}")),
            CoordinationFault::LeadCannotLead => Self::new("lead_cannot_lead", "/lead_orgnr"),
        }
    }
}

/// How a coordination is turned into a joint draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct DraftCoordination {
    /// The round in which the joint need is to be sent.
    pub round_id: Uuid,
    /// What the measure is called; the coordination's title where this is left out.
    #[serde(default)]
    #[schema(example = "Språkmiljø i Nordhordland", min_length = 1, max_length = 200)]
    pub title: Option<String>,
}

impl DraftCoordination {
    /// The round named, as an id.
    pub const fn round(&self) -> RoundId {
        RoundId(self.round_id)
    }

    /// The title, where there is one, or what is wrong with it.
    pub fn read(&self, synthetic: Synthetic) -> Result<Option<String>, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        if let Some(title) = &self.title {
            reading.not_blank(title, "/title");
        }
        reading.finish(Some(self.title.as_ref().map(|title| title.trim().to_owned())))
    }
}
