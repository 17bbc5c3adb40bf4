//! Events on the wire: CloudEvents 1.0 in JSON.

use chrono::{DateTime, Utc};
use domain::event::{EventData, Subject};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// Something that happened. Fetch its subject to know more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// `1.0`.
    #[schema(example = "1.0")]
    pub specversion: String,
    /// The event's id; an event that is seen twice has the same.
    pub id: Uuid,
    /// Who says so: the address of this service.
    #[schema(example = "http://127.0.0.1:8080")]
    pub source: String,
    /// What happened.
    #[schema(example = "no.kompetanseloft.round.created.v1")]
    pub r#type: String,
    /// What it happened to: kind and id.
    #[schema(example = "round/01936b0e-7c1a-7000-8000-1234567890ab")]
    pub subject: String,
    /// When.
    pub time: DateTime<Utc>,
    /// `application/json`.
    #[schema(example = "application/json")]
    pub datacontenttype: String,
    /// Enough to know what to fetch.
    pub data: EventBody,
}

/// The body of an event; never the contents of its subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EventBody {
    /// The subject's id.
    pub id: Uuid,
    /// Its reference, where it has one.
    #[schema(example = "B-2026-VL-0012")]
    pub reference: Option<String>,
    /// Its version after the change.
    pub version: i64,
    /// Its state after the change.
    #[schema(example = "planned")]
    pub state: String,
    /// Names of the members that changed.
    pub changed: Vec<String>,
}

impl Event {
    /// An event as it is sent.
    pub fn of(id: Uuid, type_name: &str, subject: Subject, time: DateTime<Utc>, data: EventData, source: &str) -> Self {
        Self {
            specversion: "1.0".to_owned(),
            id,
            source: source.to_owned(),
            r#type: type_name.to_owned(),
            subject: subject.to_string(),
            time,
            datacontenttype: "application/json".to_owned(),
            data: EventBody {
                id: data.id,
                reference: data.reference,
                version: data.version,
                state: data.state,
                changed: data.changed,
            },
        }
    }
}

/// A page of events.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct EventPage {
    /// The events, in order.
    pub items: Vec<Event>,
    /// Give it back as `after` to go on from here, now or later.
    #[schema(example = "MTc0.c2lnbmVk")]
    pub next_after: String,
    /// Whether there is nothing more right now.
    pub at_end: bool,
}
