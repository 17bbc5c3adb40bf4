//! `POST /v1/guidance`: a keeper of guidance adds a question with its answer.

use actix_web::{HttpResponse, post, web};
use contract::guidance::{Guidance as GuidanceView, GuidanceDocument};
use domain::ids::GuidanceId;
use persistence::guidance::answers;
use uuid::Uuid;

use super::get::view;
use super::record::{change, references_exist};
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::keeper;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Adds a question with its answer.
///
/// In bokmål and nynorsk, for everything, for a scheme or for one of the keeper's own rounds. A county governor keeps
/// guidance for its area, Statped and the directorate for the whole country. A draft is seen by its keeper only; what
/// is published is read by everybody, and offered by checks of needs beside the findings that it is about.
#[utoipa::path(
    tag = "guidance",
    operation_id = "create_guidance",
    request_body = GuidanceDocument,
    responses((status = 201, description = "The question with its answer", body = GuidanceView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<GuidanceDocument>) -> Result<HttpResponse, ApiError> {
    let id = GuidanceId(Uuid::now_v7());
    let keeper = keeper(input.call.viewer())?;
    let new = input.body.read(id, keeper, app.synthetic()).map_err(ApiError::invalid)?;
    let inside = app.clone();
    app.write("guidance.create", input, move |write: &mut Write<'_, _>, _: &GuidanceDocument| -> Result<Answer, Stop> {
        write.begin()?;
        references_exist(&inside, write, &new)?;
        let now = write.call().now;
        let stored = answers::insert(write, &new, now)?;
        change(write, &stored, ("guidance.create", "created"), &[], None)?;
        Ok(Answer::created(&view(&stored), stored.version, format!("/v1/guidance/{id}"))?)
    })
    .await
}
