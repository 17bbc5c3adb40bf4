//! `GET /v1/payments/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::funding::payments::Payment as PaymentView;
use domain::ids::PaymentId;
use persistence::funding::payments::{self, StoredPayment};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a payment.
///
/// Seen by the office that pays and the directorate, and once its grant is notified by recipient and sender.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_payment",
    params(("id" = Uuid, Path, description = "The payment's id")),
    responses((status = 200, description = "The payment", body = PaymentView)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = PaymentId(id.into_inner());
    app.read::<_, ApiError>("payment.get", call, move |reader, call| {
        let payment = payments::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&payment), payment.version)
    })
    .await
}

/// A payment as it is shown.
pub(in crate::funding) fn view(payment: &StoredPayment) -> PaymentView {
    let instalment = &payment.instalment;
    PaymentView {
        id: payment.id.0,
        grant_id: payment.grant.0,
        county_governor: payment.county_governor.clone(),
        sender_orgnr: payment.sender.to_string(),
        recipient_orgnr: instalment.recipient.to_string(),
        school_year: instalment.school_year.to_string(),
        amount_nok: instalment.amount.kroner(),
        due_on: instalment.due_on,
        awaits_report: instalment.awaits_report.map(|year| year.to_string()),
        state: payment.state,
        payment_run_id: payment.live_run.map(|run| run.0),
        approved_at: payment.approved_at,
        sent_at: payment.sent_at,
        paid_on: payment.paid_on,
        failure_reason: payment.failure_reason.clone(),
        version: payment.version,
        created_at: payment.created_at,
        updated_at: payment.updated_at,
    }
}
