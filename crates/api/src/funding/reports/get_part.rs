//! `GET /v1/grants/{id}/reports/{year}/parts/{orgnr}`.

use actix_web::{HttpResponse, get, web};
use contract::funding::reports::ReportPart;
use persistence::Reader;
use persistence::funding::reports::{StoredPart, StoredReport};
use uuid::Uuid;

use super::Place;
use super::get::part_view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a part of a report.
///
/// What one recipient reports. Seen by whoever sees the report.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_report_part",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
        ("orgnr" = String, Path, description = "The recipient", example = "310279617"),
    ),
    responses((status = 200, description = "The part", body = ReportPart)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/reports/{year}/parts/{orgnr}")]
pub async fn get_part(
    app: web::Data<App>,
    call: Call,
    path: web::Path<(Uuid, String, String)>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year, recipient) = path.into_inner();
    let place = Place::of(grant, &year)?;
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let report = place.find(reader, &inside)?;
        let part = part_of(&report, &recipient)?;
        Answer::ok(&part_view(part), part.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("report.get_part", read).await;
    Ok(answer?.into_response(&call))
}

/// The part of a recipient.
pub(super) fn part_of<'a>(report: &'a StoredReport, recipient: &str) -> Result<&'a StoredPart, ApiError> {
    report.parts.iter().find(|part| part.recipient.as_str() == recipient).ok_or_else(ApiError::not_found)
}
