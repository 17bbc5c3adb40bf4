//! `GET /v1/networks`.

use actix_web::{HttpResponse, get, web};
use contract::networks::{Network as NetworkView, NetworkPage};
use domain::orgnr::OrgNr;
use persistence::networks::{self, NetworkFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::record::network_view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of networks.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NetworkQuery {
    /// Only networks in this county governor's area.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only networks with this member.
    #[param(value_type = Option<String>, example = "974760673")]
    member: Option<OrgNr>,
}

impl From<NetworkQuery> for NetworkFilter {
    fn from(query: NetworkQuery) -> Self {
        Self { county_governor: query.county_governor, member: query.member }
    }
}

impl Listed for NetworkView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists networks.
///
/// Those of which the caller is a member, and for a county governor those in its area; oldest first.
#[utoipa::path(
    tag = "networks",
    operation_id = "list_networks",
    params(NetworkQuery),
    responses((status = 200, description = "A page of networks", body = NetworkPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<NetworkQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.map(NetworkFilter::from);
    let source = Source {
        name: "network.list",
        list: |reader: &mut _, call: &Call, filter: &NetworkFilter, window: &_| {
            Ok(networks::list(reader, call.viewer(), filter, window)?.iter().map(network_view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &NetworkFilter, window: &_| {
            Ok(networks::count(reader, call.viewer(), filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/networks", source).await
}
