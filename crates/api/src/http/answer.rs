//! Answers: built inside the transaction, sent afterwards.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpResponse, HttpResponseBuilder};
use persistence::idempotency::StoredAnswer;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::error::ApiError;
use crate::http::call::Call;

/// A successful answer, ready to be sent or to be kept for a retry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    body: Option<String>,
    etag: Option<String>,
    location: Option<String>,
    replayed: bool,
    content_type: &'static str,
}

impl Answer {
    fn with_body(status: StatusCode, view: &impl Serialize, version: Option<i64>) -> Result<Self, ApiError> {
        let body = serde_json::to_string(view).map_err(ApiError::internal)?;
        let etag = version.map(|version| etag(version, &body));
        Ok(Self { status, body: Some(body), etag, location: None, replayed: false, content_type: "application/json" })
    }

    /// 200 with a single resource and its tag.
    pub fn ok(view: &impl Serialize, version: i64) -> Result<Self, ApiError> {
        Self::with_body(StatusCode::OK, view, Some(version))
    }

    /// 200 with something that has no version: a list, a computed view.
    pub fn untagged(view: &impl Serialize) -> Result<Self, ApiError> {
        Self::with_body(StatusCode::OK, view, None)
    }

    /// 201 with the new resource, its tag and where it is.
    pub fn created(view: &impl Serialize, version: i64, location: String) -> Result<Self, ApiError> {
        let answer = Self::with_body(StatusCode::CREATED, view, Some(version))?;
        Ok(Self { location: Some(location), ..answer })
    }

    /// 202: taken on and being worked at, where it is to be seen.
    pub fn accepted(view: &impl Serialize, version: i64, location: String) -> Result<Self, ApiError> {
        let answer = Self::with_body(StatusCode::ACCEPTED, view, Some(version))?;
        Ok(Self { location: Some(location), ..answer })
    }

    /// 204: done, nothing to show.
    pub fn no_content() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            body: None,
            etag: None,
            location: None,
            replayed: false,
            content_type: "application/json",
        }
    }

    /// The same with a place to go on from, such as the next page.
    pub fn into_response_with(self, call: &Call, extra: &[(&'static str, String)]) -> HttpResponse {
        let not_modified = call.reads && self.status == StatusCode::OK && self.is_known_to(call);
        let mut response = HttpResponseBuilder::new(if not_modified { StatusCode::NOT_MODIFIED } else { self.status });
        for (name, value) in extra {
            response.insert_header((*name, value.as_str()));
        }
        if let Some(etag) = &self.etag {
            response.insert_header((header::ETAG, etag.as_str()));
        }
        if let Some(location) = &self.location {
            response.insert_header((header::LOCATION, location.as_str()));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        match self.body {
            Some(body) if !not_modified => response.content_type(self.content_type).body(body),
            _ => response.finish(),
        }
    }

    /// Sends it.
    pub fn into_response(self, call: &Call) -> HttpResponse {
        self.into_response_with(call, &[])
    }

    fn is_known_to(&self, call: &Call) -> bool {
        let (Some(etag), Some(known)) = (&self.etag, &call.if_none_match) else { return false };
        known.split(',').map(|tag| tag.trim().trim_start_matches("W/")).any(|tag| tag == "*" || tag == etag)
    }

    /// How long its body is.
    pub(crate) fn bytes(&self) -> usize {
        self.body.as_ref().map_or(0, String::len)
    }

    /// Whether it was given before.
    pub(crate) fn is_replayed(&self) -> bool {
        self.replayed
    }

    pub(crate) fn to_stored(&self) -> StoredAnswer {
        StoredAnswer {
            status: self.status.as_u16(),
            body: self.body.clone(),
            etag: self.etag.clone(),
            location: self.location.clone(),
        }
    }

    pub(crate) fn replay(stored: StoredAnswer) -> Self {
        Self {
            status: StatusCode::from_u16(stored.status).unwrap_or(StatusCode::OK),
            body: stored.body,
            etag: stored.etag,
            location: stored.location,
            replayed: true,
            content_type: "application/json",
        }
    }
}

/// `"<version>.<8 hex of the body's hash>"`: `If-None-Match` compares all of it, `If-Match` only the version.
fn etag(version: i64, body: &str) -> String {
    let digest = Sha256::digest(body);
    format!("\"{version}.{}\"", hex::encode(&digest[..4]))
}
