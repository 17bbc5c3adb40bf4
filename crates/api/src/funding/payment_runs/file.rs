//! `GET /v1/payment-runs/{id}/file`: what goes to the bank or the accounting system, the same bytes every time.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, get, web};
use domain::ids::{GrantId, PaymentRunId};
use persistence::funding::grants::StoredGrant;
use persistence::funding::payments::StoredPayment;
use persistence::{Reader, organisations};
use uuid::Uuid;

use super::get::find;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use contract::spreadsheet::guard;

/// Reads a payment run's file.
///
/// One line per payment, made when the run was released and never changed: a second reading gives the same bytes. A
/// draft has no file.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_payment_run_file",
    params(("id" = Uuid, Path, description = "The run's id")),
    responses((
        status = 200,
        description = "The file: payment_id, grant_reference, recipient_orgnr, recipient_name, amount_nok, due_on",
        body = String,
        content_type = "text/csv"
    )),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}/file")]
pub async fn file(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = PaymentRunId(id.into_inner());
    let read = move |reader: &mut Reader| find(reader, call.viewer(), id);
    let run = app.store.read("payment_run.file", read).await?;
    let file = run.file.ok_or_else(ApiError::not_found)?;
    let name = format!("attachment; filename=\"payment-run-{id}.csv\"");
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", name))
        .body(file))
}

/// The file of a run: a header, then a line per payment, by id.
pub(super) fn lines(
    reader: &mut Reader,
    payments: &[StoredPayment],
    grants: &BTreeMap<GrantId, StoredGrant>,
) -> Result<String, ApiError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = ["payment_id", "grant_reference", "recipient_orgnr", "recipient_name", "amount_nok", "due_on"];
    writer.write_record(header).map_err(ApiError::internal)?;
    for payment in payments {
        let recipient = &payment.instalment.recipient;
        let name = organisations::find(reader, recipient)?.map(|organisation| organisation.name).unwrap_or_default();
        let reference = grants.get(&payment.grant).map(|grant| grant.reference.as_str()).unwrap_or_default();
        let line = [
            payment.id.to_string(),
            reference.to_owned(),
            recipient.to_string(),
            guard(&name),
            payment.instalment.amount.to_string(),
            payment.instalment.due_on.to_string(),
        ];
        writer.write_record(line).map_err(ApiError::internal)?;
    }
    let bytes = writer.into_inner().map_err(|error| ApiError::internal(error.into_error()))?;
    String::from_utf8(bytes).map_err(ApiError::internal)
}
