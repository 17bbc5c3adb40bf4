//! `POST /v1/grants/{id}/notify`: sender and recipients are told; from now on the grant is public, may be paid (G06)
//! and is to be reported on (G08).

use actix_web::{HttpResponse, post, web};
use contract::funding::grants::Grant as GrantView;
use domain::event::{Subject, SubjectKind};
use domain::funding::decisions::Line;
use domain::funding::{GrantCommand, ReportState};
use domain::ids::{GrantId, ReportId};
use persistence::funding::decisions;
use persistence::funding::grants::{self, StoredGrant};
use persistence::funding::reports::{self, StoredPart, StoredReport};
use uuid::Uuid;

use super::get::{find_own, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Change, Stop, Write};

/// Notifies a grant.
///
/// Sender and recipients see it from now on. The report on its first school year is laid out, with a part per
/// recipient, filled in with what was granted. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "notify_grant",
    params(("id" = Uuid, Path, description = "The grant's id")),
    responses((status = 200, description = "The grant", body = GrantView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/notify")]
pub async fn notify(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let report = ReportId(Uuid::now_v7());
    app.write("grant.notify", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_own(write, id)?;
        write.begin_on(before.version)?;
        let state =
            before.state.apply(GrantCommand::Notify, before.outcome).map_err(|wrong| ApiError::state(wrong.state))?;
        let held = grants::raise(write, id, before.version, now)?;
        let after = StoredGrant { state, notified_at: Some(now), ..held };
        grants::set_state(write, &after)?;
        let viewer = write.call().viewer().clone();
        let view = view(write, &viewer, &after)?;
        write.record(Change {
            subject: Subject::new(SubjectKind::Grant, id.0),
            action: "grant.notify",
            happened: GrantCommand::Notify.happened(),
            county_governor: Some(&after.county_governor),
            reference: Some(&after.reference),
            version: after.version,
            state: state.as_str(),
            changed: &["state", "notified_at"],
            before: Some(serde_json::json!({ "state": before.state })),
            after: serde_json::to_value(&view).ok(),
        })?;
        lay_out_report(write, report, &after)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}

/// The report of the school year that is firm; a decline has none. Conditional years get theirs when they are
/// confirmed (G05).
fn lay_out_report(write: &mut Write<'_, NoBody>, id: ReportId, grant: &StoredGrant) -> Result<(), Stop> {
    let now = write.call().now;
    let lines = decisions::live_lines(write, &[grant.id])?.remove(&grant.id).unwrap_or_default();
    let firm: Vec<Line> = lines.into_iter().filter(|line| !line.conditional).collect();
    let Some(school_year) = firm.first().map(|line| line.school_year) else { return Ok(()) };
    let part = |line: Line| StoredPart {
        recipient: line.recipient,
        granted: line.amount,
        content: None,
        version: 1,
        updated_at: now,
    };
    let report = StoredReport {
        id,
        grant: grant.id,
        county_governor: grant.county_governor.clone(),
        sender: grant.sender.clone(),
        school_year,
        ruleset: grant.ruleset.clone(),
        state: ReportState::Draft,
        due_on: grant.report_due_on,
        return_reason: None,
        submitted_at: None,
        approved_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
        parts: firm.into_iter().map(part).collect(),
    };
    reports::insert(write, &report)?;
    let shown = crate::funding::reports::get::view(&report, now);
    write.record(Change {
        subject: Subject::new(SubjectKind::Report, id.0),
        action: "report.lay_out",
        happened: "created",
        county_governor: Some(&report.county_governor),
        reference: None,
        version: report.version,
        state: report.state.as_str(),
        changed: &[],
        before: None,
        after: serde_json::to_value(&shown).ok(),
    })
}
