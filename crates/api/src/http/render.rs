//! The outermost layer: gives the request its id and language, puts words to problems, logs one line.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponseBuilder};
use contract::problem::{Problem, status_of};
use contract::texts;
use domain::language::Language;

use crate::error::ApiError;
use crate::http::call::RequestContext;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Wraps everything else.
pub async fn render(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let mut req = req;
    if req.method() == Method::HEAD {
        // An operation answers HEAD as GET; the server leaves the body out.
        req.head_mut().method = Method::GET;
    }
    let context = RequestContext { request_id: request_id(&req), language: language(&req) };
    req.extensions_mut().insert(context.clone());
    let response = next.call(req).await?.map_into_boxed_body();
    let mut response = in_words(response, &context);
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&context.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    if response.request().path().starts_with("/v1/") {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
        headers.append(header::VARY, HeaderValue::from_static("Authorization, Accept-Language, Accept"));
    }
    log_line(&response, &context, started);
    Ok(response)
}

/// The caller's own id where it is 1–64 of `[A-Za-z0-9._-]` and no identity number (N15: it is logged), else a new one.
fn request_id(req: &ServiceRequest) -> String {
    let usable = |id: &&str| {
        (1..=64).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
    };
    let own = req.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).filter(usable);
    let own = own.filter(|id| !domain::national_id::contains_national_id(id));
    own.map_or_else(new_request_id, str::to_owned)
}

/// A new id, which sorts by time. Its random part comes from the thread's own generator: the system's would be asked
/// once per request, and an id of a request keeps no secret.
fn new_request_id() -> String {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    let milliseconds = u64::try_from(now.as_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(milliseconds, &rand::random()).into_uuid().to_string()
}

/// The first language in `Accept-Language`, by its quality, that we have; bokmål otherwise.
fn language(req: &ServiceRequest) -> Language {
    let Some(wanted) = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()) else {
        return Language::Nb;
    };
    let mut ranked: Vec<(u16, Language)> = wanted
        .split(',')
        .filter_map(|range| {
            let (tag, quality) = range.split_once(";q=").unwrap_or((range, "1"));
            let quality: f32 = quality.trim().parse().ok()?;
            let language = match tag.trim().split('-').next()?.to_ascii_lowercase().as_str() {
                "nb" | "no" => Language::Nb,
                "nn" => Language::Nn,
                "en" => Language::En,
                _ => return None,
            };
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0–1000 first")]
            Some(((quality.clamp(0.0, 1.0) * 1000.0) as u16, language))
        })
        .filter(|(quality, _)| *quality > 0)
        .collect();
    ranked.sort_by_key(|(quality, _)| std::cmp::Reverse(*quality));
    ranked.first().map_or(Language::Nb, |(_, language)| *language)
}

/// Puts words to an error, whoever raised it. What is no [`ApiError`] was raised by the framework.
fn in_words(response: ServiceResponse<BoxBody>, context: &RequestContext) -> ServiceResponse<BoxBody> {
    let status = response.status();
    let Some(error) = response.response().error() else { return response };
    let from_framework;
    let error = if let Some(own) = error.as_error::<ApiError>() {
        own
    } else {
        from_framework = ApiError::new(match status.as_u16() {
            400 => "invalid_query",
            404 => "not_found",
            408 => "request_timeout",
            413 => "body_too_large",
            _ => "internal_error",
        });
        &from_framework
    };
    if let Some(cause) = &error.cause {
        log::error!("{}: {} ({:#}) request_id={}", route(&response), error.code, cause, context.request_id);
    }
    let problem = words(error, context, response.request().path());
    let mut answer = HttpResponseBuilder::new(error_status(error));
    answer.content_type("application/problem+json");
    answer.insert_header((header::CONTENT_LANGUAGE, context.language.as_str()));
    for (name, value) in &error.headers {
        answer.insert_header((*name, value.as_str()));
    }
    let body = serde_json::to_string(&problem).unwrap_or_default();
    let (request, old) = response.into_parts();
    let mut new = answer.body(body);
    for (name, value) in old.headers() {
        if !new.headers().contains_key(name) && name != header::CONTENT_LENGTH {
            new.headers_mut().append(name.clone(), value.clone());
        }
    }
    ServiceResponse::new(request, new)
}

fn error_status(error: &ApiError) -> actix_web::http::StatusCode {
    actix_web::ResponseError::status_code(error)
}

/// The problem in the caller's language.
pub(crate) fn words(error: &ApiError, context: &RequestContext, path: &str) -> Problem {
    let text = texts::problem(context.language, error.code);
    Problem {
        type_: format!("/problems/{}", error.code),
        title: text.map_or_else(|| error.code.to_owned(), |t| t.title.clone()),
        status: status_of(error.code),
        code: error.code.to_owned(),
        detail: text.map_or_else(String::new, |t| texts::fill(&t.detail, &error.params)),
        instance: path.to_owned(),
        request_id: context.request_id.clone(),
        params: error.params.clone(),
        errors: error.faults.iter().map(|fault| fault.in_words(context.language)).collect(),
    }
}

fn route(response: &ServiceResponse<BoxBody>) -> String {
    let pattern = response.request().match_pattern().unwrap_or_else(|| "(no route)".to_owned());
    format!("{} {pattern}", response.request().method())
}

fn log_line(response: &ServiceResponse<BoxBody>, context: &RequestContext, started: Instant) {
    if !log::log_enabled!(target: "access", log::Level::Info) {
        return;
    }
    log::info!(
        target: "access",
        "{} {} {}us request_id={}",
        route(response),
        response.status().as_u16(),
        started.elapsed().as_micros(),
        context.request_id
    );
}
