//! `PATCH /v1/guidance/{id}`.

use actix_web::{HttpResponse, patch, web};
use contract::guidance::{Guidance as GuidanceView, GuidanceDocument};
use domain::ids::GuidanceId;
use persistence::guidance::answers;
use serde_json::json;
use uuid::Uuid;

use super::get::view;
use super::record::{change, references_exist, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::kept_by;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};

/// Changes a question or its answer.
///
/// Its keeper's to do; `state` publishes it and takes it back.
#[utoipa::path(
    tag = "guidance",
    operation_id = "update_guidance",
    params(("id" = Uuid, Path, description = "The question's id")),
    request_body(content = GuidanceDocument, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The question with its answer", body = GuidanceView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, input: Input<Patch>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GuidanceId(id.into_inner());
    let inside = app.clone();
    app.write("guidance.update", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = answers::find(write, &viewer, id)?.ok_or_else(ApiError::not_found)?;
        kept_by(&viewer, &before.guidance.keeper.orgnr)?;
        write.begin_on(before.version)?;
        let document: GuidanceDocument = patch.apply_to(json!(GuidanceDocument::from(before.guidance.clone())))?;
        let keeper = before.guidance.keeper.clone();
        let new = document.read(id, keeper, inside.synthetic()).map_err(ApiError::invalid)?;
        references_exist(&inside, write, &new)?;
        let now = write.call().now;
        let after = answers::save(write, &before, new, now)?;
        change(write, &after, ("guidance.update", "updated"), &patch.members(), trail(&before))?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}
