//! Problems: errors as `application/problem+json` (RFC 9457).

mod codes;
mod document;

use domain::finding::{Finding, Severity};
use domain::language::Language;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use utoipa::ToSchema;

pub use codes::{PROBLEMS, ProblemCode, status_of};
pub use document::errors_page;

use crate::texts;

/// An error, in the caller's language. `code` never changes; the texts may.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// Where the problem is explained.
    #[serde(rename = "type")]
    #[schema(example = "/problems/validation_failed")]
    pub type_: String,
    /// What went wrong, in a few words.
    #[schema(example = "Innholdet er ikke gyldig")]
    pub title: String,
    /// The HTTP status.
    #[schema(example = 422)]
    pub status: u16,
    /// The problem's code; act on this.
    #[schema(example = "validation_failed")]
    pub code: String,
    /// What to do about it.
    #[schema(example = "Rett feltene som er listet i errors, og send på nytt.")]
    pub detail: String,
    /// The path that was called.
    #[schema(example = "/v1/rounds")]
    pub instance: String,
    /// The request's id, to be quoted when asking for help.
    #[schema(example = "01936b0e-7c1a-7000-8000-1234567890ab")]
    pub request_id: String,
    /// Figures that belong to the problem, such as the amount left in a frame.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
    /// Every single fault, all of them at once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemError>,
}

/// One fault in what was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProblemError {
    /// The fault's code.
    #[schema(example = "missing_member")]
    pub code: String,
    /// JSON pointer to the member, empty for the whole body; a parameter's or header's name for those.
    #[schema(example = "/deadline_date")]
    pub pointer: String,
    /// What was expected and what to do.
    #[schema(example = "Feltet deadline_date mangler. Legg det til.")]
    pub message: String,
    /// Figures that belong to the fault.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
}

/// A fault without words, as the code makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Its code: a key of `faults` or `findings` in the locales.
    pub code: String,
    /// JSON pointer to the member, or the name of a parameter or header.
    pub pointer: String,
    /// Figures for the message.
    pub params: Map<String, Value>,
}

impl Fault {
    /// A fault at a place.
    pub fn new(code: &str, pointer: impl Into<String>) -> Self {
        Self { code: code.to_owned(), pointer: pointer.into(), params: Map::new() }
    }

    /// The same with a figure for the message.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The fault in words.
    pub fn in_words(&self, language: Language) -> ProblemError {
        ProblemError {
            code: self.code.clone(),
            pointer: self.pointer.clone(),
            message: texts::message(language, &self.code, &self.params),
            params: self.params.clone(),
        }
    }
}

impl From<Finding> for Fault {
    fn from(finding: Finding) -> Self {
        let mut params = finding.params;
        params.insert("rule".to_owned(), finding.rule.into());
        Self { code: finding.code, pointer: finding.pointer, params }
    }
}

/// A finding in words, as `check` answers it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct FindingView {
    /// What was found.
    #[schema(example = "private_owner_not_mentioned")]
    pub code: String,
    /// The rule that says so.
    #[schema(example = "N05")]
    pub rule: String,
    /// `blocker` stops the step, `warning` asks for an explanation, `info` guides.
    #[schema(value_type = String, example = "blocker")]
    pub severity: Severity,
    /// What is the matter and what to do, in the caller's language.
    #[schema(example = "Private eiere med enheter i kommunen må ha et svar. Legg til eieren under private_owners.")]
    pub message: String,
    /// JSON pointer to the member it is about, empty for the whole.
    #[schema(example = "/private_owners")]
    pub pointer: String,
    /// Where the rule comes from: `seed`, `read` or `design`.
    #[schema(example = "seed")]
    pub source: String,
    /// How the sender explains it, in `explanations` of the need; null where it does not.
    #[schema(example = "PPT er med i et eget tiltak.")]
    pub explanation: Option<String>,
    /// Figures that belong to the finding.
    #[schema(value_type = Object)]
    pub params: Map<String, Value>,
}

impl FindingView {
    /// A finding in words, unexplained.
    pub fn of(finding: &Finding, source: &str, language: Language) -> Self {
        Self {
            code: finding.code.clone(),
            rule: finding.rule.clone(),
            severity: finding.severity,
            message: texts::message(language, &finding.code, &finding.params),
            pointer: finding.pointer.clone(),
            source: source.to_owned(),
            explanation: None,
            params: finding.params.clone(),
        }
    }
}
