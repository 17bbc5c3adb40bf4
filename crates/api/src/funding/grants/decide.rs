//! `POST /v1/grants`: the county governor decides on a need (G01 to G05).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, post, web};
use contract::funding::grants::{DecideGrant, Grant as GrantView};
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::funding::decisions::{Basis, DecisionKind, Proposal, Resolved};
use domain::funding::{DecisionState, GrantState};
use domain::ids::{DecisionId, GrantId, NeedId, RecommendationId};
use domain::money::Nok;
use domain::needs::{Need, NeedCommand};
use domain::rounds::Round;
use domain::time::{SchoolYear, oslo_year};
use persistence::funding::decisions::{self, StoredDecision};
use persistence::funding::grants::{self, StoredGrant};
use persistence::funding::{Hand, frames, ledger};
use persistence::needs::{self, ExternalRef, MoveError};
use persistence::{StoreError, counters, rounds};
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::frames::patch::frame_problem;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};

/// What is made before the transaction begins.
struct New {
    grant: GrantId,
    decision: DecisionId,
    proposal: Proposal,
    office: String,
    office_letters: String,
}

/// A decision that keeps the rules, held against its frame.
struct Held {
    resolved: Resolved,
    /// What the recommendation says, all years together.
    recommended: Nok,
    /// The calendar year whose frame is charged.
    year: i32,
}

/// Decides on a need.
///
/// The decision names the need's line in an adopted recommendation, and says why where it departs from it. Its
/// first school year is charged to the frame of the year in which that begins and never exceeds it: 409 with what
/// is left. Later years are conditional on their appropriation. The grant is seen by others once it is notified.
#[utoipa::path(
    tag = "funding",
    operation_id = "create_grant",
    request_body = DecideGrant,
    responses((status = 201, description = "The grant, or the decline", body = GrantView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("")]
pub async fn decide(app: web::Data<App>, input: Input<DecideGrant>) -> Result<HttpResponse, ApiError> {
    let new = prepare(&app, &input)?;
    app.write("grant.decide", input, move |write: &mut Write<'_, _>, body: &DecideGrant| -> Result<Answer, Stop> {
        let need = need_of_office(write, NeedId(body.need_id), &new.office)?;
        write.begin()?;
        need.state.apply(NeedCommand::Decide).map_err(|wrong| ApiError::state(wrong.state))?;
        let round =
            rounds::find(write, need.round)?.ok_or_else(|| StoreError::corrupt("need", "its round is gone"))?.round;
        let held = hold_against_frame(write, &new, &need, &round, body)?;
        advance_need(write, &need)?;
        let grant = insert(write, &new, &need, &round, &held, body)?;
        let viewer = write.call().viewer().clone();
        let view = view(write, &viewer, &grant)?;
        write.record(Change {
            subject: Subject::new(SubjectKind::Grant, grant.id.0),
            action: "grant.decide",
            happened: "decided",
            county_governor: Some(&grant.county_governor),
            reference: Some(&grant.reference),
            version: grant.version,
            state: grant.state.as_str(),
            changed: &[],
            before: None,
            after: serde_json::to_value(&view).ok(),
        })?;
        Ok(Answer::created(&view, grant.version, format!("/v1/grants/{}", grant.id))?)
    })
    .await
}

fn prepare(app: &App, input: &Input<DecideGrant>) -> Result<New, ApiError> {
    let office = input.call.viewer().county_governor.clone().ok_or_else(ApiError::not_yours)?;
    let known = app.reference.county_governors.iter().find(|governor| governor.code == office);
    let known =
        known.ok_or_else(|| ApiError::internal(anyhow::anyhow!("the office {office} is not in the register")))?;
    Ok(New {
        grant: GrantId(Uuid::now_v7()),
        decision: DecisionId(Uuid::now_v7()),
        proposal: input.body.proposal(app.synthetic()).map_err(ApiError::invalid)?,
        office_letters: known.short_code.clone(),
        office,
    })
}

/// The submitted need, where it is the office's own; else the same answer as where there is none.
fn need_of_office(write: &mut Write<'_, DecideGrant>, id: NeedId, office: &str) -> Result<Need, Stop> {
    let need = needs::find_submitted(write, id)?.filter(|need| need.county_governor == office);
    Ok(need.ok_or_else(|| ApiError::fault(Fault::new("unknown_need", "/need_id")))?)
}

/// Takes hold of the frame, then checks the decision against recommendation (G02, G03), split (G04, N07) and what
/// is left (G01). The recommendation is read while the frame is held, since adopting another one takes hold of it
/// too.
fn hold_against_frame(
    write: &mut Write<'_, DecideGrant>,
    new: &New,
    need: &Need,
    round: &Round,
    body: &DecideGrant,
) -> Result<Held, Stop> {
    let now = write.call().now;
    let asked = asked(need);
    let first = new.proposal.years.iter().map(|year| year.school_year).min();
    let year = first.or_else(|| asked.keys().next().copied()).map_or(round.year, SchoolYear::first_year);
    let frame = frames::raise(write, &new.office, &need.scheme, year, now)?;
    let recommendation = RecommendationId(body.recommendation_id);
    let recommended = decisions::recommended(write, recommendation, &new.office, need.id)?.ok_or_else(|| {
        ApiError::fault(Fault::new("need_not_in_recommendation", "/recommendation_id").with("rule", "G02"))
    })?;
    let taking_part = decisions::taking_part(write, need.id)?;
    let basis = Basis { asked, recommended, taking_part };
    let resolved = new
        .proposal
        .resolve(&basis)
        .map_err(|findings| ApiError::invalid(findings.into_iter().map(Fault::from).collect()))?;
    match frame {
        Some(frame) => {
            ledger::ledger(write, &frame)?.decide(need.id, resolved.charged).map_err(frame_problem)?;
        }
        None if resolved.charged > Nok::ZERO => {
            let missing = ApiError::new("frame_missing").with("scheme", need.scheme.as_str()).with("year", year);
            return Err(missing.into());
        }
        None => {}
    }
    let recommended = Nok::total(basis.recommended.into_values()).unwrap_or(Nok::MAX);
    Ok(Held { resolved, recommended, year })
}

/// What the need's newest submission asks for, year by year.
fn asked(need: &Need) -> BTreeMap<SchoolYear, Nok> {
    let mut asked: BTreeMap<SchoolYear, Nok> = BTreeMap::new();
    for line in &need.content.budget {
        let sum = asked.entry(line.school_year).or_default();
        *sum = sum.checked_add(line.amount).unwrap_or(Nok::MAX);
    }
    asked
}

fn advance_need(write: &mut Write<'_, DecideGrant>, need: &Need) -> Result<(), Stop> {
    let now = write.call().now;
    let moved = needs::advance(write, need.id, NeedCommand::Decide, now).map_err(|error| match error {
        MoveError::WrongState(wrong) => ApiError::state(wrong.state),
        MoveError::Store(error) => error.into(),
    })?;
    let state_of = |need: &Need| serde_json::json!({ "state": need.state, "version": need.version });
    write.record(Change {
        subject: Subject::new(SubjectKind::Need, need.id.0),
        action: "need.decide",
        happened: NeedCommand::Decide.happened(),
        county_governor: Some(&need.county_governor),
        reference: need.reference.as_deref(),
        version: moved.after.version,
        state: moved.after.state.as_str(),
        changed: &["state"],
        before: Some(state_of(&moved.before)),
        after: Some(state_of(&moved.after)),
    })
}

fn insert(
    write: &mut Write<'_, DecideGrant>,
    new: &New,
    need: &Need,
    round: &Round,
    held: &Held,
    body: &DecideGrant,
) -> Result<StoredGrant, Stop> {
    let (now, actor) = (write.call().now, write.call().actor.clone());
    let resolved = &held.resolved;
    let reference = counters::next_reference(write, "T", &new.office_letters, oslo_year(now))?;
    let grant = StoredGrant {
        id: new.grant,
        need: need.id,
        reference,
        county_governor: new.office.clone(),
        county_number: need.county.to_string(),
        scheme: need.scheme.clone(),
        ruleset: round.ruleset.clone(),
        year: held.year,
        sender: need.sender.clone(),
        title: need.content.title.clone(),
        state: GrantState::Decided,
        outcome: new.proposal.outcome,
        amount: resolved.amount,
        report_due_on: round.report_due_on,
        decided_at: now,
        notified_at: None,
        version: 1,
        created_at: now,
        updated_at: now,
    };
    grants::insert(write, &grant)?;
    let decision = StoredDecision {
        id: new.decision,
        grant: grant.id,
        n: 1,
        kind: DecisionKind::Original,
        state: DecisionState::Live,
        outcome: new.proposal.outcome,
        recommendation: Some(RecommendationId(body.recommendation_id)),
        recommended: held.recommended,
        amount: resolved.amount,
        reason: body.reason.clone(),
        departure_reason: body.departure_reason.clone().filter(|_| resolved.departs),
        agenda_item: None,
        decided_at: now,
        decided_by: Hand::from(&*actor),
        lines: resolved.lines.clone(),
    };
    decisions::insert(write, &decision)?;
    let refs: Vec<ExternalRef> = body
        .external_refs
        .iter()
        .map(|external| ExternalRef { system: external.system.clone(), key: external.key.clone() })
        .collect();
    grants::insert_external_refs(write, grant.id, &actor.viewer.orgnr, &refs).map_err(external_key_taken)?;
    Ok(grant)
}

fn external_key_taken(error: StoreError) -> ApiError {
    if error.is_duplicate_of("grant_external_refs") {
        ApiError::new("already_exists").because(Fault::new("not_unique", "/external_refs"))
    } else {
        error.into()
    }
}
