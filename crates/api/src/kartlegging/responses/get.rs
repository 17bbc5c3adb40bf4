//! `GET /v1/kartlegging/responses/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{PastResponse as PastView, ResponseDetail};
use persistence::Reader;
use persistence::kartlegging::{PastResponse, responses, take_overs};
use uuid::Uuid;

use super::list::{as_number, view};
use super::take_over;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a response.
///
/// With the batch that it came from, what it said before that, and how responses about its unit changed hands. Only one
/// that the caller's organisation sent, or that is about one of its own units (K07).
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_response",
    params(("id" = Uuid, Path, description = "The response's id")),
    responses((status = 200, description = "The response with its history", body = ResponseDetail)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/responses/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = id.into_inner();
    let inside = call.clone();
    let read = move |reader: &mut Reader| detail(reader, &inside, id);
    let answer: Result<Answer, ApiError> = app.store.snapshot("response.get", read).await;
    Ok(answer?.into_response(&call))
}

fn detail(reader: &mut Reader, call: &Call, id: Uuid) -> Result<Answer, ApiError> {
    let stored = responses::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
    let version = stored.version;
    let history = responses::history(reader, &stored)?.into_iter().map(past).collect();
    let of_unit = take_overs::of(reader, (&stored.unit, &stored.instrument, stored.period))?;
    let take_overs = of_unit.iter().map(take_over::view).collect();
    Answer::ok(&ResponseDetail { response: view(stored), history, take_overs }, version)
}

fn past(past: PastResponse) -> PastView {
    PastView {
        version: past.version,
        sender_orgnr: past.sender.to_string(),
        batch_id: past.batch.0,
        current: as_number(past.current),
        needed: as_number(past.needed),
        respondents: past.respondents,
        comment: past.comment,
        replaced_by_batch: past.replaced_by.0,
        replaced_at: past.replaced_at,
    }
}
