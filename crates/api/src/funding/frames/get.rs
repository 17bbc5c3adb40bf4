//! `GET /v1/frames/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::funding::frames::{Frame as FrameView, FrameSource};
use domain::ids::FrameId;
use persistence::funding::frames::{self, StoredFrame};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a frame.
///
/// The county governor sees its own frames, the directorate all.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_frame",
    params(("id" = Uuid, Path, description = "The frame's id")),
    responses((status = 200, description = "The frame", body = FrameView)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = FrameId(id.into_inner());
    app.read::<_, ApiError>("frame.get", call, move |reader, call| {
        let frame = frames::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&frame), frame.version)
    })
    .await
}

/// A frame as it is shown.
pub(super) fn view(frame: &StoredFrame) -> FrameView {
    FrameView {
        id: frame.id.0,
        county_governor: frame.county_governor.clone(),
        scheme: frame.scheme.clone(),
        year: frame.year,
        sources: frame.sources.iter().map(FrameSource::from).collect(),
        amount_nok: frame.total().kroner(),
        version: frame.version,
        created_at: frame.created_at,
        updated_at: frame.updated_at,
    }
}
