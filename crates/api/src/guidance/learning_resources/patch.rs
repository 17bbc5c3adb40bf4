//! `PATCH /v1/learning-resources/{id}`.

use actix_web::{HttpResponse, patch, web};
use contract::guidance::{LearningResource as ResourceView, LearningResourceDocument};
use domain::ids::LearningResourceId;
use persistence::guidance::resources;
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

/// Changes a learning resource.
///
/// Its keeper's to do; `state` publishes it and takes it back.
#[utoipa::path(
    tag = "guidance",
    operation_id = "update_learning_resource",
    params(("id" = Uuid, Path, description = "The resource's id")),
    request_body(content = LearningResourceDocument, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The learning resource", body = ResourceView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, input: Input<Patch>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = LearningResourceId(id.into_inner());
    let inside = app.clone();
    app.write(
        "learning_resource.update",
        input,
        move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
            let viewer = write.call().viewer().clone();
            let before = resources::find(write, &viewer, id)?.ok_or_else(ApiError::not_found)?;
            kept_by(&viewer, &before.resource.keeper.orgnr)?;
            write.begin_on(before.version)?;
            let document: LearningResourceDocument =
                patch.apply_to(json!(LearningResourceDocument::from(before.resource.clone())))?;
            let keeper = before.resource.keeper.clone();
            let new = document.read(id, keeper, inside.synthetic()).map_err(ApiError::invalid)?;
            references_exist(&inside, write, &new)?;
            let now = write.call().now;
            let after = resources::save(write, &before, new, now)?;
            change(write, &after, ("learning_resource.update", "updated"), &patch.members(), trail(&before))?;
            Ok(Answer::ok(&view(&after), after.version)?)
        },
    )
    .await
}
