//! `GET /v1/meetings/{id}/attendance`.

use actix_web::{HttpResponse, get, web};
use contract::forum::meetings::AttendanceList;
use domain::ids::MeetingId;
use persistence::forum::attendance;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells who was in the room, and when.
///
/// One entry per seat about which something is recorded; its version is what `If-Match` takes.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_attendance",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    responses((status = 200, description = "The attendance", body = AttendanceList)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/attendance")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = MeetingId(id.into_inner());
    app.read::<_, ApiError>("attendance.list", call, move |reader, call| {
        seen::meeting(reader, call.viewer(), id)?;
        let items = attendance::of_meeting(reader, id)?.iter().map(views::attendance).collect();
        Answer::untagged(&AttendanceList { items })
    })
    .await
}
