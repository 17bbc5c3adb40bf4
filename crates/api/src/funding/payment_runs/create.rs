//! `POST /v1/payment-runs`: takes up approved payments, each in at most one live run (G07).

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::{CreatePaymentRun, PaymentRun as PaymentRunView};
use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::funding::PaymentRunState;
use domain::ids::{PaymentId, PaymentRunId};
use persistence::funding::payment_runs::{self, StoredPaymentRun};
use persistence::funding::payments::{self, PaymentFilter, StoredPayment};
use persistence::listing::Window;
use uuid::Uuid;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::funding::payments::{for_rules, problem, record};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Change, Stop, Write};

/// A run takes up so many payments at the most.
const MOST: i64 = 500;

/// Puts a payment run together.
///
/// Of the payments named, or of everything that is approved and due by a day. A payment is in one live run at a
/// time. Nothing is sent before the run is released.
#[utoipa::path(
    tag = "funding",
    operation_id = "create_payment_run",
    request_body = CreatePaymentRun,
    responses((status = 201, description = "The new run", body = PaymentRunView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<CreatePaymentRun>) -> Result<HttpResponse, ApiError> {
    let county_governor = input.call.viewer().county_governor.clone().ok_or_else(ApiError::not_yours)?;
    if input.body.payment_ids.is_some() == input.body.due_until.is_some() {
        return Err(ApiError::fault(Fault::new("payments_or_due_until", "")));
    }
    let run = StoredPaymentRun {
        id: PaymentRunId(Uuid::now_v7()),
        county_governor,
        state: PaymentRunState::Draft,
        file: None,
        released_at: None,
        version: 1,
        created_at: input.call.now,
        updated_at: input.call.now,
    };
    app.write(
        "payment_run.create",
        input,
        move |write: &mut Write<'_, _>, body: &CreatePaymentRun| -> Result<Answer, Stop> {
            let named = named_payments(write, body, &run.county_governor)?;
            write.begin()?;
            let payments = match (named, body.due_until) {
                (None, Some(day)) => payments::ready(write, &run.county_governor, day, MOST)?,
                (named, _) => named.unwrap_or_default(),
            };
            if payments.is_empty() {
                return Err(ApiError::new("payment_run_empty").into());
            }
            take_up(write, &run, &payments)?;
            let view = view(write, &run)?;
            write.record(Change {
                subject: Subject::new(SubjectKind::PaymentRun, run.id.0),
                action: "payment_run.create",
                happened: "created",
                county_governor: Some(&run.county_governor),
                reference: None,
                version: run.version,
                state: run.state.as_str(),
                changed: &[],
                before: None,
                after: serde_json::to_value(&view).ok(),
            })?;
            Ok(Answer::created(&view, run.version, format!("/v1/payment-runs/{}", run.id))?)
        },
    )
    .await
}

/// The payments named, by id; one that is not the office's own is told as one that does not exist.
fn named_payments(
    write: &mut Write<'_, CreatePaymentRun>,
    body: &CreatePaymentRun,
    office: &str,
) -> Result<Option<Vec<StoredPayment>>, Stop> {
    let Some(ids) = &body.payment_ids else { return Ok(None) };
    let viewer = write.call().viewer().clone();
    let window = Window { limit: MOST, ids: ids.iter().map(Uuid::to_string).collect(), ..Window::default() };
    let filter = PaymentFilter { county_governor: Some(office.to_owned()), ..PaymentFilter::default() };
    let found = payments::list(write, &viewer, &filter, &window)?;
    let unknown = |id: &Uuid| !found.iter().any(|payment| payment.id == PaymentId(*id));
    let faults: Vec<Fault> = ids
        .iter()
        .enumerate()
        .filter(|(_, id)| unknown(id))
        .map(|(i, _)| Fault::new("unknown_reference", format!("/payment_ids/{i}")))
        .collect();
    if faults.is_empty() { Ok(Some(found)) } else { Err(ApiError::invalid(faults).into()) }
}

fn take_up(
    write: &mut Write<'_, CreatePaymentRun>,
    run: &StoredPaymentRun,
    payments: &[StoredPayment],
) -> Result<(), Stop> {
    let now = write.call().now;
    for payment in payments {
        if let Some(obstacle) = for_rules(write, payment)?.obstacles_to_run().first() {
            return Err(problem(obstacle).with("payment_id", payment.id.to_string()).into());
        }
    }
    let ids: Vec<PaymentId> = payments.iter().map(|payment| payment.id).collect();
    payment_runs::insert(write, run, &ids)?;
    for payment in payments {
        let taken = StoredPayment { live_run: Some(run.id), ..payment.clone() };
        let after = payments::update(write, &taken, now)?;
        record(write, "payment.take_up", "taken_up", Some(payment), &after)?;
    }
    Ok(())
}
