//! `GET /v1/payment-runs`.

use actix_web::{HttpResponse, get, web};
use contract::funding::payments::{PaymentRun as PaymentRunView, PaymentRunPage};
use domain::funding::PaymentRunState;
use persistence::Reader;
use persistence::funding::payment_runs::{self, PaymentRunFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of payment runs.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentRunQuery {
    /// Only runs in one of these states; may be repeated.
    #[serde(default)]
    #[param(value_type = Vec<contract::funding::PaymentRunState>)]
    state: Vec<PaymentRunState>,
    /// Only runs of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
}

impl Listed for PaymentRunView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists payment runs.
///
/// Oldest first. The county governor sees its own runs, the directorate all.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_payment_runs",
    params(PaymentRunQuery),
    responses((status = 200, description = "A page of payment runs", body = PaymentRunPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<PaymentRunQuery>,
) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "payment_run.list",
        list: |reader: &mut Reader, call: &Call, filter: &PaymentRunQuery, window: &_| {
            let runs = payment_runs::list(reader, call.viewer(), &filter.into(), window)?;
            runs.iter().map(|run| Ok(view(reader, run)?)).collect()
        },
        count: |reader: &mut Reader, call: &Call, filter: &PaymentRunQuery, window: &_| {
            Ok(payment_runs::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/payment-runs", source).await
}

impl From<&PaymentRunQuery> for PaymentRunFilter {
    fn from(query: &PaymentRunQuery) -> Self {
        Self { states: query.state.clone(), county_governor: query.county_governor.clone() }
    }
}
