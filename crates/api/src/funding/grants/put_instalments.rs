//! `PUT /v1/grants/{id}/instalments`: the whole plan, which sums exactly to the recipient lines (G06). Whoever puts
//! an instalment has prepared its payment (G07).

use actix_web::{HttpResponse, put, web};
use contract::funding::grants::PutInstalments;
use contract::funding::payments::InstalmentPlan;
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::funding::instalments::{Instalment, PlanChange, PlannedPayment, replace_plan};
use domain::funding::{PaymentCommand, PaymentState};
use domain::ids::{GrantId, PaymentId};
use persistence::funding::grants::{self, StoredGrant};
use persistence::funding::payments::{self, StoredPayment};
use persistence::funding::{Hand, decisions};
use uuid::Uuid;

use super::actions::no_instalments;
use super::get::{find_as_party, find_own};
use super::instalments::plan_view;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::payments::record;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};

/// Replaces a grant's instalments.
///
/// The whole plan. It sums exactly to every recipient line that is not conditional. Instalments that stand in both
/// plans keep their payments; planned payments without a place in the new plan are cancelled; payments that somebody
/// has acted on must stand unchanged in it.
#[utoipa::path(
    tag = "funding",
    operation_id = "put_instalments",
    params(("id" = Uuid, Path, description = "The grant's id")),
    request_body = PutInstalments,
    responses((status = 200, description = "The plan", body = InstalmentPlan)),
    security(("bearer" = ["funding:write"]))
)]
#[put("/{id}/instalments")]
pub async fn put(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<PutInstalments>,
) -> Result<HttpResponse, ApiError> {
    let id = GrantId(id.into_inner());
    let plan = input.body.plan(app.synthetic()).map_err(ApiError::invalid)?;
    let ids: Vec<PaymentId> = plan.iter().map(|_| PaymentId(Uuid::now_v7())).collect();
    app.write("instalments.put", input, move |write: &mut Write<'_, _>, _: &PutInstalments| -> Result<Answer, Stop> {
        let now = write.call().now;
        let viewer = write.call().viewer().clone();
        find_as_party(write, &viewer, id)?; // The grant is public, its plan is not.
        let before = find_own(write, id)?;
        write.begin_on(before.version)?;
        if let Some(refusal) = no_instalments(&before) {
            return Err(refusal.into());
        }
        let grant = grants::raise(write, id, before.version, now)?;
        let old = payments::of_grant(write, id)?;
        let change = change_of(write, &grant, &old, &plan)?;
        record_plan(write, &grant, &before)?;
        cancel(write, &old, &change)?;
        add(write, &grant, &change.added, &ids)?;
        let after = payments::of_grant(write, id)?;
        Ok(Answer::ok(&plan_view(&grant, &after), grant.version)?)
    })
    .await
}

fn change_of(
    write: &mut Write<'_, PutInstalments>,
    grant: &StoredGrant,
    old: &[StoredPayment],
    plan: &[Instalment],
) -> Result<PlanChange, Stop> {
    let lines = decisions::live_lines(write, &[grant.id])?.remove(&grant.id).unwrap_or_default();
    let planned = |payment: &StoredPayment| PlannedPayment {
        id: payment.id,
        instalment: payment.instalment.clone(),
        state: payment.state,
    };
    let existing: Vec<PlannedPayment> = old.iter().map(planned).collect();
    let refused = |findings: Vec<_>| ApiError::invalid(findings.into_iter().map(Fault::from).collect());
    Ok(replace_plan(&lines, &existing, plan).map_err(refused)?)
}

fn record_plan(write: &mut Write<'_, PutInstalments>, grant: &StoredGrant, before: &StoredGrant) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Grant, grant.id.0),
        action: "grant.put_instalments",
        happened: "instalments_changed",
        county_governor: Some(&grant.county_governor),
        reference: Some(&grant.reference),
        version: grant.version,
        state: grant.state.as_str(),
        changed: &["instalments"],
        before: Some(serde_json::json!({ "version": before.version })),
        after: Some(serde_json::json!({ "version": grant.version })),
    })
}

fn cancel(write: &mut Write<'_, PutInstalments>, old: &[StoredPayment], change: &PlanChange) -> Result<(), Stop> {
    let now = write.call().now;
    for payment in old.iter().filter(|payment| change.cancelled.contains(&payment.id)) {
        let state = payment.state.apply(PaymentCommand::Cancel).map_err(|wrong| ApiError::state(wrong.state))?;
        let after = payments::update(write, &StoredPayment { state, ..payment.clone() }, now)?;
        record(write, "payment.cancel", PaymentCommand::Cancel.happened(), Some(payment), &after)?;
    }
    Ok(())
}

fn add(
    write: &mut Write<'_, PutInstalments>,
    grant: &StoredGrant,
    added: &[Instalment],
    ids: &[PaymentId],
) -> Result<(), Stop> {
    let (now, hand) = (write.call().now, Hand::from(&*write.call().actor));
    for (instalment, id) in added.iter().zip(ids) {
        let payment = StoredPayment {
            id: *id,
            grant: grant.id,
            county_governor: grant.county_governor.clone(),
            sender: grant.sender.clone(),
            instalment: instalment.clone(),
            state: PaymentState::Planned,
            live_run: None,
            prepared_by: hand.clone(),
            approved_by: None,
            approved_at: None,
            sent_at: None,
            paid_on: None,
            failure_reason: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        payments::insert(write, &payment)?;
        record(write, "payment.plan", "planned", None, &payment)?;
    }
    Ok(())
}
