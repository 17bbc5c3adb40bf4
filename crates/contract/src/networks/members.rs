//! A network and its members.

use chrono::{DateTime, Utc};
use domain::networks as rules;
use domain::orgnr::{OrgNr, Synthetic};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::numbers::Reading;
use crate::organisations::lists as organisation_lists;
use crate::problem::Fault;

/// A regional network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Network {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    #[schema(example = "Kompetansenettverk Nordhordland")]
    pub name: String,
    /// The office code of the county governor in whose area it works.
    #[schema(example = "vestland")]
    pub county_governor: String,
    /// The member that keeps its list of members and calls its meetings.
    #[schema(example = "974760673")]
    pub coordinator_orgnr: String,
    /// Its members, the coordinator among them.
    pub members: Vec<NetworkMember>,
    /// Raised by every change of the network and of its members; what `If-Match` compares.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// An organisation that takes part in a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NetworkMember {
    /// Its organisation number.
    #[schema(example = "974760673")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Alver kommune")]
    pub name: String,
    /// Its kind.
    #[schema(value_type = organisation_lists::OrganisationKind, example = "municipality")]
    pub kind: domain::organisations::OrganisationKind,
    /// Since when it is a member.
    pub since: DateTime<Utc>,
}

impl Network {
    /// A network as it is shown.
    pub fn of(network: &rules::Network, version: i64, created_at: DateTime<Utc>, updated_at: DateTime<Utc>) -> Self {
        let member = |member: &rules::Member| NetworkMember {
            orgnr: member.orgnr.to_string(),
            name: member.name.clone(),
            kind: member.kind,
            since: member.since,
        };
        Self {
            id: network.id.0,
            name: network.name.clone(),
            county_governor: network.county_governor.clone(),
            coordinator_orgnr: network.coordinator.to_string(),
            members: network.members.iter().map(member).collect(),
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of networks.
    NetworkPage of Network
}

/// A network to be made. Whoever makes it coordinates it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateNetwork {
    /// What it is called.
    #[schema(example = "Kompetansenettverk Nordhordland", min_length = 1, max_length = 200)]
    pub name: String,
}

impl CreateNetwork {
    /// The name, or what is wrong with it.
    pub fn read(&self, synthetic: Synthetic) -> Result<String, Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        reading.not_blank(&self.name, "/name");
        reading.finish(Some(self.name.trim().to_owned()))
    }
}

/// What of a network may change besides its members.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct ChangeNetwork {
    /// What it is called.
    #[schema(example = "Kompetansenettverk Nordhordland", min_length = 1, max_length = 200)]
    pub name: String,
    /// The member that coordinates it from now on: a municipality, a county authority or a county governor.
    #[schema(example = "974760673", max_length = 20)]
    pub coordinator_orgnr: String,
}

impl ChangeNetwork {
    /// What may change of a network as it stands, to be patched.
    pub fn of(network: &rules::Network) -> Self {
        Self { name: network.name.clone(), coordinator_orgnr: network.coordinator.to_string() }
    }

    /// The name and the coordinator, or what is wrong with them.
    pub fn read(&self, synthetic: Synthetic) -> Result<(String, OrgNr), Vec<Fault>> {
        let mut reading = Reading::new(synthetic);
        reading.not_blank(&self.name, "/name");
        let coordinator = reading.orgnr(&self.coordinator_orgnr, "/coordinator_orgnr");
        reading.finish(coordinator.map(|coordinator| (self.name.trim().to_owned(), coordinator)))
    }
}
