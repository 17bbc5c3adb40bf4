//! `GET /v1/meetings/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::forum::meetings::Meeting;
use domain::ids::MeetingId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a meeting.
///
/// For those who see its forum.
#[utoipa::path(
    tag = "forum",
    operation_id = "get_meeting",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The meeting", body = Meeting)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.read::<_, ApiError>("meeting.get", call, move |reader, call| {
        let stored = seen::meeting(reader, call.viewer(), id)?;
        Answer::ok(&views::meeting(&stored), stored.version)
    })
    .await
}
