//! The input of a write: the call, its body as a checked type, its idempotency key and its precondition.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{self, HeaderMap, HeaderName};
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use contract::problem::Fault;
use futures_util::future::LocalBoxFuture;
use persistence::idempotency::Key;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;
use validator::Validate;

use crate::error::ApiError;
use crate::http::call::{Call, text_header};
use crate::http::shape::{self, Body};

/// A JSON body may be so large.
pub const BODY_LIMIT: usize = 2 * 1024 * 1024;
/// And must be here within this time.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What `If-Match` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IfMatch {
    /// Nothing: fine only where there is nothing yet.
    Absent,
    /// Any version.
    Any,
    /// One of these versions.
    Versions(Vec<i64>),
}

/// A write as it was asked for.
#[derive(Debug, Clone)]
pub struct Input<T> {
    /// Who asks, and when.
    pub call: Call,
    /// What is sent.
    pub body: T,
    pub(crate) key: Option<Key>,
    pub(crate) if_match: IfMatch,
}

/// The body of a transition that needs none: nothing at all, or `{}`.
#[derive(Debug, Clone, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub struct NoBody {}

impl<T: Body> FromRequest for Input<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            let head = Input::head(&req)?;
            let bytes = read_body(&req, &mut payload).await?;
            let key = head.key(&bytes);
            let value = parse(&bytes, &req)?;
            Ok(Self { body: shape::check(value)?, call: head.call, key, if_match: head.if_match })
        })
    }
}

/// Everything about a write but its body.
pub(crate) struct Head {
    pub(crate) call: Call,
    pub(crate) if_match: IfMatch,
    scope: Option<String>,
    fingerprinted: String,
}

impl Input<()> {
    /// Reads the headers of a write.
    pub(crate) fn head(req: &HttpRequest) -> Result<Head, ApiError> {
        let call = Call::of(req)?;
        let scope = idempotency_key(req.headers())?.map(|key| {
            let actor = &call.actor;
            let parts = [
                actor.issuer.as_str(),
                actor.client_id.as_str(),
                actor.viewer.orgnr.as_str(),
                req.method().as_str(),
                req.path(),
                key.as_str(),
            ];
            hex::encode(Sha256::digest(parts.join("\n")))
        });
        let content_type = text_header(req.headers(), &header::CONTENT_TYPE)?.unwrap_or_default();
        let if_match = if_match(req.headers())?;
        Ok(Head { call, if_match, scope, fingerprinted: format!("{}\n{content_type}\n", req.query_string()) })
    }
}

impl Head {
    /// The key of this write, its fingerprint taken over query, content type and body (or the body's digest).
    pub(crate) fn key(&self, body_or_digest: &[u8]) -> Option<Key> {
        let fingerprint = Sha256::new_with_prefix(&self.fingerprinted).chain_update(body_or_digest).finalize();
        self.scope.clone().map(|scope| Key { scope, fingerprint: hex::encode(fingerprint) })
    }

    /// The input around a body that was read in another way.
    pub(crate) fn into_input<T>(self, body: T, key: Option<Key>) -> Input<T> {
        Input { call: self.call, body, key, if_match: self.if_match }
    }
}

async fn read_body(req: &HttpRequest, payload: &mut Payload) -> Result<web::Bytes, ApiError> {
    let reading = web::Bytes::from_request(req, payload);
    let Ok(read) = tokio::time::timeout(BODY_TIME, reading).await else {
        return Err(ApiError::new("request_timeout"));
    };
    read.map_err(|error| match error.as_response_error().status_code().as_u16() {
        413 => ApiError::new("body_too_large").with("limit_bytes", BODY_LIMIT),
        _ => ApiError::new("invalid_json"),
    })
}

fn parse(bytes: &[u8], req: &HttpRequest) -> Result<Value, ApiError> {
    if bytes.is_empty() && req.headers().get(header::CONTENT_TYPE).is_none() {
        return Ok(Value::Object(serde_json::Map::new()));
    }
    let content_type = req.content_type().to_ascii_lowercase();
    let taken: &[&str] = if req.method() == actix_web::http::Method::PATCH {
        &["application/merge-patch+json", "application/json"]
    } else {
        &["application/json"]
    };
    if !taken.contains(&content_type.as_str()) {
        return Err(ApiError::new("unsupported_media_type").with("accepted", taken.to_vec()));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        let fault = Fault::new("invalid_syntax", "").with("line", error.line()).with("column", error.column());
        ApiError::new("invalid_json").because(fault)
    })
}

fn invalid_header(name: &str, expected: &str) -> ApiError {
    let fault = Fault::new("invalid_header_value", name).with("name", name).with("expected", expected);
    ApiError::new("invalid_header").because(fault)
}

/// 1 to 255 visible ASCII characters.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    const NAME: HeaderName = HeaderName::from_static("idempotency-key");
    let Some(key) = text_header(headers, &NAME)? else { return Ok(None) };
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(invalid_header("Idempotency-Key", "1–255 visible ASCII characters"));
    }
    Ok(Some(key))
}

/// Versions out of `"<version>"` or `"<version>.<hash>"`; what is no such tag matches nothing.
fn if_match(headers: &HeaderMap) -> Result<IfMatch, ApiError> {
    let Some(text) = text_header(headers, &header::IF_MATCH)? else { return Ok(IfMatch::Absent) };
    if text.trim() == "*" {
        return Ok(IfMatch::Any);
    }
    let quoted = |tag: &str| tag.len() >= 2 && tag.starts_with('"') && tag.ends_with('"');
    let tags: Vec<&str> = text.split(',').map(str::trim).collect();
    if !tags.iter().all(|tag| quoted(tag.trim_start_matches("W/"))) {
        return Err(invalid_header("If-Match", "\"<version>\""));
    }
    let versions = tags.iter().filter_map(|tag| {
        let inner = tag.strip_prefix('"')?.strip_suffix('"')?;
        inner.split('.').next()?.parse().ok()
    });
    Ok(IfMatch::Versions(versions.collect()))
}
