//! Server-sent events. The library behind it changes often, so it is named here alone.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, Responder};
use actix_web_lab::sse::{Data, Event, Sse};
use futures_util::{Stream, TryStreamExt};
use serde::Serialize;

use crate::error::ApiError;

/// So often something is sent when nothing happens, so that nobody between takes the line for dead, and that we notice
/// when nobody listens any more.
const KEEP_ALIVE: Duration = Duration::from_secs(5);
/// After so long a browser comes back to a line that broke.
const RETRY: Duration = Duration::from_secs(2);

/// One event: its name, and its data as JSON.
pub fn event(name: &'static str, data: &impl Serialize) -> Result<Event, ApiError> {
    Ok(Data::new_json(data).map_err(ApiError::internal)?.event(name).into())
}

/// An answer that goes on for as long as the stream does.
pub fn answer(req: &HttpRequest, events: impl Stream<Item = Result<Event, ApiError>> + 'static) -> HttpResponse {
    let events = events.map_err(|error| {
        // There is no answer any more that could say it: a line that is open can only end.
        log::error!("a line of events ends: {error} ({:?})", error.cause);
        error.to_string()
    });
    Sse::from_stream(events).with_keep_alive(KEEP_ALIVE).with_retry_duration(RETRY).respond_to(req)
}
