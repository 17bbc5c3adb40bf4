//! `GET /v1/code-lists` and `GET /v1/code-lists/{name}`.

use actix_web::{HttpResponse, get, web};
use contract::reference::{Code, CodeList, CodeListName, CodeListNames, Labels, Transition};
use contract::texts;
use domain::language::Language;

use super::lists;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Lists the code lists.
///
/// By name, with how many codes each has.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_code_lists",
    responses((status = 200, description = "The names", body = CodeListNames)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(call: Call) -> Result<HttpResponse, ApiError> {
    let name = |list: &lists::CodeList| CodeListName { name: list.name.to_owned(), codes: list.codes.len() };
    let items = lists::all().iter().map(name).collect();
    Ok(Answer::untagged(&CodeListNames { items })?.into_response(&call))
}

/// Reads a code list.
///
/// Every code with its names in bokmål, nynorsk and English; for states also which command leads where.
#[utoipa::path(
    tag = "reference",
    operation_id = "get_code_list",
    params(("name" = String, Path, description = "The list's name", example = "need_state")),
    responses((status = 200, description = "The list", body = CodeList)),
    security(("bearer" = []))
)]
#[get("/{name}")]
pub async fn get(call: Call, name: web::Path<String>) -> Result<HttpResponse, ApiError> {
    let found = lists::all().into_iter().find(|known| known.name == *name).ok_or_else(ApiError::not_found)?;
    let label = |language, code| texts::label(language, found.name, code).unwrap_or(code).to_owned();
    let labels =
        |code| Labels { nb: label(Language::Nb, code), nn: label(Language::Nn, code), en: label(Language::En, code) };
    let codes = found.codes.iter().map(|code| Code { code: (*code).to_owned(), labels: labels(code) }).collect();
    let transition = |step: &lists::Step| Transition {
        from: step.from.to_owned(),
        command: step.command.to_owned(),
        to: step.to.to_owned(),
    };
    let transitions = found.steps.iter().map(transition).collect();
    Ok(Answer::untagged(&CodeList { name: found.name.to_owned(), codes, transitions })?.into_response(&call))
}
