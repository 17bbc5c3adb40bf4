//! `POST /v1/grants/{id}/reports/{year}/approve`: the county governor accepts it; what waits for it may be paid (G06).

use actix_web::{HttpResponse, post, web};
use contract::funding::reports::Report as ReportView;
use domain::funding::ReportCommand;
use persistence::funding::reports::{self, StoredReport};
use uuid::Uuid;

use super::get::view;
use super::{Place, find_at_own_office, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Approves a report.
///
/// Instalments that wait for it may be approved from now on. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "approve_report",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
    ),
    responses((status = 200, description = "The report", body = ReportView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/reports/{year}/approve")]
pub async fn approve(
    app: web::Data<App>,
    path: web::Path<(Uuid, String)>,
    input: Input<NoBody>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year) = path.into_inner();
    let place = Place::of(grant, &year)?;
    app.write("report.approve", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_at_own_office(write, place)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(ReportCommand::Approve).map_err(|wrong| ApiError::state(wrong.state))?;
        let approved = StoredReport { state, approved_at: Some(now), ..before.clone() };
        let after = reports::update(write, &approved, now)?;
        record(write, "report.approve", ReportCommand::Approve.happened(), &before, &after)?;
        Ok(Answer::ok(&view(&after, now), after.version)?)
    })
    .await
}
