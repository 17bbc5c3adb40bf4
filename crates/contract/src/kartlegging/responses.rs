//! Responses on the wire, as they are sent and as they are kept.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// A row of an upload, as NDJSON and JSON write it. Numbers may also be written as texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UploadRow {
    /// The unit's organisation number.
    #[schema(example = "974760673")]
    pub unit_orgnr: String,
    /// Code of the competence area.
    #[schema(example = "vision")]
    pub area: String,
    /// Code of the respondent group.
    #[schema(example = "leaders")]
    pub respondent_group: String,
    /// Competence today, on the instrument's scale, with at most one decimal.
    #[schema(example = 2.5)]
    pub current: f64,
    /// Competence needed.
    #[schema(example = 4.0)]
    pub needed: f64,
    /// How many answered.
    #[schema(example = 12)]
    pub respondents: i64,
    /// A remark, never about a single person; up to 1000 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "Treng meir kunnskap om ASK", max_length = 1000)]
    pub comment: Option<String>,
}

/// What one respondent group of a unit says about an area.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Response {
    /// Its id.
    pub id: Uuid,
    /// Code of the instrument.
    #[schema(example = "basis-2026")]
    pub instrument: String,
    /// A year, or half of one.
    #[schema(example = "2026-H1")]
    pub period: String,
    /// The unit.
    #[schema(example = "974760673")]
    pub unit_orgnr: String,
    /// The competence area.
    #[schema(example = "vision")]
    pub area: String,
    /// Who answered.
    #[schema(example = "leaders")]
    pub respondent_group: String,
    /// Competence today, with at most one decimal.
    #[schema(example = 2.5)]
    pub current: f64,
    /// Competence needed, with at most one decimal.
    #[schema(example = 4.0)]
    pub needed: f64,
    /// How many answered.
    #[schema(example = 12)]
    pub respondents: i64,
    /// A remark.
    #[schema(example = "Treng meir kunnskap om ASK")]
    pub comment: Option<String>,
    /// The organisation that it belongs to.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// The batch that last said it.
    pub batch_id: Uuid,
    /// Raised by every change.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was first sent.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// A response with what it said before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ResponseDetail {
    /// As it is now; `batch_id` is the batch that it came from.
    #[serde(flatten)]
    pub response: Response,
    /// What it said before, the last first. A version that is missing was given to another organisation and said the
    /// same.
    pub history: Vec<PastResponse>,
    /// How responses about its unit changed hands, to this instrument and in this period, the first time first.
    pub take_overs: Vec<TakeOver>,
}

/// What a response said before a batch replaced it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct PastResponse {
    /// Its version then.
    #[schema(example = 1)]
    pub version: i64,
    /// The organisation that it belonged to then.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// The batch that it came from.
    pub batch_id: Uuid,
    /// Competence today, as it was said then.
    #[schema(example = 2.5)]
    pub current: f64,
    /// Competence needed, as it was said then.
    #[schema(example = 4.0)]
    pub needed: f64,
    /// How many answered.
    #[schema(example = 12)]
    pub respondents: i64,
    /// A remark.
    #[schema(example = "Treng meir kunnskap om ASK")]
    pub comment: Option<String>,
    /// The batch that replaced it.
    pub replaced_by_batch: Uuid,
    /// When.
    pub replaced_at: DateTime<Utc>,
}

/// Which responses a unit's owner takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct TakeOverRequest {
    /// The unit, which the caller owns.
    #[schema(example = "974760673", max_length = 20)]
    pub unit_orgnr: String,
    /// Code of the instrument.
    #[schema(example = "basis-2026", max_length = 100)]
    pub instrument: String,
    /// A year, or half of one.
    #[schema(example = "2026-H1", max_length = 7)]
    pub period: String,
}

/// What became of taking over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakeOvers {
    /// How many responses changed hands. None where all of them belonged to the caller already.
    #[schema(example = 26)]
    pub responses: i64,
    /// From whom; empty where nothing changed.
    pub items: Vec<TakeOver>,
}

/// Responses about a unit that changed hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TakeOver {
    /// Its id; what the event is about.
    pub id: Uuid,
    /// The unit.
    #[schema(example = "974760673")]
    pub unit_orgnr: String,
    /// Code of the instrument.
    #[schema(example = "basis-2026")]
    pub instrument: String,
    /// A year, or half of one.
    #[schema(example = "2026-H1")]
    pub period: String,
    /// Whose they were.
    #[schema(example = "310279617")]
    pub from_orgnr: String,
    /// Whose they are: the unit's owner's.
    #[schema(example = "313367002")]
    pub to_orgnr: String,
    /// How many.
    #[schema(example = 26)]
    pub responses: i64,
    /// When.
    pub taken_over_at: DateTime<Utc>,
}

crate::page! {
    /// A page of take-overs.
    TakeOverPage of TakeOver
}

crate::page! {
    /// A page of responses.
    ResponsePage of Response
}
