//! `GET /v1/needs/{id}/partners`.

use actix_web::{HttpResponse, get, web};
use contract::needs::PartyPage;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::needs::parties::{self, Side};

/// Lists the invited partners of a need.
///
/// All of them, since they are few, and Statped where the need names it. A partner that is named but not invited yet
/// stands in the need alone.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_partners",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The partners", body = PartyPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/partners")]
pub async fn list(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    parties::list(app, call, id, Side::Partners).await
}
