//! `POST /v1/grants/{id}/reports/{year}/submit`: the sender submits when every part is there (G08).

use actix_web::{HttpResponse, post, web};
use contract::funding::reports::Report as ReportView;
use contract::problem::Fault;
use domain::funding::ReportCommand;
use domain::funding::reports::missing_parts;
use persistence::funding::reports::{self, StoredReport};
use uuid::Uuid;

use super::get::view;
use super::{Place, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Submits a report.
///
/// By the sender of the need, when every recipient has filled in its part. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "submit_report",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
    ),
    responses((status = 200, description = "The report", body = ReportView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/reports/{year}/submit")]
pub async fn submit(
    app: web::Data<App>,
    path: web::Path<(Uuid, String)>,
    input: Input<NoBody>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year) = path.into_inner();
    let place = Place::of(grant, &year)?;
    app.write("report.submit", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let call = write.call().clone();
        let before = place.find(write, &call)?;
        if before.sender != call.viewer().orgnr {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        let state = before.state.apply(ReportCommand::Submit).map_err(|wrong| ApiError::state(wrong.state))?;
        let submitted = StoredReport { state, submitted_at: Some(call.now), ..before.clone() };
        reports::update(write, &submitted, call.now)?;
        // Read once more: now that the report is held, nobody changes a part any longer.
        let after = place.find(write, &call)?;
        let missing = missing_parts(after.parts.iter().map(|part| (&part.recipient, part.content.is_some())));
        if !missing.is_empty() {
            return Err(ApiError::invalid(missing.into_iter().map(Fault::from).collect()).into());
        }
        record(write, "report.submit", ReportCommand::Submit.happened(), &before, &after)?;
        Ok(Answer::ok(&view(&after, call.now), after.version)?)
    })
    .await
}
