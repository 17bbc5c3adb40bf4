//! `DELETE /v1/kartlegging/code-schemes/{name}/{code}`.

use actix_web::{HttpResponse, delete, web};
use persistence::kartlegging::{UnitCode, unit_codes};

use super::{change, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Takes a code away.
///
/// What was uploaded by it stays.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "delete_unit_code",
    params(
        ("name" = String, Path, description = "The scheme", example = "oppvekstsystem"),
        ("code" = String, Path, description = "The code", example = "B-017"),
    ),
    responses((status = 204, description = "The code is gone")),
    security(("bearer" = ["kartlegging:write"]))
)]
#[delete("/code-schemes/{name}/{code}")]
pub async fn delete(
    app: web::Data<App>,
    path: web::Path<(String, String)>,
    input: Input<NoBody>,
) -> Result<HttpResponse, ApiError> {
    let (scheme, code) = path.into_inner();
    app.write("unit_code.delete", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let there = unit_codes::find(write, &viewer, &scheme, &code)?;
        let before = there.filter(|there| there.deleted_at.is_none()).ok_or_else(ApiError::not_found)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let after = UnitCode { version: before.version + 1, updated_at: now, deleted_at: Some(now), ..before.clone() };
        unit_codes::put(write, &after)?;
        change(write, &after, ("unit_code.delete", "deleted"), (trail(&before), None))?;
        Ok(Answer::no_content())
    })
    .await
}
