//! `GET /v1/kartlegging/code-schemes`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{UnitCode as UnitCodeView, UnitCodePage};
use persistence::kartlegging::unit_codes;
use serde::Deserialize;
use utoipa::IntoParams;

use super::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of codes.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnitCodeQuery {
    /// Only codes of this scheme.
    #[param(example = "oppvekstsystem")]
    code_scheme: Option<String>,
}

impl Listed for UnitCodeView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists codes.
///
/// The caller's own codes for units, oldest first.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "list_unit_codes",
    params(UnitCodeQuery),
    responses((status = 200, description = "A page of codes", body = UnitCodePage)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/code-schemes")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<UnitCodeQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "unit_code.list",
        list: |reader: &mut _, call: &Call, filter: &UnitCodeQuery, window: &_| {
            let codes = unit_codes::list(reader, call.viewer(), filter.code_scheme.as_deref(), window)?;
            Ok(codes.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &UnitCodeQuery, window: &_| {
            Ok(unit_codes::count(reader, call.viewer(), filter.code_scheme.as_deref(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/kartlegging/code-schemes", source).await
}
