//! Payments: approved by another than who prepared them, sent in a run, paid or refused by the bank.

pub(super) mod actions;
pub(super) mod approve;
pub(super) mod cancel;
pub(super) mod get;
pub(super) mod list;
pub(super) mod mark_failed;
pub(super) mod mark_paid;
pub(super) mod of_grant;

use domain::event::{Subject, SubjectKind};
use domain::funding::payments::{Payment, PaymentError};
use domain::ids::PaymentId;
use persistence::funding::grants;
use persistence::funding::payments::{self, StoredPayment};
use persistence::{Reader, StoreError};

use crate::error::ApiError;
use crate::http::write::{Change, Stop, Write};

/// Leaves the audit row and the event of one payment's change.
pub(super) fn record<T>(
    write: &mut Write<'_, T>,
    action: &'static str,
    happened: &'static str,
    before: Option<&StoredPayment>,
    after: &StoredPayment,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Payment, after.id.0),
        action,
        happened,
        county_governor: Some(&after.county_governor),
        reference: None,
        version: after.version,
        state: after.state.as_str(),
        changed: if before.is_some() { &["state"] } else { &[] },
        before: before.and_then(|payment| serde_json::to_value(get::view(payment)).ok()),
        after: serde_json::to_value(get::view(after)).ok(),
    })
}

/// The payment, where the caller is the office that pays it.
fn find_own<T>(write: &mut Write<'_, T>, id: PaymentId) -> Result<StoredPayment, Stop> {
    let viewer = write.call().viewer().clone();
    let payment = payments::find(write, &viewer, id)?.ok_or_else(ApiError::not_found)?;
    if viewer.county_governor.as_ref() == Some(&payment.county_governor) {
        Ok(payment)
    } else {
        Err(ApiError::not_yours().into())
    }
}

/// A payment with all that its steps depend on, for the rules (G06, G07).
pub(super) fn for_rules(reader: &mut Reader, stored: &StoredPayment) -> Result<Payment, StoreError> {
    let grant_state = grants::state(reader, stored.grant)?;
    Ok(Payment {
        state: stored.state,
        grant_state,
        prepared_by_client: stored.prepared_by.client_id.clone(),
        prepared_by_person: stored.prepared_by.person.clone(),
        awaits_report: stored.instalment.awaits_report,
        report_approved: payments::report_is_approved(reader, stored)?,
        live_run: stored.live_run,
    })
}

/// Why a step with a payment is refused.
pub(super) fn problem(error: &PaymentError) -> ApiError {
    let (code, figure) = contract::funding::payments::problem_of(error);
    figure.into_iter().fold(ApiError::new(code), |problem, (name, value)| problem.with(name, value))
}
