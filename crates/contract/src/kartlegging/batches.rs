//! Batches on the wire, and what became of their rows.

use chrono::{DateTime, Utc};
use domain::kartlegging::{Column, FaultCode, Mode, RowFault};
use domain::language::Language;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::lists;
use crate::texts;

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
    /// The scheme of the sender's own codes by which its rows name units. Only its sender sees it.
    #[schema(example = "oppvekstsystem")]
    pub code_scheme: Option<String>,
    /// SHA-256 of the content as it was sent, in hexadecimal; of the digests of its parts, one after the other, where
    /// it came in parts. Null until its rows are applied.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub digest: Option<String>,
    /// The parts that are there, by number, while it is under way: what need not be sent again. Lists leave them out.
    pub parts: Vec<BatchPart>,
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
    /// When it is given up unless a part comes before; null once it is committed or over.
    pub expires_at: Option<DateTime<Utc>>,
}

/// A part of a batch, kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchPart {
    /// Its number, from 1.
    #[schema(example = 1)]
    pub part: u32,
    /// SHA-256 of its content, unpacked, in hexadecimal: the same part packed in another way is still the same.
    #[schema(example = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    pub digest: String,
    /// Its rows, without a header.
    #[schema(example = 10000)]
    pub rows: i64,
    /// Those of its rows that have something wrong with them. They are checked again when the batch is committed.
    #[schema(example = 3)]
    pub faulty: i64,
    /// When it came.
    pub received_at: DateTime<Utc>,
}

/// How far a batch that is under way has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct BatchProgress {
    /// The batch's id.
    pub id: Uuid,
    /// `open`, `receiving` or `processing`.
    #[schema(example = "processing")]
    pub state: String,
    /// Raised by every change.
    #[schema(example = 4)]
    pub version: i64,
    /// How many parts are there.
    #[schema(example = 3)]
    pub parts: usize,
    /// Their rows.
    #[schema(example = 30000)]
    pub rows: i64,
    /// Rows that have been checked; null where another process works at it, or none does.
    #[schema(example = 30000)]
    pub checked: Option<u64>,
    /// Rows that have been stored, or found to be there already; null as `checked`.
    #[schema(example = 12000)]
    pub stored: Option<u64>,
}

/// A batch that is to come in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CreateBatch {
    /// Code of the instrument that the rows answer.
    #[schema(example = "basis-2026", max_length = 100)]
    pub instrument: String,
    /// The period that they speak about: a year, or half of one.
    #[schema(example = "2026-H1", max_length = 7)]
    pub period: String,
    /// `all`: nothing is stored when a row is faulty. `valid_rows`: the good rows are stored without the faulty ones.
    /// `all` unless told.
    #[serde(default)]
    #[schema(value_type = Option<lists::BatchMode>, example = "valid_rows")]
    pub mode: Option<Mode>,
    /// Only tell what would become of the rows; store no response.
    #[serde(default)]
    #[schema(example = false)]
    pub dry_run: bool,
    /// What you call the file or the system it came from.
    #[serde(default)]
    #[schema(example = "nightly export", min_length = 1, max_length = 200)]
    pub source: Option<String>,
    /// The scheme of your own codes by which rows name units; see `/v1/kartlegging/code-schemes`.
    #[serde(default)]
    #[schema(example = "oppvekstsystem", min_length = 1, max_length = 64)]
    pub code_scheme: Option<String>,
}

/// That all parts of a batch have been sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct CommitBatch {
    /// How many parts there are, so that one that was lost on the way is noticed.
    #[schema(example = 3, minimum = 1, maximum = 1000)]
    pub parts: u32,
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
