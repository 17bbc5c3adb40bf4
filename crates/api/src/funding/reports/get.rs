//! `GET /v1/grants/{id}/reports/{year}`.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use contract::funding::reports::{Report as ReportView, ReportPart, ReportPartContent};
use domain::money::Nok;
use domain::time::oslo_date;
use persistence::Reader;
use persistence::funding::reports::{StoredPart, StoredReport};
use uuid::Uuid;

use super::Place;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a report.
///
/// With its parts, and with what is unused once every part is there. Seen by sender, recipients, the office and the
/// directorate.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_report",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
    ),
    responses((status = 200, description = "The report", body = ReportView)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/reports/{year}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, String)>) -> Result<HttpResponse, ApiError> {
    let (grant, year) = path.into_inner();
    let place = Place::of(grant, &year)?;
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let report = place.find(reader, &inside)?;
        Answer::ok(&view(&report, inside.now), report.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("report.get", read).await;
    Ok(answer?.into_response(&call))
}

/// A report as it is shown at an instant.
pub(in crate::funding) fn view(report: &StoredReport, now: DateTime<Utc>) -> ReportView {
    let total = |amounts: &mut dyn Iterator<Item = Nok>| Nok::total(amounts).unwrap_or(Nok::MAX);
    let granted = total(&mut report.parts.iter().map(|part| part.granted));
    let used = total(&mut report.parts.iter().filter_map(|part| part.content.as_ref()).map(|content| content.used));
    let complete = report.parts.iter().all(|part| part.content.is_some());
    ReportView {
        id: report.id.0,
        grant_id: report.grant.0,
        county_governor: report.county_governor.clone(),
        sender_orgnr: report.sender.to_string(),
        school_year: report.school_year.to_string(),
        ruleset: report.ruleset.clone(),
        state: report.state,
        due_on: report.due_on,
        overdue: report.state.is_owed() && report.due_on < oslo_date(now),
        granted_nok: granted.kroner(),
        used_nok: used.kroner(),
        unused_nok: complete.then(|| granted.minus(used).kroner()),
        parts: report.parts.iter().map(part_view).collect(),
        return_reason: report.return_reason.clone(),
        submitted_at: report.submitted_at,
        approved_at: report.approved_at,
        version: report.version,
        created_at: report.created_at,
        updated_at: report.updated_at,
    }
}

/// A part as it is shown.
pub(super) fn part_view(part: &StoredPart) -> ReportPart {
    ReportPart {
        orgnr: part.recipient.to_string(),
        granted_nok: part.granted.kroner(),
        unused_nok: part.content.as_ref().map(|content| content.unused(part.granted).kroner()),
        content: part.content.as_ref().map(ReportPartContent::from),
        version: part.version,
        updated_at: part.updated_at,
    }
}
