//! `GET /v1/municipalities`.

use actix_web::{HttpResponse, get, web};
use contract::reference::{Municipality, MunicipalityPage};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed};
use crate::http::query::{Code, ListQuery};

/// Filters of the list of municipalities.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MunicipalityQuery {
    /// Only municipalities of this county.
    #[param(example = "46")]
    county: Option<String>,
    /// Only numbers that are in use on this date.
    on: Option<chrono::NaiveDate>,
}

impl Listed for Municipality {
    fn key(&self) -> String {
        self.number.clone()
    }
}

/// Lists municipalities.
///
/// With the dates between which each number is in use.
#[utoipa::path(
    tag = "reference",
    operation_id = "list_municipalities",
    params(MunicipalityQuery),
    responses((status = 200, description = "A page of municipalities", body = MunicipalityPage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<MunicipalityQuery, Code>,
) -> Result<HttpResponse, ApiError> {
    let MunicipalityQuery { county, on } = &query.filter;
    let wanted = |m: &&persistence::reference::Municipality| {
        county.as_ref().is_none_or(|number| *number == m.county_number)
            && on.is_none_or(|date| m.valid_from <= date && m.valid_to.is_none_or(|last| date <= last))
    };
    let view = app.reference.municipalities.iter().filter(wanted).map(|m| Municipality {
        number: m.number.clone(),
        name: m.name.clone(),
        norwegian_name: m.norwegian_name.clone(),
        county_number: m.county_number.clone(),
        valid_from: m.valid_from,
        valid_to: m.valid_to,
    });
    listing::answer_from_memory(&app, &call, &query, "/v1/municipalities", view.collect())
}
