//! `GET /v1/rounds`.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use contract::rounds::{Round as RoundView, RoundPage, lists};
use domain::rounds::RoundState;
use domain::time::oslo_date;
use persistence::rounds::{self, RoundFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of rounds.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoundQuery {
    /// Only rounds of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only rounds of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only rounds of this year.
    #[param(example = 2027)]
    year: Option<i32>,
    /// Only rounds in this state today.
    #[param(value_type = Option<lists::RoundState>, example = "open")]
    state: Option<RoundState>,
}

impl Listed for RoundView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists rounds.
///
/// Oldest first. Every caller may see every round.
#[utoipa::path(
    tag = "rounds",
    operation_id = "list_rounds",
    params(RoundQuery),
    responses((status = 200, description = "A page of rounds", body = RoundPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<RoundQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "round.list",
        list: |reader: &mut _, call: &Call, filter: &RoundQuery, window: &_| {
            let stored = rounds::list(reader, &filter_at(filter, call.now), window)?;
            Ok(stored.iter().map(|round| view(round, call.now)).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &RoundQuery, window: &_| {
            Ok(rounds::count(reader, &filter_at(filter, call.now), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/rounds", source).await
}

/// The filter as the store takes it; a state is asked for at an instant, since the clock opens rounds.
fn filter_at(query: &RoundQuery, now: DateTime<Utc>) -> RoundFilter {
    RoundFilter {
        county_governor: query.county_governor.clone(),
        scheme: query.scheme.clone(),
        year: query.year,
        state_on: query.state.map(|state| (state, oslo_date(now))),
    }
}
