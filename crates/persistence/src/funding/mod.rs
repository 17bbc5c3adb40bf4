//! Frames, grants and their decisions, payments and reports.

pub mod decisions;
pub mod departures;
pub mod frames;
pub mod grants;
pub mod ledger;
pub mod payment_runs;
pub mod payments;
pub mod reports;

use domain::actor::Actor;

/// Who did something: the client and, where known, the person. Two of them tell whether four eyes saw it (G07).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// The client.
    pub client_id: String,
    /// The person behind it, as an opaque name.
    pub person: Option<String>,
}

impl From<&Actor> for Hand {
    fn from(actor: &Actor) -> Self {
        Self { client_id: actor.client_id.clone(), person: actor.person.clone() }
    }
}
