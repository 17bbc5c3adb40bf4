//! `GET /v1/needs/{id}/versions/{a}/diff/{b}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::{NeedComparison, NeedDifference};
use domain::ids::NeedId;
use domain::needs::{Reading, differences};
use persistence::{Reader, needs};
use serde_json::Value;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// What tells any two submissions apart, whatever they say.
const HEADS: [&str; 2] = ["/n", "/submitted_at"];

/// Compares two submissions of a need.
///
/// Field by field, what the need said and what its parties had answered, as far as the caller sees it in the
/// submissions themselves. Budget lines, areas, organisations and units are compared by their keys, wherever they
/// stand in their lists. What the rules had to say is left out, since it follows from the rest.
#[utoipa::path(
    tag = "needs",
    operation_id = "compare_need_versions",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("a" = i64, Path, description = "The number of the first submission"),
        ("b" = i64, Path, description = "The number of the second; may be the older one"),
    ),
    responses((status = 200, description = "Where they differ", body = NeedComparison)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/versions/{a}/diff/{b}")]
pub async fn diff(
    app: web::Data<App>,
    call: Call,
    path: web::Path<(Uuid, i64, i64)>,
) -> Result<HttpResponse, ApiError> {
    let (id, a, b) = path.into_inner();
    app.read::<_, ApiError>("need_version.diff", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), NeedId(id))?;
        let before = submission(reader, need.id, a, &reading)?;
        let after = submission(reader, need.id, b, &reading)?;
        let differences = differences(&before, &after)
            .into_iter()
            .filter(|found| !HEADS.contains(&found.path.as_str()))
            .map(|found| NeedDifference { path: found.path, before: found.before, after: found.after })
            .collect();
        Answer::untagged(&NeedComparison { need_id: need.id.0, a, b, differences })
    })
    .await
}

/// A submission as its reader sees it, without findings.
fn submission(reader: &mut Reader, need: NeedId, n: i64, reading: &Reading) -> Result<Value, ApiError> {
    let submitted = needs::find_version(reader, need, n)?.ok_or_else(ApiError::not_found)?;
    serde_json::to_value(view(submitted, reading, Vec::new())).map_err(ApiError::internal)
}
