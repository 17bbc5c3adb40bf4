//! `POST /v1/payment-runs/{id}/release`: every payment of the run is sent, once, with the file that says so (G07).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::PaymentRun as PaymentRunView;
use domain::event::{Subject, SubjectKind};
use domain::funding::{GrantCommand, GrantState, PaymentCommand, PaymentRunCommand};
use domain::ids::{GrantId, PaymentRunId};
use persistence::funding::grants::{self, StoredGrant};
use persistence::funding::payment_runs::{self, StoredPaymentRun};
use persistence::funding::payments::{self, PaymentFilter, StoredPayment};
use persistence::listing::Window;
use uuid::Uuid;

use super::file::lines;
use super::get::{find, view};
use crate::app::App;
use crate::error::ApiError;
use crate::funding::payments::record;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Change, Stop, Write};

/// Releases a payment run.
///
/// Its payments are sent and its file is made; both happen once, whatever becomes of the process. A grant whose first
/// payment is sent is running from now on. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "release_payment_run",
    params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The run", body = PaymentRunView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/release")]
pub async fn release(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = PaymentRunId(id.into_inner());
    app.write("payment_run.release", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_own(write, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(PaymentRunCommand::Release).map_err(|wrong| ApiError::state(wrong.state))?;
        let payments = payments_of(write, id)?;
        if payments.is_empty() {
            return Err(ApiError::new("payment_run_empty").into());
        }
        let grants = grants_of(write, &payments)?;
        let file = lines(write, &payments, &grants)?;
        let released = StoredPaymentRun { state, file: Some(file), released_at: Some(now), ..before };
        let run = payment_runs::update(write, &released, now)?;
        start_grants(write, grants)?;
        send(write, &payments)?;
        let view = view(write, &run)?;
        write.record(Change {
            subject: Subject::new(SubjectKind::PaymentRun, id.0),
            action: "payment_run.release",
            happened: PaymentRunCommand::Release.happened(),
            county_governor: Some(&run.county_governor),
            reference: None,
            version: run.version,
            state: run.state.as_str(),
            changed: &["state", "released_at"],
            before: Some(serde_json::json!({ "state": "draft" })),
            after: serde_json::to_value(&view).ok(),
        })?;
        Ok(Answer::ok(&view, run.version)?)
    })
    .await
}

fn find_own(write: &mut Write<'_, NoBody>, id: PaymentRunId) -> Result<StoredPaymentRun, Stop> {
    let viewer = write.call().viewer().clone();
    let run = find(write, &viewer, id)?;
    if viewer.county_governor.as_ref() == Some(&run.county_governor) {
        Ok(run)
    } else {
        Err(ApiError::not_yours().into())
    }
}

/// The payments for which the run is live, by id.
fn payments_of(write: &mut Write<'_, NoBody>, run: PaymentRunId) -> Result<Vec<StoredPayment>, Stop> {
    let viewer = write.call().viewer().clone();
    let filter = PaymentFilter { live_run: Some(run), ..PaymentFilter::default() };
    Ok(payments::list(write, &viewer, &filter, &Window { limit: i64::MAX, ..Window::default() })?)
}

/// Their grants, by id; each must be one that is paid (G06).
fn grants_of(
    write: &mut Write<'_, NoBody>,
    payments: &[StoredPayment],
) -> Result<BTreeMap<GrantId, StoredGrant>, Stop> {
    let viewer = write.call().viewer().clone();
    let mut found = BTreeMap::new();
    for payment in payments {
        let grant = grants::find(write, &viewer, payment.grant)?.ok_or_else(ApiError::not_found)?;
        if !grant.state.pays() {
            let problem = ApiError::new("grant_not_payable").with("state", grant.state.as_str());
            return Err(problem.with("payment_id", payment.id.to_string()).into());
        }
        found.insert(grant.id, grant);
    }
    Ok(found)
}

/// A grant is running from its first payment sent.
fn start_grants(write: &mut Write<'_, NoBody>, grants: BTreeMap<GrantId, StoredGrant>) -> Result<(), Stop> {
    let now = write.call().now;
    for before in grants.into_values().filter(|grant| grant.state == GrantState::Notified) {
        let state =
            before.state.apply(GrantCommand::Start, before.outcome).map_err(|wrong| ApiError::state(wrong.state))?;
        let held = grants::raise(write, before.id, before.version, now)?;
        let after = StoredGrant { state, ..held };
        grants::set_state(write, &after)?;
        write.record(Change {
            subject: Subject::new(SubjectKind::Grant, after.id.0),
            action: "grant.start",
            happened: GrantCommand::Start.happened(),
            county_governor: Some(&after.county_governor),
            reference: Some(&after.reference),
            version: after.version,
            state: after.state.as_str(),
            changed: &["state"],
            before: Some(serde_json::json!({ "state": before.state })),
            after: Some(serde_json::json!({ "state": after.state })),
        })?;
    }
    Ok(())
}

fn send(write: &mut Write<'_, NoBody>, payments: &[StoredPayment]) -> Result<(), Stop> {
    let now = write.call().now;
    for before in payments {
        let state = before
            .state
            .apply(PaymentCommand::Send)
            .map_err(|wrong| ApiError::state(wrong.state).with("payment_id", before.id.to_string()))?;
        let after = payments::update(write, &StoredPayment { state, sent_at: Some(now), ..before.clone() }, now)?;
        record(write, "payment.send", PaymentCommand::Send.happened(), Some(before), &after)?;
    }
    Ok(())
}
