//! `POST /v1/needs/{id}/submit`.

use actix_web::{HttpResponse, post, web};
use contract::needs::Need as NeedView;
use contract::problem::Fault;
use domain::finding::Severity;
use domain::ids::NeedId;
use domain::needs::{
    Content, Facts, Need, NeedCommand, Parties, PartyAtSubmission, PrivateOwnerAtSubmission, Reading, SubmitError,
    submit as submitted,
};
use domain::time::oslo_year;
use persistence::needs::{Party, Submitted};
use persistence::{counters, needs, rounds};
use uuid::Uuid;

use super::load::{examine, own, wrong_state};
use super::record::{step, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Submits a need.
///
/// For the first time before the deadline of its round or of its sender's exemption, or again until the day that its
/// return names. Refused while a rule blocks; the answer lists everything found. The submission is frozen as a version, and the first one gives the
/// need its reference. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "submit_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need as submitted", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/submit")]
pub async fn submit(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let inside = app.clone();
    app.write("need.submit", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        rounds::hold(write, before.round)?;
        // So that the rules look at the parties of this version, and not at those of a change that came between.
        needs::hold(write, &before)?;
        let examined = examine(write, &inside.rulesets, &before)?;
        let submission =
            submitted(before.state, &before.content, &examined.facts, examined.ruleset, now).map_err(refused)?;
        let n = before.submitted_version.unwrap_or(0) + 1;
        let moved = Need {
            state: submission.state,
            submitted_version: Some(n),
            submitted_at: Some(now),
            returned: None,
            ..before.clone()
        };
        let mut after = needs::save_progress(write, &moved, now)?;
        let invited = needs::parties(write, id)?;
        needs::insert_submission(
            write,
            &Submitted {
                need: id,
                n,
                content: before.content.clone(),
                parties: parties(&before.content, &examined.facts, invited),
                findings: submission.findings,
                submitted_at: now,
            },
        )?;
        if after.reference.is_none() {
            let office = inside.short_code(&after.county_governor)?;
            let reference = counters::next_reference(write, "B", office, oslo_year(now))?;
            needs::set_reference(write, id, &reference)?;
            after.reference = Some(reference);
        }
        needs::index_submission(write, &after)?;
        step(write, NeedCommand::Submit, &before, &after)?;
        let view = view(write, &after, &Reading::Own, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}

/// What stops a submission, as the caller is told.
pub(super) fn refused(error: SubmitError) -> ApiError {
    match error {
        SubmitError::WrongState(error) => wrong_state(error.state),
        SubmitError::Blocked(findings) => {
            let blockers = findings.into_iter().filter(|finding| finding.severity == Severity::Blocker);
            ApiError { faults: blockers.map(Fault::from).collect(), ..ApiError::new("need_not_submittable") }
        }
    }
}

/// The parties as they stood when the rules were held against the need.
fn parties(content: &Content, facts: &Facts, invited: Vec<Party>) -> Parties {
    let is_named = |party: &Party| content.named().any(|(role, orgnr)| role == party.role && *orgnr == party.orgnr);
    let answers = facts.private_owners.iter().filter_map(|owner| {
        Some(PrivateOwnerAtSubmission { orgnr: owner.orgnr.clone(), answer: owner.answer.clone()? })
    });
    Parties { invited: invited.into_iter().filter(is_named).map(frozen).collect(), private_owners: answers.collect() }
}

fn frozen(party: Party) -> PartyAtSubmission {
    PartyAtSubmission {
        orgnr: party.orgnr,
        role: party.role,
        state: party.state,
        invited_at: Some(party.invited_at),
        answered_at: party.answered_at,
        reason: party.reason,
        asks_for_statped: party.asks_for_statped,
    }
}
