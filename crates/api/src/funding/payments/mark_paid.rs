//! `POST /v1/payments/{id}/mark-paid`: the bank has paid.

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::{MarkPaid, Payment as PaymentView};
use contract::problem::Fault;
use domain::funding::PaymentCommand;
use domain::ids::PaymentId;
use domain::time::oslo_date;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use super::get::view;
use super::{find_own, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Marks a payment as paid.
///
/// It was sent in a run, and the bank has paid it. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "mark_payment_paid",
    params(("id" = Uuid, Path, description = "The payment's id")),
    request_body = MarkPaid,
    responses((status = 200, description = "The payment", body = PaymentView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/mark-paid")]
pub async fn mark_paid(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<MarkPaid>,
) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    app.write("payment.mark_paid", input, move |write: &mut Write<'_, _>, body: &MarkPaid| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_own(write, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(PaymentCommand::MarkPaid).map_err(|wrong| ApiError::state(wrong.state))?;
        let today = oslo_date(now);
        let paid_on = body.paid_on.unwrap_or(today);
        if paid_on > today {
            return Err(ApiError::fault(Fault::new("paid_on_in_the_future", "/paid_on")).into());
        }
        let after = payments::update(write, &StoredPayment { state, paid_on: Some(paid_on), ..before.clone() }, now)?;
        record(write, "payment.mark_paid", PaymentCommand::MarkPaid.happened(), Some(&before), &after)?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}
