//! `POST /v1/grants/{id}/reports/{year}/return`: the county governor says what is missing.

use actix_web::{HttpResponse, post, web};
use contract::funding::reports::{Report as ReportView, ReturnReport};
use domain::funding::ReportCommand;
use persistence::funding::reports::{self, StoredReport};
use uuid::Uuid;

use super::get::view;
use super::{Place, find_at_own_office, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Returns a report.
///
/// With what is missing; recipients may change their parts again, and the sender submits anew. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "return_report",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
    ),
    request_body = ReturnReport,
    responses((status = 200, description = "The report", body = ReportView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/reports/{year}/return")]
pub async fn send_back(
    app: web::Data<App>,
    path: web::Path<(Uuid, String)>,
    input: Input<ReturnReport>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year) = path.into_inner();
    let place = Place::of(grant, &year)?;
    app.write("report.return", input, move |write: &mut Write<'_, _>, body: &ReturnReport| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_at_own_office(write, place)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(ReportCommand::Return).map_err(|wrong| ApiError::state(wrong.state))?;
        let returned = StoredReport { state, return_reason: Some(body.reason.clone()), ..before.clone() };
        let after = reports::update(write, &returned, now)?;
        record(write, "report.return", ReportCommand::Return.happened(), &before, &after)?;
        Ok(Answer::ok(&view(&after, now), after.version)?)
    })
    .await
}
