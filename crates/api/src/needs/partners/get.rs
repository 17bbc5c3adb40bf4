//! `GET /v1/needs/{id}/partners/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Party;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::needs::parties::{self, Side};

/// Reads an invited partner of a need.
///
/// Its answer, and the version to give back in `If-Match` when answering.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_partner",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("orgnr" = String, Path, description = "The partner's organisation number"),
    ),
    responses((status = 200, description = "The partner", body = Party)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/partners/{orgnr}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, String)>) -> Result<HttpResponse, ApiError> {
    parties::get(app, call, path, Side::Partners).await
}
