//! `GET /v1/counties`.

use actix_web::{HttpResponse, get, web};
use contract::reference::{County, CountyPage};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of counties.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CountyQuery {
    /// Only counties of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
}

impl Listed for County {
    fn key(&self) -> String {
        self.number.clone()
    }
}

/// Lists counties.
///
/// With the county governor that covers each.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_counties",
    params(CountyQuery),
    responses((status = 200, description = "A page of counties", body = CountyPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<CountyQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let wanted = query.filter.county_governor.as_ref();
    let counties = app.reference.counties.iter().filter(|c| wanted.is_none_or(|code| *code == c.county_governor));
    let view = counties.map(|county| County {
        number: county.number.clone(),
        name: county.name.clone(),
        county_governor: county.county_governor.clone(),
    });
    listing::answer_from_memory(&app, &call, &query, "/v1/counties", view.collect())
}
