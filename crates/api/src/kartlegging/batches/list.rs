//! `GET /v1/kartlegging/batches`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{Batch as BatchView, BatchPage};
use domain::kartlegging::{Mode, Period, State};
use domain::orgnr::OrgNr;
use persistence::kartlegging::{BatchFilter, batches};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::shown_to;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of batches.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BatchQuery {
    /// Only batches of this sender.
    #[param(value_type = Option<String>, example = "310279617")]
    sender_orgnr: Option<OrgNr>,
    /// Only batches of this instrument.
    #[param(example = "basis-2026")]
    instrument: Option<String>,
    /// Only batches of this period.
    #[param(value_type = Option<String>, example = "2026-H1")]
    period: Option<Period>,
    /// Only batches in this state.
    #[param(value_type = Option<String>, example = "committed")]
    state: Option<State>,
    /// Only batches of this mode.
    #[param(value_type = Option<String>, example = "all")]
    mode: Option<Mode>,
    /// Only dry runs, or none of them.
    #[param(example = false)]
    dry_run: Option<bool>,
}

impl Listed for BatchView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists batches.
///
/// Oldest first: those that the caller's organisation sent, and those that speak about its units.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "list_batches",
    params(BatchQuery),
    responses((status = 200, description = "A page of batches", body = BatchPage)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/batches")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<BatchQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "batch.list",
        list: |reader: &mut _, call: &Call, filter: &BatchQuery, window: &_| {
            let stored = batches::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(stored.iter().map(|batch| shown_to(batch, call)).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &BatchQuery, window: &_| {
            Ok(batches::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/kartlegging/batches", source).await
}

impl From<&BatchQuery> for BatchFilter {
    fn from(query: &BatchQuery) -> Self {
        Self {
            sender: query.sender_orgnr.clone(),
            instrument: query.instrument.clone(),
            period: query.period,
            state: query.state,
            mode: query.mode,
            dry_run: query.dry_run,
        }
    }
}
