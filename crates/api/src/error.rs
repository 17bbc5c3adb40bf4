//! The one error of the API. It carries codes and figures; words are put to it on the way out, in the caller's
//! language, by [`crate::http::render`].

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, ResponseError};
use contract::problem::{Fault, status_of};
use persistence::{StoreError, WriteError};
use serde_json::{Map, Value};

/// Why a request is not answered as asked.
#[derive(Debug)]
pub struct ApiError {
    /// A code of [`contract::problem::PROBLEMS`].
    pub code: &'static str,
    /// Figures that belong to the problem.
    pub params: Map<String, Value>,
    /// Every single fault.
    pub faults: Vec<Fault>,
    /// Headers that belong to the problem: `Allow`, `Retry-After`, `WWW-Authenticate`.
    pub headers: Vec<(&'static str, String)>,
    /// What is behind a fault of ours: logged once, never sent.
    pub cause: Option<anyhow::Error>,
}

/// Faults that one answer tells: more than anybody mends at once, and few enough that a small request never gets a
/// huge answer.
const MOST_FAULTS: usize = 500;

impl ApiError {
    /// A problem with this code.
    pub fn new(code: &'static str) -> Self {
        Self { code, params: Map::new(), faults: Vec::new(), headers: Vec::new(), cause: None }
    }

    /// It does not exist, or the caller may not see it: the same answer for both.
    pub fn not_found() -> Self {
        Self::new("not_found")
    }

    /// The caller sees it, but another party is to do this.
    pub fn not_yours() -> Self {
        Self::new("not_yours_to_do")
    }

    /// It cannot be done in the state that the thing is in.
    pub fn state(state: impl fmt::Display) -> Self {
        Self::new("state_conflict").with("state", state.to_string())
    }

    /// What was sent is readable, but not valid.
    pub fn invalid(mut faults: Vec<Fault>) -> Self {
        faults.truncate(MOST_FAULTS);
        Self { faults, ..Self::new("validation_failed") }
    }

    /// One fault in what was sent.
    pub fn fault(fault: Fault) -> Self {
        Self::invalid(vec![fault])
    }

    /// Our own fault.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self { cause: Some(cause.into()), ..Self::new("internal_error") }
    }

    /// The same with a figure.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.params.insert(name.to_owned(), value.into());
        self
    }

    /// The same with a single fault.
    #[must_use]
    pub fn because(mut self, fault: Fault) -> Self {
        self.faults.push(fault);
        self
    }

    /// The same with a header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl std::error::Error for ApiError {}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(status_of(self.code)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Without words yet: the rendering middleware knows the language.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Busy(_) | StoreError::Serialization(_) | StoreError::Stale => {
                Self { cause: Some(error.into()), ..Self::new("overloaded") }.header("Retry-After", "1")
            }
            StoreError::Unavailable(_) => {
                Self { cause: Some(error.into()), ..Self::new("unavailable") }.header("Retry-After", "5")
            }
            StoreError::Duplicate { .. }
            | StoreError::Corrupt { .. }
            | StoreError::Panicked(_)
            | StoreError::Setup(_)
            | StoreError::Spool(_)
            | StoreError::Refused(_) => Self::internal(error),
        }
    }
}

impl WriteError for ApiError {
    fn store_error(&self) -> Option<&StoreError> {
        self.cause.as_ref().and_then(|cause| cause.downcast_ref())
    }
}
