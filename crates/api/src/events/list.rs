//! `GET /v1/events`: what happened, in order, after a place.

use actix_web::{HttpResponse, get, web};
use contract::events::{Event as EventView, EventPage};
use persistence::outbox;
use serde::Deserialize;
use utoipa::IntoParams;

use super::visible::visible;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::query::{Query, invalid_parameter};

/// Where in the feed, and which events.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EventQuery {
    /// Only events after this place: `next_after` of the page before; left out for the beginning.
    after: Option<String>,
    /// Only events of this type.
    #[param(example = "no.kompetanseloft.need.submitted.v1")]
    r#type: Option<String>,
    /// Only events about the subject with this id.
    subject: Option<uuid::Uuid>,
    /// So many at the most, 1–1000; 100 unless told.
    #[param(example = 100)]
    limit: Option<i64>,
}

/// Events read from the outbox at a time, seen or not.
const CHUNK: i64 = 1_000;
/// Chunks looked through for one page; the page then says where to go on.
const CHUNKS: usize = 10;

/// Lists events.
///
/// In the order in which they got their place; no event ever gets a place before one that was shown. Only events
/// about what the caller may read. A page may be shorter than asked for, even empty, and still have a `next_after`
/// to go on from; there is nothing more right now when `at_end` is true.
#[utoipa::path(
    tag = "events",
    operation_id = "list_events",
    params(EventQuery),
    responses((status = 200, description = "A page of events", body = EventPage)),
    security(("bearer" = ["events:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: Query<EventQuery>) -> Result<HttpResponse, ApiError> {
    let Query(query) = query;
    let limit = query.limit.unwrap_or(100);
    if !(1..=1_000).contains(&limit) {
        return Err(invalid_parameter("invalid_query", "limit", "1–1000"));
    }
    let bound_to = format!("events {}", call.viewer().orgnr);
    let after = match &query.after {
        None => 0,
        Some(cursor) => {
            let opened = app.cursors.open(cursor, &bound_to).and_then(|key| key.parse().ok());
            opened.ok_or_else(|| ApiError::new("invalid_cursor"))?
        }
    };
    if app.store.read("events.waiting", outbox::any_without_position).await? {
        app.store.write("events.sequence", outbox::sequence).await?;
    }
    let (inside, issuer) = (call.clone(), app.issuer.name().to_owned());
    let read = move |reader: &mut persistence::Reader| page(reader, &inside, &query, after, limit);
    let (events, place, at_end) = app.store.snapshot::<_, ApiError, _>("events.list", read).await?;
    let items = events
        .into_iter()
        .map(|event| EventView::of(event.id.0, &event.type_name, event.subject, event.occurred_at, event.data, &issuer))
        .collect();
    let page = EventPage { items, next_after: app.cursors.sign(&place.to_string(), &bound_to), at_end };
    Ok(Answer::untagged(&page)?.into_response(&call))
}

/// Visible events, the place after the last one looked at, and whether that is the end of the feed.
fn page(
    reader: &mut persistence::Reader,
    call: &Call,
    query: &EventQuery,
    after: i64,
    limit: i64,
) -> Result<(Vec<outbox::StoredEvent>, i64, bool), ApiError> {
    let limit = usize::try_from(limit).map_err(ApiError::internal)?;
    let (mut found, mut place) = (Vec::new(), after);
    for _ in 0..CHUNKS {
        let chunk = outbox::after(reader, place, CHUNK)?;
        let whole = chunk.len() == usize::try_from(CHUNK).unwrap_or(usize::MAX);
        let last = chunk.last().map_or(place, |event| event.position);
        let wanted = chunk
            .into_iter()
            .filter(|e| query.r#type.as_ref().is_none_or(|t| *t == e.type_name))
            .filter(|e| query.subject.is_none_or(|id| id == e.subject.id))
            .collect();
        for event in visible(reader, call, wanted)? {
            place = event.position;
            found.push(event);
            if found.len() == limit {
                return Ok((found, place, false));
            }
        }
        place = last;
        if !whole {
            return Ok((found, place, true));
        }
    }
    Ok((found, place, false))
}
