//! `GET /v1/grants/{id}/reports/{year}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use contract::problem::Fault;
use domain::actor::Scope;
use domain::funding::ReportCommand;
use domain::funding::reports::missing_parts;
use persistence::Reader;
use persistence::funding::reports::StoredReport;
use uuid::Uuid;

use super::Place;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a report.
///
/// Right now, and why not: parts are missing, or it is another party's to do.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_report_actions",
    params(
        ("id" = Uuid, Path, description = "The grant's id"),
        ("year" = String, Path, description = "The school year", example = "2027-2028"),
    ),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/reports/{year}/actions")]
pub async fn actions(
    app: web::Data<App>,
    call: Call,
    path: web::Path<(Uuid, String)>,
) -> Result<HttpResponse, ApiError> {
    let (grant, year) = path.into_inner();
    let place = Place::of(grant, &year)?;
    let inside = call.clone();
    let read = move |reader: &mut Reader| Answer::untagged(&actions_on(&place.find(reader, &inside)?, &inside));
    let answer: Result<Answer, ApiError> = app.store.snapshot("report.actions", read).await;
    Ok(answer?.into_response(&call))
}

fn actions_on(report: &StoredReport, call: &Call) -> Vec<Action> {
    let viewer = call.viewer();
    let is_recipient = report.parts.iter().any(|part| part.recipient == viewer.orgnr);
    let is_sender = report.sender == viewer.orgnr;
    let is_office = viewer.county_governor.as_ref() == Some(&report.county_governor);
    let refused = |is_mine: bool, command: ReportCommand| -> Vec<ApiError> {
        let state = report.state.apply(command).err().map(|wrong| ApiError::state(wrong.state));
        (!is_mine).then(ApiError::not_yours).into_iter().chain(state).collect()
    };
    let missing = missing_parts(report.parts.iter().map(|part| (&part.recipient, part.content.is_some())));
    let mut submit = refused(is_sender, ReportCommand::Submit);
    if !missing.is_empty() {
        submit.push(ApiError::invalid(missing.into_iter().map(Fault::from).collect()));
    }
    vec![
        action(call, "fill-in", Scope::FundingWrite, refused(is_recipient, ReportCommand::FillIn)),
        action(call, "submit", Scope::FundingWrite, submit),
        action(call, "return", Scope::FundingWrite, refused(is_office, ReportCommand::Return)),
        action(call, "approve", Scope::FundingWrite, refused(is_office, ReportCommand::Approve)),
    ]
}
