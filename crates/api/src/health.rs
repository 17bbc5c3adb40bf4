//! Whether the process lives, and whether it can work.

use actix_web::{HttpResponse, get, web};
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::error::ApiError;

/// How the process is.
#[derive(Serialize, ToSchema)]
pub struct Health {
    /// `ok`.
    #[schema(example = "ok")]
    status: &'static str,
}

/// Tells whether the process lives.
///
/// Touches nothing, the database included.
#[utoipa::path(
    tag = "service",
    operation_id = "get_health",
    responses((status = 200, description = "It lives", body = Health)),
    security(())
)]
#[get("/healthz")]
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().json(Health { status: "ok" })
}

/// Tells whether the process can work.
///
/// Asks the database a question; 503 where it does not answer.
#[utoipa::path(
    tag = "service",
    operation_id = "get_readiness",
    responses((status = 200, description = "It can work", body = Health)),
    security(())
)]
#[get("/readyz")]
pub async fn readyz(app: web::Data<App>) -> Result<HttpResponse, ApiError> {
    app.store.read("ready", |reader| persistence::reference::meta(reader, "mode").map_err(ApiError::from)).await?;
    Ok(HttpResponse::Ok().json(Health { status: "ok" }))
}
