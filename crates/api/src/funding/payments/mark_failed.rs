//! `POST /v1/payments/{id}/mark-failed`: the bank has refused. The run is no longer live for the payment, which is
//! approved anew before it goes into another one (G07).

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::{MarkFailed, Payment as PaymentView};
use domain::funding::PaymentCommand;
use domain::ids::PaymentId;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use super::get::view;
use super::{find_own, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Marks a payment as failed.
///
/// It was sent in a run, and the bank has refused it. Approve it anew to send it in another run, or cancel it.
///
/// Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "mark_payment_failed",
    params(("id" = Uuid, Path, description = "The payment's id")),
    request_body = MarkFailed,
    responses((status = 200, description = "The payment", body = PaymentView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/mark-failed")]
pub async fn mark_failed(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<MarkFailed>,
) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    app.write(
        "payment.mark_failed",
        input,
        move |write: &mut Write<'_, _>, body: &MarkFailed| -> Result<Answer, Stop> {
            let now = write.call().now;
            let before = find_own(write, id)?;
            write.begin_on(before.version)?;
            let state = before.state.apply(PaymentCommand::MarkFailed).map_err(|wrong| ApiError::state(wrong.state))?;
            let failed =
                StoredPayment { state, live_run: None, failure_reason: Some(body.reason.clone()), ..before.clone() };
            let after = payments::update(write, &failed, now)?;
            record(write, "payment.mark_failed", PaymentCommand::MarkFailed.happened(), Some(&before), &after)?;
            Ok(Answer::ok(&view(&after), after.version)?)
        },
    )
    .await
}
