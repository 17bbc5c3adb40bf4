//! `GET /v1/reports`.

use actix_web::{HttpResponse, get, web};
use chrono::NaiveDate;
use contract::funding::reports::{Report as ReportView, ReportPage};
use domain::funding::ReportState;
use domain::ids::GrantId;
use domain::orgnr::OrgNr;
use domain::time::{SchoolYear, oslo_date};
use persistence::Reader;
use persistence::funding::reports::{self, ReportFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of reports.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// Only reports in one of these states; may be repeated.
    #[serde(default)]
    #[param(value_type = Vec<contract::funding::ReportState>)]
    state: Vec<ReportState>,
    /// Only reports that their sender still owes though they were due before today, or only the others.
    overdue: Option<bool>,
    /// Only reports on this grant.
    grant: Option<Uuid>,
    /// Only reports to this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only reports from this sender.
    #[param(value_type = Option<String>, example = "310279617")]
    sender: Option<OrgNr>,
    /// Only reports with a part of this recipient.
    #[param(value_type = Option<String>, example = "313367002")]
    recipient: Option<OrgNr>,
    /// Only reports on this school year.
    #[param(value_type = Option<String>, example = "2027-2028")]
    school_year: Option<SchoolYear>,
}

impl Listed for ReportView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists reports.
///
/// Oldest first. Seen by sender, recipients, the office and the directorate.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_reports",
    params(ReportQuery),
    responses((status = 200, description = "A page of reports", body = ReportPage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<ReportQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "report.list",
        list: |reader: &mut Reader, call: &Call, query: &ReportQuery, window: &_| {
            let found = reports::list(reader, call.viewer(), &query.filter(oslo_date(call.now)), window)?;
            Ok(found.iter().map(|report| view(report, call.now)).collect())
        },
        count: |reader: &mut Reader, call: &Call, query: &ReportQuery, window: &_| {
            Ok(reports::count(reader, call.viewer(), &query.filter(oslo_date(call.now)), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/reports", source).await
}

impl ReportQuery {
    fn filter(&self, today: NaiveDate) -> ReportFilter {
        ReportFilter {
            states: self.state.clone(),
            overdue_on: (self.overdue == Some(true)).then_some(today),
            in_time_on: (self.overdue == Some(false)).then_some(today),
            grant: self.grant.map(GrantId),
            county_governor: self.county_governor.clone(),
            sender: self.sender.clone(),
            recipient: self.recipient.clone(),
            school_year: self.school_year,
        }
    }
}
