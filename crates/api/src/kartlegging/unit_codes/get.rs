//! `GET /v1/kartlegging/code-schemes/{name}/{code}`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::UnitCode as UnitCodeView;
use persistence::kartlegging::unit_codes;

use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a code.
///
/// Which unit one of the caller's own codes stands for. Nobody else's are there.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_unit_code",
    params(
        ("name" = String, Path, description = "The scheme", example = "oppvekstsystem"),
        ("code" = String, Path, description = "The code", example = "B-017"),
    ),
    responses((status = 200, description = "The code", body = UnitCodeView)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/code-schemes/{name}/{code}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(String, String)>) -> Result<HttpResponse, ApiError> {
    let (scheme, code) = path.into_inner();
    app.read::<_, ApiError>("unit_code.get", call, move |reader, call| {
        let there = unit_codes::find(reader, call.viewer(), &scheme, &code)?;
        let there = there.filter(|there| there.deleted_at.is_none()).ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&there), there.version)
    })
    .await
}
