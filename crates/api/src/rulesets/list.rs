//! `GET /v1/rulesets`.

use actix_web::{HttpResponse, get, web};
use contract::rulesets::{Ruleset as RulesetView, RulesetPage};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of rulesets.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RulesetQuery {
    /// Only rulesets of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
}

impl Listed for RulesetView {
    fn key(&self) -> String {
        self.code.clone()
    }
}

/// Lists rulesets.
///
/// The rules of every scheme in every version, by code.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_rulesets",
    params(RulesetQuery),
    responses((status = 200, description = "A page of rulesets", body = RulesetPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<RulesetQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let scheme = query.filter.scheme.as_ref();
    let wanted = app.rulesets.iter().filter(|ruleset| scheme.is_none_or(|scheme| *scheme == ruleset.scheme));
    let mut rulesets: Vec<RulesetView> = wanted.map(RulesetView::from).collect();
    rulesets.sort_by_key(Listed::key);
    listing::answer_from_memory(&app, &call, &query, "/v1/rulesets", rulesets)
}
