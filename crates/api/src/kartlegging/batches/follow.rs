//! `GET /v1/kartlegging/batches/{id}/progress`: following a batch until it has ended.

use std::time::Duration;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, get, web};
use actix_web_lab::sse::Event;
use contract::kartlegging::BatchProgress;
use domain::ids::BatchId;
use futures_util::stream;
use persistence::Reader;
use persistence::kartlegging::{StoredBatch, StoredPart, batches, parts};
use tokio::time::{Instant, timeout};
use uuid::Uuid;

use super::get::shown_to;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::sse;
use crate::kartlegging::uploads::followers::Follows;

/// So often we look how far it has come.
const LOOK: Duration = Duration::from_millis(500);
/// A line is closed after so long; whoever still wants to know opens another one, with a token that is still good.
const LASTING: Duration = Duration::from_mins(10);

/// Follows a batch.
///
/// Server-sent events: `progress` whenever something has changed, at most twice a second, and `end` with the batch once
/// it is in its last state; then the line is closed, so close it on your side too. A line that has been open for ten
/// minutes is closed without `end`; open another. `checked` and `stored` are told by the process that works at the batch
/// and are absent elsewhere: the state is always right.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "follow_batch",
    params(("id" = Uuid, Path, description = "The batch's id")),
    responses((status = 200, description = "`progress` with a `BatchProgress`, `end` with a `Batch`", content(
        (String = "text/event-stream", example = "event: progress\ndata: {\"id\":\"0199a0f0-0000-7000-8000-000000000000\",\"state\":\"processing\",\"version\":4,\"parts\":3,\"rows\":30000,\"checked\":30000,\"stored\":12000}\n\n")
    ))),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/batches/{id}/progress")]
pub async fn follow(app: web::Data<App>, req: HttpRequest, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let (call, id) = (Call::for_file(&req)?, BatchId(id.into_inner()));
    look(&app, &call, id).await?;
    if req.method() == Method::HEAD {
        return Ok(sse::answer(&req, stream::empty()));
    }
    let busy = || ApiError::new("overloaded").header("Retry-After", "5");
    let place = app.uploads.followers.join(&call.viewer().orgnr).ok_or_else(busy)?;
    let follower = Follower { app, call, id, told: None, ended: false, until: Instant::now() + LASTING, _place: place };
    Ok(sse::answer(&req, stream::try_unfold(follower, next)))
}

/// Somebody who follows a batch.
struct Follower {
    app: web::Data<App>,
    call: Call,
    id: BatchId,
    told: Option<BatchProgress>,
    ended: bool,
    until: Instant,
    _place: Follows,
}

/// The next thing that is worth telling.
async fn next(mut follower: Follower) -> Result<Option<(Event, Follower)>, ApiError> {
    while !follower.ended && Instant::now() < follower.until {
        if follower.told.is_some() {
            let _ = timeout(LOOK, follower.app.uploads.applied.notified()).await;
        }
        let (batch, parts) = look(&follower.app, &follower.call, follower.id).await?;
        if batch.state.is_final() {
            follower.ended = true;
            return Ok(Some((sse::event("end", &shown_to(&batch, &follower.call))?, follower)));
        }
        let progress = progress_of(&follower.app, &batch, &parts);
        if follower.told.as_ref() != Some(&progress) {
            let event = sse::event("progress", &progress)?;
            follower.told = Some(progress);
            return Ok(Some((event, follower)));
        }
    }
    Ok(None)
}

/// The batch with its parts, if the caller may see it.
async fn look(app: &App, call: &Call, id: BatchId) -> Result<(StoredBatch, Vec<StoredPart>), ApiError> {
    let viewer = call.viewer().clone();
    let look = move |reader: &mut Reader| {
        let batch = batches::find(reader, &viewer, id)?.ok_or_else(ApiError::not_found)?;
        Ok((batch, parts::of_batch(reader, id)?))
    };
    app.store.snapshot("batch.follow", look).await
}

fn progress_of(app: &App, batch: &StoredBatch, parts: &[StoredPart]) -> BatchProgress {
    let here = app.uploads.applying.lock().ok().and_then(|applying| applying.get(&batch.id).cloned());
    BatchProgress {
        id: batch.id.0,
        state: batch.state.to_string(),
        version: batch.version,
        parts: parts.len(),
        rows: parts.iter().map(|part| part.rows).sum(),
        checked: here.as_ref().map(|progress| progress.checked()),
        stored: here.as_ref().map(|progress| progress.stored()),
    }
}
