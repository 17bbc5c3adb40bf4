//! Kartlegging on the wire.

mod summary;

use chrono::{DateTime, Utc};
use domain::kartlegging::{Column, FaultCode, Instrument as Rules, RowFault};
use domain::language::Language;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::reference::Labels;
use crate::texts;

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

/// What was uploaded, and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Batch {
    /// Its id.
    pub id: Uuid,
    /// The organisation that sent it.
    #[schema(example = "310279617")]
    pub sender_orgnr: String,
    /// Code of the instrument.
    #[schema(example = "basis-2026")]
    pub instrument: String,
    /// A year, or half of one.
    #[schema(example = "2026-H1")]
    pub period: String,
    /// `all`: the batch whole or not at all; `valid_rows`: without its faulty rows.
    #[schema(example = "valid_rows")]
    pub mode: String,
    /// Whether it was only asked what would become of it.
    pub dry_run: bool,
    /// `open`, `receiving`, `processing`, `committed`, `rejected`, `dry_run_done`, `cancelled` or `expired`.
    #[schema(example = "committed")]
    pub state: String,
    /// What its sender calls the file or the system it came from.
    #[schema(example = "nightly export")]
    pub source: Option<String>,
    /// SHA-256 of the content as it was sent, in hexadecimal.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub digest: String,
    /// What became of its rows.
    pub counts: Counts,
    /// What is wrong with its rows, grouped, the most frequent first. Shown to the sender only.
    pub findings: Vec<RowFinding>,
    /// Raised by every change.
    #[schema(example = 1)]
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When its responses were applied.
    pub committed_at: Option<DateTime<Utc>>,
}

/// What became of rows: `received = created + updated + unchanged + rejected`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Counts {
    /// Rows that came.
    #[schema(example = 120)]
    pub received: i64,
    /// Rows whose key was new.
    #[schema(example = 100)]
    pub created: i64,
    /// Rows whose key was there with other values.
    #[schema(example = 5)]
    pub updated: i64,
    /// Rows whose key was there with the same values.
    #[schema(example = 12)]
    pub unchanged: i64,
    /// Rows that were not taken.
    #[schema(example = 3)]
    pub rejected: i64,
    /// Those of the rejected rows whose key another organisation sent first.
    #[schema(example = 1)]
    pub owned_by_other: i64,
}

impl From<domain::kartlegging::Counts> for Counts {
    fn from(counts: domain::kartlegging::Counts) -> Self {
        let domain::kartlegging::Counts { received, created, updated, unchanged, rejected, owned_by_other } = counts;
        Self { received, created, updated, unchanged, rejected, owned_by_other }
    }
}

/// All rows with the same fault in the same column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct RowFinding {
    /// What is wrong; open list.
    #[schema(example = "decimal_comma")]
    pub code: String,
    /// The column that it is in; null where it is the row as a whole.
    #[schema(example = "current")]
    pub column: Option<String>,
    /// How many rows have it.
    #[schema(example = 3)]
    pub count: i64,
    /// The numbers of the first of them; the result file has them all. As a spreadsheet counts: the header of a
    /// CSV file is row 1; a file without a header begins with row 1.
    #[schema(example = json!([2, 17, 40]))]
    pub rows: Vec<u64>,
    /// What is the matter and what to do, in the caller's language.
    #[schema(example = "Skriv tall med punktum: 3.5, ikke 3,5.")]
    pub message: String,
}

impl RowFinding {
    /// A group of faults in words.
    pub fn of(group: &domain::kartlegging::FaultGroup, language: Language) -> Self {
        Self {
            code: group.code.to_string(),
            column: group.column.map(|column| column.to_string()),
            count: group.count,
            rows: group.rows.clone(),
            message: row_message(RowFault { code: group.code, column: group.column }, language),
        }
    }
}

/// A fault of a row in words: what was expected and what to do.
pub fn row_message(fault: RowFault, language: Language) -> String {
    let mut params = Map::new();
    params.insert("column".to_owned(), Value::from(fault.column.map_or("", Column::as_str)));
    texts::message(language, &row_message_key(fault.code), &params)
}

fn row_message_key(code: FaultCode) -> String {
    format!("row_{code}")
}

crate::page! {
    /// A page of batches.
    BatchPage of Batch
}

/// A row of a batch's result: the input, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchResultRow {
    /// As it came.
    #[schema(example = "974760673")]
    pub unit_orgnr: String,
    /// As it came.
    #[schema(example = "vision")]
    pub area: String,
    /// As it came.
    #[schema(example = "leaders")]
    pub respondent_group: String,
    /// As it came.
    #[schema(example = "2,5")]
    pub current: String,
    /// As it came.
    #[schema(example = "4")]
    pub needed: String,
    /// As it came.
    #[schema(example = "12")]
    pub respondents: String,
    /// As it came.
    #[schema(example = "")]
    pub comment: String,
    /// Its number in the file.
    #[schema(example = 17)]
    pub row: u64,
    /// `created`, `updated`, `unchanged` or `rejected`.
    #[schema(example = "rejected")]
    pub outcome: String,
    /// What is wrong with it: codes with a space between them.
    #[schema(example = "decimal_comma")]
    pub code: String,
    /// What to do, in the caller's language.
    #[schema(example = "Skriv tall med punktum: 3.5, ikke 3,5.")]
    pub message: String,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_of_a_row_has_words_in_every_language() {
        for language in Language::ALL {
            for code in FaultCode::ALL {
                let message = row_message(RowFault::at(Column::Current, *code), *language);
                assert!(!message.is_empty() && message != row_message_key(*code), "{code} in {language}");
                assert!(!message.contains('{'), "{code} in {language}: {message}");
            }
        }
    }

    #[test]
    fn the_headings_that_people_read_are_headings_that_we_take() {
        for language in Language::ALL {
            for column in Column::ALL {
                let heading = texts::label(*language, "kartlegging_column", column.as_str());
                assert_eq!(heading.and_then(Column::from_heading), Some(*column), "{column} in {language}");
            }
        }
    }
}
