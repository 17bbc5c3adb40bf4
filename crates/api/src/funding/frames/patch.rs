//! `PATCH /v1/frames/{id}`: money comes or goes, but never below what is committed (G01).

use actix_web::{HttpResponse, patch, web};
use contract::funding::frames::{ChangeFrame, Frame as FrameView, problem_of, sources};
use domain::event::{Subject, SubjectKind};
use domain::funding::frames::FrameError;
use domain::ids::FrameId;
use persistence::funding::frames::{self, StoredFrame};
use persistence::funding::ledger;
use serde_json::json;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Change, Stop, Write};

/// Changes a frame.
///
/// Its sources are replaced whole. The sum is never lowered below what is committed: that is 409 with the figure.
#[utoipa::path(
    tag = "funding",
    operation_id = "update_frame",
    params(("id" = Uuid, Path, description = "The frame's id")),
    request_body(content = ChangeFrame, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The frame", body = FrameView)),
    security(("bearer" = ["funding:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, id: web::Path<Uuid>, input: Input<Patch>) -> Result<HttpResponse, ApiError> {
    let id = FrameId(id.into_inner());
    app.write("frame.change", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let before = hold(write, id)?;
        write.begin_on(before.version - 1)?;
        let whole = json!({ "sources": view(&before).sources });
        let sources = sources(&patch.apply_to::<ChangeFrame>(whole)?.sources).map_err(ApiError::fault)?;
        let after = StoredFrame { sources, ..before.clone() };
        ledger::ledger(write, &before)?.set_sources(after.total()).map_err(frame_problem)?;
        frames::replace_sources(write, id, &after.sources)?;
        let shown = view(&after);
        write.record(Change {
            subject: Subject::new(SubjectKind::Frame, id.0),
            action: "frame.change",
            happened: "changed",
            county_governor: Some(&after.county_governor),
            reference: None,
            version: after.version,
            state: "",
            changed: &["sources"],
            before: serde_json::to_value(view(&before)).ok(),
            after: serde_json::to_value(&shown).ok(),
        })?;
        Ok(Answer::ok(&shown, after.version)?)
    })
    .await
}

/// The frame, held and with its next version, where it is the caller's own.
fn hold(write: &mut Write<'_, Patch>, id: FrameId) -> Result<StoredFrame, Stop> {
    let viewer = write.call().viewer().clone();
    let now = write.call().now;
    let frame = frames::find(write, &viewer, id)?.ok_or_else(ApiError::not_found)?;
    if viewer.county_governor.as_ref() != Some(&frame.county_governor) {
        return Err(ApiError::not_yours().into());
    }
    let held = frames::raise(write, &frame.county_governor, &frame.scheme, frame.year, now)?;
    Ok(held.ok_or_else(ApiError::not_found)?)
}

/// A frame's refusal, with the present figure.
pub(in crate::funding) fn frame_problem(error: FrameError) -> ApiError {
    let (code, figures) = problem_of(error);
    figures.into_iter().fold(ApiError::new(code), |problem, (name, kroner)| problem.with(name, kroner))
}
