//! `GET /v1/rulesets/{code}`.

use actix_web::{HttpResponse, get, web};
use contract::rulesets::Ruleset as RulesetView;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a ruleset.
///
/// How hard each rule bites under it, its numbers and lists, and where each of them comes from.
#[utoipa::path(
    tag = "reference",
    operation_id = "get_ruleset",
    params(("code" = String, Path, description = "The ruleset's code", example = "kollektiv-2026")),
    responses((status = 200, description = "The ruleset", body = RulesetView)),
    security(("bearer" = []))
)]
#[get("/{code}")]
pub async fn get(app: web::Data<App>, call: Call, code: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let ruleset = app.rulesets.get(&code).ok_or_else(ApiError::not_found)?;
    Ok(Answer::untagged(&RulesetView::from(ruleset))?.into_response(&call))
}
