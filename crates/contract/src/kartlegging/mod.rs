//! Kartlegging on the wire.

mod batches;
pub mod lists;
mod summary;

use chrono::{DateTime, Utc};
use domain::kartlegging::Instrument as Rules;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::reference::Labels;

pub use batches::{
    Batch, BatchPage, BatchPart, BatchResultRow, CommitBatch, Counts, CreateBatch, RowFinding, row_message,
};
pub use summary::{KartleggingSummary, SummaryLine};

impl From<domain::kartlegging::Labels> for Labels {
    fn from(labels: domain::kartlegging::Labels) -> Self {
        Self { nb: labels.nb, nn: labels.nn, en: labels.en }
    }
}

/// What is asked, of whom, about which units, on which scale. A code names one version and never changes its
/// meaning; a change is a new instrument of the same family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Instrument {
    /// Its code; what `instrument` in an upload names.
    #[schema(example = "basis-2026")]
    pub code: String,
    /// What all its versions have in common.
    #[schema(example = "basis")]
    pub family: String,
    /// Its number in the family, from 1.
    #[schema(example = 1)]
    pub version: i64,
    /// Its name for people.
    pub title: Labels,
    /// What it asks.
    pub description: Labels,
    /// The scale of `current` and `needed`.
    pub scale: Scale,
    /// The kinds of units that it asks: `kindergarten`, `school`, `upper_secondary`, `ppt`, `sfo`.
    #[schema(example = json!(["kindergarten", "school", "ppt"]))]
    pub unit_kinds: Vec<String>,
    /// The groups that it asks: `leaders`, `pedagogical_staff`, `assistants`, `support_service`, `all`.
    #[schema(example = json!(["leaders", "pedagogical_staff"]))]
    pub respondent_groups: Vec<String>,
    /// The competence areas that it asks about.
    pub areas: Vec<InstrumentArea>,
    /// When its texts were last changed.
    pub updated_at: DateTime<Utc>,
}

/// The scale of an instrument: from `min` to `max`, with at most one decimal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Scale {
    /// The lowest answer.
    #[schema(example = 1)]
    pub min: i64,
    /// The highest answer.
    #[schema(example = 5)]
    pub max: i64,
    /// What each whole number means.
    pub points: Vec<ScalePoint>,
}

/// What one whole number of a scale means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ScalePoint {
    /// The number.
    #[schema(example = 3)]
    pub value: i64,
    /// Its meaning.
    pub labels: Labels,
}

/// A competence area that an instrument asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct InstrumentArea {
    /// Its code; what `area` in a row names.
    #[schema(example = "vision")]
    pub code: String,
    /// Its name.
    pub labels: Labels,
}

impl Instrument {
    /// An instrument as it is shown, its areas named by the reference data.
    pub fn of(rules: Rules, updated_at: DateTime<Utc>, name_of: impl Fn(&str) -> Labels) -> Self {
        let points = rules.scale.points.into_iter();
        Self {
            code: rules.code,
            family: rules.family,
            version: rules.version,
            title: rules.title.into(),
            description: rules.description.into(),
            scale: Scale {
                min: rules.scale.min,
                max: rules.scale.max,
                points: points.map(|p| ScalePoint { value: p.value, labels: p.label.into() }).collect(),
            },
            unit_kinds: rules.unit_kinds.iter().map(ToString::to_string).collect(),
            respondent_groups: rules.respondent_groups.iter().map(ToString::to_string).collect(),
            areas: rules.areas.into_iter().map(|code| InstrumentArea { labels: name_of(&code), code }).collect(),
            updated_at,
        }
    }
}

crate::page! {
    /// A page of instruments.
    InstrumentPage of Instrument
}

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

crate::page! {
    /// A page of responses.
    ResponsePage of Response
}
