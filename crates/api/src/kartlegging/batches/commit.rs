//! `POST /v1/kartlegging/batches/{id}/commit`.

use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, post, web};
use contract::kartlegging::{Batch as BatchView, CommitBatch};
use domain::ids::BatchId;
use domain::kartlegging::{Command, all_there};
use persistence::kartlegging::{StoredBatch, batches, parts};
use tokio::time::{Instant, timeout_at};
use uuid::Uuid;

use super::get::{shown_to, view};
use super::record::{applied, held, own};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Commits a batch.
///
/// Says how many parts there are, so that one that was lost on the way is noticed (`parts_incomplete`). From here on the
/// batch ends by itself, also when a server goes down: its rows are checked and applied in one transaction. The answer is
/// the batch in its last state, or 202 where that takes longer than ten seconds: look again after `Retry-After`, or
/// follow `…/progress`. Needs `If-Match`; since every part raises the version, `*` is fine here.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "commit_batch",
    params(("id" = Uuid, Path, description = "The batch's id")),
    request_body = CommitBatch,
    responses(
        (status = 200, description = "The batch, whatever became of its rows", body = BatchView),
        (status = 202, description = "The batch, being worked at", body = BatchView,
            headers(("Retry-After" = u32, description = "Seconds after which to look again")))
    ),
    security(("bearer" = ["kartlegging:write"]))
)]
#[post("/batches/{id}/commit")]
pub async fn commit(
    app: web::Data<App>,
    input: Input<CommitBatch>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = BatchId(id.into_inner());
    let call = input.call.clone();
    let mut taken = app.write("batch.commit", input, move |write, body| take(write, body, id)).await?;
    app.uploads.committed.notify_one();
    if app.uploads.limits.patience.is_zero() || taken.headers().contains_key("Idempotency-Replayed") {
        taken.headers_mut().insert(header::RETRY_AFTER, LOOK_AGAIN);
        return Ok(taken);
    }
    let batch = once_ended(&app, &call, id).await?;
    answer(&batch, &call)
}

/// Seconds after which it is worth looking again.
const LOOK_AGAIN_SECONDS: &str = "1";
const LOOK_AGAIN: HeaderValue = HeaderValue::from_static(LOOK_AGAIN_SECONDS);

/// Takes the commit on; from here the service sees it through.
fn take(write: &mut Write<'_, CommitBatch>, body: &CommitBatch, id: BatchId) -> Result<Answer, Stop> {
    let viewer = write.call().viewer().clone();
    own(write, &viewer, id)?;
    let batch = held(write, id)?;
    write.begin_on(batch.version)?;
    let state = applied(&batch, Command::Commit)?;
    let there = parts::of_batch(write, id)?.into_iter().map(|part| part.part);
    all_there(body.parts, there).map_err(|differ| {
        ApiError::new("parts_incomplete").with("missing", differ.missing).with("surplus", differ.surplus)
    })?;
    let now = write.call().now;
    let processing = batches::move_to(write, &batch, state, now, None)?;
    super::record::change(write, &processing, "batch.commit", Some(&batch))?;
    let view = view(&processing, true, write.call().language);
    Ok(Answer::accepted(&view, processing.version, place_of(id))?)
}

/// The batch in its last state, or as it is when our patience ends.
async fn once_ended(app: &App, call: &Call, id: BatchId) -> Result<StoredBatch, ApiError> {
    let until = Instant::now() + app.uploads.limits.patience;
    loop {
        let applied = app.uploads.applied.notified();
        let viewer = call.viewer().clone();
        let batch = app.store.read::<_, ApiError, _>("batch.get", move |reader| own(reader, &viewer, id)).await?;
        if batch.state.is_final() || timeout_at(until, applied).await.is_err() {
            return Ok(batch);
        }
    }
}

fn answer(batch: &StoredBatch, call: &Call) -> Result<HttpResponse, ApiError> {
    let shown = shown_to(batch, call);
    if batch.state.is_final() {
        return Ok(Answer::ok(&shown, batch.version)?.into_response(call));
    }
    let answer = Answer::accepted(&shown, batch.version, place_of(batch.id))?;
    Ok(answer.into_response_with(call, &[("Retry-After", LOOK_AGAIN_SECONDS.to_owned())]))
}

fn place_of(id: BatchId) -> String {
    format!("/v1/kartlegging/batches/{id}")
}
