//! `POST /v1/learning-resources`: a keeper of guidance adds a learning resource.

use actix_web::{HttpResponse, post, web};
use contract::guidance::{LearningResource as ResourceView, LearningResourceDocument};
use domain::ids::LearningResourceId;
use persistence::guidance::resources;
use uuid::Uuid;

use super::get::view;
use super::record::{change, references_exist};
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::keeper;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Adds a learning resource.
///
/// Title and description in bokmål and nynorsk, an address that begins with `https`. A county governor keeps entries for
/// its area, Statped and the directorate for the whole country. A draft is seen by its keeper only; what is published is
/// read by everybody, and offered by checks of needs about its areas.
#[utoipa::path(
    tag = "guidance",
    operation_id = "create_learning_resource",
    request_body = LearningResourceDocument,
    responses((status = 201, description = "The learning resource", body = ResourceView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<LearningResourceDocument>) -> Result<HttpResponse, ApiError> {
    let id = LearningResourceId(Uuid::now_v7());
    let keeper = keeper(input.call.viewer())?;
    let new = input.body.read(id, keeper, app.synthetic()).map_err(ApiError::invalid)?;
    let inside = app.clone();
    app.write(
        "learning_resource.create",
        input,
        move |write: &mut Write<'_, _>, _: &LearningResourceDocument| -> Result<Answer, Stop> {
            write.begin()?;
            references_exist(&inside, write, &new)?;
            let now = write.call().now;
            let stored = resources::insert(write, &new, now)?;
            change(write, &stored, ("learning_resource.create", "created"), &[], None)?;
            Ok(Answer::created(&view(&stored), stored.version, format!("/v1/learning-resources/{id}"))?)
        },
    )
    .await
}
