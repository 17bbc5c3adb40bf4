//! `GET /v1/recommendations/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::forum::recommendations::Recommendation;
use domain::ids::RecommendationId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a recommendation.
///
/// For those who see its forum; for the directorate from its adoption on.
#[utoipa::path(
    tag = "forum",
    operation_id = "get_recommendation",
    params(("id" = Uuid, Path, description = "The recommendation's id")),
    responses((status = 200, description = "The recommendation", body = Recommendation)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RecommendationId(id.into_inner());
    app.read::<_, ApiError>("recommendation.get", call, move |reader, call| {
        let stored = seen::recommendation(reader, call.viewer(), id)?;
        Answer::ok(&views::recommendation(&stored), stored.version)
    })
    .await
}
