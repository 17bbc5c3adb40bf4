//! `GET /v1/payments`.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use contract::funding::payments::{Payment as PaymentView, PaymentPage};
use domain::funding::PaymentState;
use domain::ids::{GrantId, PaymentRunId};
use domain::orgnr::OrgNr;
use domain::time::SchoolYear;
use persistence::funding::payments::{self, PaymentFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of payments.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PaymentQuery {
    /// Only payments in one of these states; may be repeated.
    #[serde(default)]
    #[param(value_type = Vec<contract::funding::PaymentState>)]
    state: Vec<PaymentState>,
    /// Only payments of this grant.
    grant: Option<Uuid>,
    /// Only payments of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only payments to this recipient.
    #[param(value_type = Option<String>, example = "310279617")]
    recipient: Option<OrgNr>,
    /// Only payments for this school year.
    #[param(value_type = Option<String>, example = "2027-2028")]
    school_year: Option<SchoolYear>,
    /// Only payments for which this run is live.
    payment_run: Option<Uuid>,
    /// Only payments due on or before this day.
    #[param(example = "2027-09-01")]
    due_until: Option<NaiveDate>,
}

impl Listed for PaymentView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists payments.
///
/// Oldest first. Seen by the office that pays and the directorate, and once the grant is notified by recipient and
/// sender.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_payments",
    params(PaymentQuery),
    responses((status = 200, description = "A page of payments", body = PaymentPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<PaymentQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "payment.list",
        list: |reader: &mut _, call: &Call, filter: &PaymentQuery, window: &_| {
            Ok(payments::list(reader, call.viewer(), &filter.into(), window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &PaymentQuery, window: &_| {
            Ok(payments::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/payments", source).await
}

impl From<&PaymentQuery> for PaymentFilter {
    fn from(query: &PaymentQuery) -> Self {
        Self {
            states: query.state.clone(),
            grant: query.grant.map(GrantId),
            county_governor: query.county_governor.clone(),
            recipient: query.recipient.clone(),
            school_year: query.school_year,
            live_run: query.payment_run.map(PaymentRunId),
            due_until: query.due_until,
        }
    }
}
