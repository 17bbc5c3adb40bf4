//! `POST /v1/payments/{id}/cancel`: never to be paid. The plan is then short of it until it is put anew.

use actix_web::{HttpResponse, post, web};
use contract::funding::payments::Payment as PaymentView;
use domain::funding::PaymentCommand;
use domain::ids::PaymentId;
use persistence::funding::payment_runs;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use super::get::view;
use super::{find_own, record};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Cancels a payment.
///
/// One that has not been sent, or that the bank refused; a run that is still a draft loses it. Put the grant's
/// instalments anew afterwards: the plan is short of it. Needs `If-Match`.
#[utoipa::path(
    tag = "funding",
    operation_id = "cancel_payment",
    params(("id" = Uuid, Path, description = "The payment's id")),
    responses((status = 200, description = "The payment", body = PaymentView)),
    security(("bearer" = ["funding:write"]))
)]
#[post("/{id}/cancel")]
pub async fn cancel(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    app.write("payment.cancel", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let now = write.call().now;
        let before = find_own(write, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(PaymentCommand::Cancel).map_err(|wrong| ApiError::state(wrong.state))?;
        let after = payments::update(write, &StoredPayment { state, live_run: None, ..before.clone() }, now)?;
        // A payment that can be cancelled was not sent, so a run that is live for it is a draft.
        if let Some(run) = before.live_run {
            payment_runs::remove_item(write, run, id)?;
        }
        record(write, "payment.cancel", PaymentCommand::Cancel.happened(), Some(&before), &after)?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}
