//! `GET /v1/needs/{id}/participants/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Party;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::needs::parties::{self, Side};

/// Reads an invited participant of a need.
///
/// Its answer, and the version to give back in `If-Match` when answering.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_participant",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The participant's organisation number"),
    ),
    responses((status = 200, description = "The participant", body = Party)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/participants/{orgnr}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, String)>) -> Result<HttpResponse, ApiError> {
    parties::get(app, call, path, Side::Participants).await
}
