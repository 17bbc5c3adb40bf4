//! Meetings of a network, and their themes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::ids::ThemeId;
use domain::networks as rules;
use domain::networks::MeetingFault;
use domain::orgnr::OrgNr;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::problem::Fault;

/// A meeting of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NetworkMeeting {
    /// Its id.
    pub id: Uuid,
    /// The network that meets.
    pub network_id: Uuid,
    /// What it is called.
    #[schema(example = "Nettverksmøte i november")]
    pub title: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// Where it takes place, or the address of a call.
    #[schema(example = "Rådhuset i Knarvik")]
    pub place: Option<String>,
    /// What is talked about, in the order in which it was raised.
    pub themes: Vec<NetworkTheme>,
    /// Raised by every change of the meeting and of its themes; what `If-Match` compares.
    #[schema(example = 3)]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A theme of a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NetworkTheme {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    #[schema(example = "Samisk språk i barnehagen")]
    pub title: String,
    /// What it is about.
    #[schema(example = "SEAD forteller om erfaringer fra Finnmark.")]
    pub description: String,
    /// Who raised it.
    #[schema(example = "974760673")]
    pub raised_by: String,
    /// Whether it is noted what came of it.
    pub noted: bool,
    /// What came of it.
    #[schema(example = "Tre kommuner vil høre mer; tas opp igjen i januar.")]
    pub notes: Option<String>,
}

impl NetworkMeeting {
    /// A meeting as it is shown.
    pub fn of(
        meeting: &rules::NetworkMeeting,
        version: i64,
        (created_at, updated_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Self {
        let theme = |theme: &rules::Theme| NetworkTheme {
            id: theme.id.0,
            title: theme.title.clone(),
            description: theme.description.clone(),
            raised_by: theme.raised_by.to_string(),
            noted: theme.notes.is_some(),
            notes: theme.notes.clone(),
        };
        Self {
            id: meeting.id.0,
            network_id: meeting.network.0,
            title: meeting.title.clone(),
            starts_at: meeting.starts_at,
            place: meeting.place.clone(),
            themes: meeting.themes.iter().map(theme).collect(),
            version,
            created_at,
            updated_at,
        }
    }
}

crate::page! {
    /// A page of network meetings.
    NetworkMeetingPage of NetworkMeeting
}

/// A meeting to be called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NetworkMeetingDocument {
    /// What it is called.
    #[schema(example = "Nettverksmøte i november", min_length = 1, max_length = 200)]
    pub title: String,
    /// When it begins.
    #[schema(example = "2026-11-30T09:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// Where it takes place, or the address of a call.
    #[serde(default)]
    #[schema(example = "Rådhuset i Knarvik", max_length = 500)]
    pub place: Option<String>,
    /// What is talked about; members raise more until the meeting begins.
    #[serde(default)]
    #[schema(max_items = 50)]
    pub themes: Vec<RaiseTheme>,
}

/// A theme to be raised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct RaiseTheme {
    /// What it is called.
    #[schema(example = "Samisk språk i barnehagen", min_length = 1, max_length = 200)]
    pub title: String,
    /// What it is about. Describe practice, never single children.
    #[serde(default)]
    #[schema(example = "SEAD forteller om erfaringer fra Finnmark.", max_length = 10_000)]
    pub description: String,
}

impl RaiseTheme {
    /// The theme as somebody raises it.
    pub fn read(&self, id: ThemeId, raised_by: OrgNr) -> rules::Theme {
        rules::Theme { id, title: self.title.clone(), description: self.description.clone(), raised_by, notes: None }
    }
}

/// What of a meeting its network's coordinator may change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "title": "Nettverksmøte i november",
    "starts_at": "2026-11-30T09:00:00Z",
    "notes": {"01936b0e-7c1a-7000-8000-1234567890ab": "Tas opp igjen i januar."}
}))]
pub struct ChangeNetworkMeeting {
    /// What it is called.
    #[schema(example = "Nettverksmøte i november", min_length = 1, max_length = 200)]
    pub title: String,
    /// When it begins.
    #[schema(example = "2026-11-30T09:00:00Z")]
    pub starts_at: DateTime<Utc>,
    /// Where it takes place, or the address of a call.
    #[serde(default)]
    #[schema(example = "Rådhuset i Knarvik", max_length = 500)]
    pub place: Option<String>,
    /// What came of the themes, by their ids; from the beginning of the meeting on.
    #[serde(default)]
    #[schema(example = json!({"01936b0e-7c1a-7000-8000-1234567890ab": "Tas opp igjen i januar."}))]
    pub notes: BTreeMap<Uuid, ThemeNotes>,
}

/// What came of a theme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, example = "Tas opp igjen i januar.", min_length = 1, max_length = 10_000)]
pub struct ThemeNotes(String);

impl ChangeNetworkMeeting {
    /// What may change of a meeting as it stands, to be patched.
    pub fn of(meeting: &rules::NetworkMeeting) -> Self {
        Self {
            title: meeting.title.clone(),
            starts_at: meeting.starts_at,
            place: meeting.place.clone(),
            notes: meeting.notes().into_iter().map(|(id, text)| (id.0, ThemeNotes(text))).collect(),
        }
    }

    /// The notes by theme.
    pub fn read_notes(&self) -> BTreeMap<ThemeId, String> {
        self.notes.iter().map(|(id, notes)| (ThemeId(*id), notes.0.clone())).collect()
    }
}

/// Where and how a meeting or its notes are at fault.
impl From<MeetingFault> for Fault {
    fn from(fault: MeetingFault) -> Self {
        match fault {
            MeetingFault::MeetingInPast => Self::new("meeting_in_past", "/starts_at"),
            MeetingFault::MeetingNotBegun(theme) => Self::new("meeting_not_begun", format!("/notes/{theme}")),
            MeetingFault::Unknown(theme) => Self::new("unknown_reference", format!("/notes/{theme}")),
        }
    }
}
