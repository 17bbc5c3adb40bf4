//! The caller, as it sees itself.

use domain::actor::Actor;
use domain::organisations::Organisation;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Who the caller is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// The organisation that the token acts for.
    #[schema(example = "974760673")]
    pub orgnr: String,
    /// Its name.
    #[schema(example = "Bergen kommune")]
    pub name: String,
    /// Its kind, which decides what it may do.
    #[schema(example = "municipality")]
    pub kind: String,
    /// Its municipality number, where it has one.
    #[schema(example = "4601")]
    pub municipality_number: Option<String>,
    /// Its county number, where it has one.
    #[schema(example = "46")]
    pub county_number: Option<String>,
    /// Its office code, where it is a county governor.
    #[schema(example = "vestland")]
    pub county_governor: Option<String>,
    /// The client that holds the token.
    #[schema(example = "bergen")]
    pub client_id: String,
    /// The person behind the call, opaque, where known.
    #[schema(example = "7f1c2a")]
    pub person: Option<String>,
    /// What the token may be used for.
    #[schema(example = json!(["needs:write"]))]
    pub scopes: Vec<String>,
    /// Seats that the organisation holds today.
    pub seats: Vec<MySeat>,
    /// Networks of which the organisation is a member.
    pub networks: Vec<MyNetwork>,
}

/// A seat of the caller's organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MySeat {
    /// The seat.
    pub seat_id: Uuid,
    /// Its forum.
    pub forum_id: Uuid,
}

/// A network of which the caller's organisation is a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MyNetwork {
    /// The network.
    pub network_id: Uuid,
    /// What it is called.
    #[schema(example = "Kompetansenettverk Nordhordland")]
    pub name: String,
}

impl Me {
    /// The caller, its organisation, and the networks of that.
    pub fn of(actor: &Actor, organisation: &Organisation, networks: Vec<MyNetwork>) -> Self {
        Self {
            orgnr: organisation.orgnr.to_string(),
            name: organisation.name.clone(),
            kind: organisation.kind.to_string(),
            municipality_number: organisation.municipality.as_ref().map(ToString::to_string),
            county_number: organisation.county.as_ref().map(ToString::to_string),
            county_governor: organisation.county_governor.clone(),
            client_id: actor.client_id.clone(),
            person: actor.person.clone(),
            scopes: actor.scopes.iter().map(ToString::to_string).collect(),
            seats: actor.viewer.seats.iter().map(|s| MySeat { seat_id: s.seat.0, forum_id: s.forum.0 }).collect(),
            networks,
        }
    }
}
