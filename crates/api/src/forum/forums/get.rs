//! `GET /v1/forums/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::forum::forums::Forum;
use domain::ids::ForumId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a forum.
///
/// For its secretariat, for those who hold a seat in it today, and for the directorate.
#[utoipa::path(
    tag = "forum",
    operation_id = "get_forum",
    params(("id" = Uuid, Path, description = "The forum's id")),
    responses((status = 200, description = "The forum", body = Forum)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = ForumId(id.into_inner());
    app.read::<_, ApiError>("forum.get", call, move |reader, call| {
        let stored = seen::forum(reader, call.viewer(), id)?;
        Answer::ok(&views::forum(&stored), stored.version)
    })
    .await
}
