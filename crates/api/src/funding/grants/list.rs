//! `GET /v1/grants`.

use actix_web::{HttpResponse, get, web};
use contract::funding::grants::{Grant as GrantView, GrantPage};
use domain::funding::GrantState;
use domain::funding::decisions::Outcome;
use domain::ids::NeedId;
use domain::orgnr::OrgNr;
use persistence::funding::grants::{self, GrantFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::get::views;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of grants.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GrantQuery {
    /// Only grants in one of these states; may be repeated.
    #[serde(default)]
    #[param(value_type = Vec<contract::funding::GrantState>)]
    state: Vec<GrantState>,
    /// Only grants with this outcome.
    #[param(value_type = Option<contract::funding::GrantOutcome>)]
    outcome: Option<Outcome>,
    /// Only grants of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only grants in this county.
    #[param(example = "46")]
    county: Option<String>,
    /// Only grants of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only grants whose first school year is charged to this calendar year.
    #[param(example = 2027)]
    year: Option<i32>,
    /// Only grants whose need this organisation sent.
    #[param(value_type = Option<String>, example = "310279617")]
    sender: Option<OrgNr>,
    /// Only grants of which this organisation receives a part.
    #[param(value_type = Option<String>, example = "313367002")]
    recipient: Option<OrgNr>,
    /// Only the grant on this need.
    need: Option<Uuid>,
    /// Only grants for which the caller keeps a key of this system.
    external_system: Option<String>,
    /// Only grants for which the caller keeps this key.
    external_key: Option<String>,
    /// Only grants that depart from the forum's recommendation, or only those that do not.
    departs: Option<bool>,
}

impl Listed for GrantView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists grants.
///
/// Oldest first. The county governor sees its own grants from the decision on, the directorate all of them; grants
/// are public from notification on.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_grants",
    params(GrantQuery),
    responses((status = 200, description = "A page of grants", body = GrantPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<GrantQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "grant.list",
        list: |reader: &mut _, call: &Call, filter: &GrantQuery, window: &_| {
            let found = grants::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(views(reader, call.viewer(), &found)?)
        },
        count: |reader: &mut _, call: &Call, filter: &GrantQuery, window: &_| {
            Ok(grants::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/grants", source).await
}

impl From<&GrantQuery> for GrantFilter {
    fn from(query: &GrantQuery) -> Self {
        Self {
            states: query.state.clone(),
            outcome: query.outcome,
            county_governor: query.county_governor.clone(),
            county: query.county.clone(),
            scheme: query.scheme.clone(),
            year: query.year,
            sender: query.sender.clone(),
            recipient: query.recipient.clone(),
            need: query.need.map(NeedId),
            external_system: query.external_system.clone(),
            external_key: query.external_key.clone(),
            departs: query.departs,
        }
    }
}
