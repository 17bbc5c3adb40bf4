//! `POST /v1/frames`: a county governor sets up the money of a scheme and year (G01).

use actix_web::{HttpResponse, post, web};
use contract::funding::frames::{CreateFrame, Frame as FrameView, sources};
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::ids::FrameId;
use persistence::StoreError;
use persistence::funding::frames::{self, FrameFilter, StoredFrame};
use persistence::listing::Window;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};

/// Sets up a frame.
///
/// The frame belongs to the county governor that makes it; there is one per scheme and calendar year. School years
/// are charged to the frame of the year in which they begin.
#[utoipa::path(
    tag = "funding",
    operation_id = "create_frame",
    request_body = CreateFrame,
    responses((status = 201, description = "The new frame", body = FrameView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<CreateFrame>) -> Result<HttpResponse, ApiError> {
    let county_governor = input.call.viewer().county_governor.clone().ok_or_else(ApiError::not_yours)?;
    let frame = new_frame(&app, &input, county_governor)?;
    app.write("frame.create", input, move |write: &mut Write<'_, _>, _: &CreateFrame| -> Result<Answer, Stop> {
        write.begin()?;
        refuse_second(write, &frame)?;
        frames::insert(write, &frame).map_err(already_exists)?;
        let view = view(&frame);
        write.record(Change {
            subject: Subject::new(SubjectKind::Frame, frame.id.0),
            action: "frame.create",
            happened: "created",
            county_governor: Some(&frame.county_governor),
            reference: None,
            version: frame.version,
            state: "",
            changed: &[],
            before: None,
            after: serde_json::to_value(&view).ok(),
        })?;
        Ok(Answer::created(&view, frame.version, format!("/v1/frames/{}", frame.id))?)
    })
    .await
}

fn new_frame(app: &App, input: &Input<CreateFrame>, county_governor: String) -> Result<StoredFrame, ApiError> {
    let body = &input.body;
    let sources = sources(&body.sources).map_err(ApiError::fault)?;
    if !app.rulesets.knows_scheme(&body.scheme) {
        return Err(ApiError::fault(Fault::new("unknown_scheme", "/scheme").with("scheme", body.scheme.as_str())));
    }
    Ok(StoredFrame {
        id: FrameId(Uuid::now_v7()),
        county_governor,
        scheme: body.scheme.clone(),
        year: body.year,
        sources,
        version: 1,
        created_at: input.call.now,
        updated_at: input.call.now,
    })
}

/// There is one frame per office, scheme and year: a second one is told where the first one is.
fn refuse_second(write: &mut Write<'_, CreateFrame>, frame: &StoredFrame) -> Result<(), Stop> {
    let filter = FrameFilter {
        county_governor: Some(frame.county_governor.clone()),
        scheme: Some(frame.scheme.clone()),
        year: Some(frame.year),
    };
    let viewer = write.call().viewer().clone();
    match frames::list(write, &viewer, &filter, &Window { limit: 1, ..Window::default() })?.first() {
        Some(first) => Err(ApiError::new("already_exists").with("frame_id", first.id.to_string()).into()),
        None => Ok(()),
    }
}

fn already_exists(error: StoreError) -> ApiError {
    if error.is_duplicate_of("frames") { ApiError::new("already_exists") } else { error.into() }
}
