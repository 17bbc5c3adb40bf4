//! `DELETE /v1/kartlegging/batches/{id}`: its sender gives a batch up.

use actix_web::{HttpResponse, delete, web};
use domain::ids::BatchId;
use domain::kartlegging::Command;
use persistence::kartlegging::batches;
use uuid::Uuid;

use super::record::{applied, change, held, own};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Cancels a batch.
///
/// One that is not committed yet: its parts are gone, and it stays to be seen as `cancelled`.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "cancel_batch",
    params(("id" = Uuid, Path, description = "The batch's id")),
    responses((status = 204, description = "The batch is cancelled")),
    security(("bearer" = ["kartlegging:write"]))
)]
#[delete("/batches/{id}")]
pub async fn cancel(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = BatchId(id.into_inner());
    app.write("batch.cancel", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        own(write, &viewer, id)?;
        let batch = held(write, id)?;
        write.begin_on(batch.version)?;
        let state = applied(&batch, Command::Cancel)?;
        let now = write.call().now;
        let cancelled = batches::move_to(write, &batch, state, now, None)?;
        change(write, &cancelled, "batch.cancel", Some(&batch))?;
        Ok(Answer::no_content())
    })
    .await
}
