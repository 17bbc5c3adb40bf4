//! `POST /v1/payments/{id}/approve`: another than who prepared it (G07), after notification and the awaited report
//! (G06).

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::Payment as PaymentView;
use domain::funding::PaymentCommand;
use domain::funding::payments::PaymentError;
use domain::ids::PaymentId;
use persistence::funding::Hand;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use super::get::view;
use super::{find_own, for_rules, problem, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Approves a payment.
///
/// By another person than the one who prepared it, or another client where persons are not known. The grant must be
/// notified, and the report that the payment waits for approved. A payment that the bank refused is approved anew.
///
/// Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "approve_payment",
    params(("id" = Uuid, Path, description = "The payment's id")),
    responses((status = 200, description = "The payment", body = PaymentView)),
    security(("bearer" = ["funding:approve"]))
)]
#[post("/{id}/approve")]
pub async fn approve(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    app.write("payment.approve", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let (now, actor) = (write.call().now, write.call().actor.clone());
        let before = find_own(write, id)?;
        let payment = for_rules(write, &before)?;
        let obstacles = payment.obstacles_to_approval(&actor);
        if obstacles.contains(&PaymentError::PreparedByYou) {
            return Err(problem(&PaymentError::PreparedByYou).into());
        }
        write.begin_on(before.version)?;
        if let Some(obstacle) = obstacles.first() {
            return Err(problem(obstacle).into());
        }
        let approved = StoredPayment {
            state: payment.apply(PaymentCommand::Approve).map_err(|error| problem(&error))?,
            approved_by: Some(Hand::from(&*actor)),
            approved_at: Some(now),
            ..before.clone()
        };
        let after = payments::update(write, &approved, now)?;
        record(write, "payment.approve", PaymentCommand::Approve.happened(), Some(&before), &after)?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}
