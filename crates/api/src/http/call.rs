//! Who calls, and how: taken from the request before the operation begins.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use chrono::{DateTime, Utc};
use contract::problem::Fault;
use domain::actor::{Actor, Viewer};
use domain::language::Language;
use persistence::audit::Author;

use crate::app::App;
use crate::error::ApiError;

/// What the outermost middleware found out about a request.
#[derive(Debug, Clone)]
pub struct RequestContext {
    /// The request's id: the caller's own where it is usable, else ours.
    pub request_id: String,
    /// The language of texts in the answer.
    pub language: Language,
}

/// An authenticated call. An operation that takes it can only be reached with a token.
#[derive(Debug, Clone)]
pub struct Call {
    /// The caller.
    pub actor: Arc<Actor>,
    /// The instant at which the request was taken up; what deadlines are held against (N03).
    pub now: DateTime<Utc>,
    /// The request's id.
    pub request_id: String,
    /// The language of texts in the answer.
    pub language: Language,
    /// Whether it only reads.
    pub reads: bool,
    /// `If-None-Match`, as sent: on a read what is known already, on a `PUT` that there must be nothing yet.
    pub if_none_match: Option<String>,
    /// The representation asked for.
    pub accept: Accept,
}

/// What an answer may look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accept {
    /// `application/json`, or no wish.
    Json,
    /// `text/csv`: lists that stream.
    Csv,
    /// `application/x-ndjson`: lists that stream.
    Ndjson,
}

impl Call {
    /// What decides how much the caller sees.
    pub fn viewer(&self) -> &Viewer {
        &self.actor.viewer
    }

    /// The call as the audit trail keeps it.
    pub fn author(&self) -> Author {
        Author {
            orgnr: self.actor.viewer.orgnr.to_string(),
            client_id: self.actor.client_id.clone(),
            person: self.actor.person.clone(),
            supplier: self.actor.supplier.clone(),
            request_id: self.request_id.clone(),
        }
    }

    /// Reads a call off a request that passed authentication.
    pub fn of(req: &HttpRequest) -> Result<Self, ApiError> {
        Self::accepting(req, accept(req.headers())?)
    }

    /// Reads the call of an operation that answers with a file. It has one representation, whatever `Accept` says.
    pub fn for_file(req: &HttpRequest) -> Result<Self, ApiError> {
        Self::accepting(req, Accept::Json)
    }

    fn accepting(req: &HttpRequest, accept: Accept) -> Result<Self, ApiError> {
        let extensions = req.extensions();
        let actor = extensions.get::<Arc<Actor>>().cloned().ok_or_else(|| ApiError::new("unauthenticated"))?;
        let context = extensions.get::<RequestContext>().cloned();
        let app = req.app_data::<web::Data<App>>();
        let (Some(context), Some(app)) = (context, app) else {
            return Err(ApiError::internal(anyhow::anyhow!("the request has no context")));
        };
        Ok(Self {
            actor,
            now: app.clock.now(),
            request_id: context.request_id,
            language: context.language,
            reads: req.method().is_safe(),
            if_none_match: text_header(req.headers(), &header::IF_NONE_MATCH)?,
            accept,
        })
    }
}

impl FromRequest for Call {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::of(req))
    }
}

/// A header as text.
pub(crate) fn text_header(headers: &HeaderMap, name: &header::HeaderName) -> Result<Option<String>, ApiError> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let text = value.to_str().map_err(|_| {
        let fault =
            Fault::new("invalid_header_value", name.as_str()).with("name", name.as_str()).with("expected", "ASCII");
        ApiError::new("invalid_header").because(fault)
    })?;
    Ok(Some(text.to_owned()))
}

/// The first representation in `Accept` that we have; quality values only decide what is refused.
fn accept(headers: &HeaderMap) -> Result<Accept, ApiError> {
    first_accepted(headers, |range| match range {
        "text/csv" => Some(Accept::Csv),
        "application/x-ndjson" => Some(Accept::Ndjson),
        "" | "*/*" | "application/*" | "application/json" | "application/problem+json" => Some(Accept::Json),
        _ => None,
    })
}

/// The same for rows to be written to a file: CSV or NDJSON, of which there is no other JSON.
pub(crate) fn accept_rows(headers: &HeaderMap) -> Result<Accept, ApiError> {
    first_accepted(headers, |range| match range {
        "" | "*/*" | "text/csv" => Some(Accept::Csv),
        "application/*" | "application/x-ndjson" => Some(Accept::Ndjson),
        _ => None,
    })
}

fn first_accepted(headers: &HeaderMap, ours: impl Fn(&str) -> Option<Accept>) -> Result<Accept, ApiError> {
    let wanted = text_header(headers, &header::ACCEPT)?.unwrap_or_default();
    let accepted = wanted.split(',').find_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let refused = parts.clone().skip(1).any(|p| matches!(p, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        let range = parts.next().unwrap_or_default().to_ascii_lowercase();
        ours(&range).filter(|_| !refused)
    });
    accepted.ok_or_else(|| ApiError::new("not_acceptable"))
}
