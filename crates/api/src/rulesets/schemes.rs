//! `GET /v1/schemes`.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use contract::reference::Labels;
use contract::rulesets::{Scheme, SchemePage};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed};
use crate::http::query::{Code, ListQuery};

/// The list of schemes has no filters of its own.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SchemeQuery {}

impl Listed for Scheme {
    fn key(&self) -> String {
        self.code.clone()
    }
}

/// Lists schemes.
///
/// By code, each with the versions of its rules.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_schemes",
    params(SchemeQuery),
    responses((status = 200, description = "A page of schemes", body = SchemePage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<SchemeQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let mut schemes: BTreeMap<&str, Scheme> = BTreeMap::new();
    for ruleset in app.rulesets.iter() {
        let scheme = schemes.entry(&ruleset.scheme).or_insert_with(|| Scheme {
            code: ruleset.scheme.clone(),
            labels: Labels::from(&ruleset.name),
            rulesets: Vec::new(),
        });
        scheme.rulesets.push(ruleset.code.clone());
    }
    listing::answer_from_memory(&app, &call, &query, "/v1/schemes", schemes.into_values().collect())
}
