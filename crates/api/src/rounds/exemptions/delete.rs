//! `DELETE /v1/rounds/{id}/exemptions/{exemption_id}`.

use actix_web::{HttpResponse, delete, web};
use domain::ids::{ExemptionId, RoundId};
use domain::rounds::RoundCommand;
use persistence::rounds;
use uuid::Uuid;

use super::list::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::rounds::record::{applied, change, is_own};

/// Takes an exemption back.
///
/// What was submitted under it stays submitted. `If-Match` names the version of the round.
#[utoipa::path(
    tag = "rounds",
    operation_id = "delete_round_exemption",
    params(
        ("id" = Uuid, Path, description = "The round's id"),
        ("exemption_id" = Uuid, Path, description = "The exemption's id"),
    ),
    responses((status = 204, description = "The exemption is gone")),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}/exemptions/{exemption_id}")]
pub async fn delete(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, exemption) = path.into_inner();
    let (id, exemption) = (RoundId(id), ExemptionId(exemption));
    app.write("round.end_exemption", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = rounds::find(write, id)?.ok_or_else(ApiError::not_found)?;
        let stored = rounds::find_exemption(write, &viewer, id, exemption)?.ok_or_else(ApiError::not_found)?;
        if !is_own(&viewer, &before) {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        let now = write.call().now;
        applied(&before, RoundCommand::Exempt, now)?;
        let round = rounds::save(write, &before, now)?;
        rounds::delete_exemption(write, exemption)?;
        let gone = serde_json::to_value(view(&stored)).ok();
        change(write, &round, ("round.end_exemption", "exemption_ended"), &["exemptions"], (gone, None))?;
        Ok(Answer::no_content())
    })
    .await
}
