//! `PUT /v1/grants/{id}/reports/{year}/parts/{orgnr}`: a recipient says what became of its money (G08).

use actix_web::{HttpResponse, put, web};
use contract::funding::reports::{ReportPart, ReportPartContent};
use contract::problem::Fault;
use domain::funding::ReportCommand;
use domain::funding::reports::Part;
use persistence::funding::reports::{self, StoredPart, StoredReport};
use uuid::Uuid;

use super::get::part_view;
use super::get_part::part_of;
use super::{Place, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Fills in a part of a report.
///
/// By its recipient, as long as the report is not submitted. The part has a version of its own, so that recipients
/// do not collide with each other or with the sender.
#[utoipa::path(
    tag = "funding",
    operation_id = "put_report_part",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
        ("orgnr" = String, Path, description = "The recipient", example = "310279617"),
    ),
    request_body = ReportPartContent,
    responses((status = 200, description = "The part", body = ReportPart)),
    security(("bearer" = ["funding:write"]))
)]
#[put("/{id}/reports/{year}/parts/{orgnr}")]
pub async fn put_part(
    app: web::Data<App>,
    path: web::Path<(Uuid, String, String)>,
    input: Input<ReportPartContent>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year, recipient) = path.into_inner();
    let place = Place::of(grant, &year)?;
    let rulesets = app.clone();
    app.write(
        "report.fill_in",
        input,
        move |write: &mut Write<'_, _>, body: &ReportPartContent| -> Result<Answer, Stop> {
            let call = write.call().clone();
            let report = place.find(write, &call)?;
            let before = part_of(&report, &recipient)?.clone();
            if before.recipient != call.viewer().orgnr {
                return Err(ApiError::not_yours().into());
            }
            write.begin_on(before.version)?;
            report.state.apply(ReportCommand::FillIn).map_err(|wrong| ApiError::state(wrong.state))?;
            let content = checked(body, &before, &rulesets, &report)?;
            reports::hold(write, &report, call.now)?;
            let filled = StoredPart { content: Some(content), ..before };
            let part = reports::update_part(write, report.id, &filled, call.now)?;
            let after = with_part(&report, &part);
            record(write, "report.fill_in", ReportCommand::FillIn.happened(), &report, &after)?;
            Ok(Answer::ok(&part_view(&part), part.version)?)
        },
    )
    .await
}

fn checked(body: &ReportPartContent, part: &StoredPart, app: &App, report: &StoredReport) -> Result<Part, ApiError> {
    let ruleset = app.rulesets.get(&report.ruleset);
    let ruleset = ruleset.ok_or_else(|| ApiError::internal(anyhow::anyhow!("no ruleset {}", report.ruleset)))?;
    let content = Part::from(body);
    let findings = content.check(part.granted, &ruleset.settings.report_indicators.value);
    if findings.is_empty() {
        Ok(content)
    } else {
        Err(ApiError::invalid(findings.into_iter().map(Fault::from).collect()))
    }
}

fn with_part(report: &StoredReport, part: &StoredPart) -> StoredReport {
    let replaced = |old: &StoredPart| if old.recipient == part.recipient { part.clone() } else { old.clone() };
    StoredReport { parts: report.parts.iter().map(replaced).collect(), ..report.clone() }
}
