//! `GET /v1/payment-runs/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::funding::payments::PaymentRun as PaymentRunView;
use domain::actor::Viewer;
use domain::ids::PaymentRunId;
use persistence::funding::payment_runs::{self, StoredPaymentRun};
use persistence::{Reader, StoreError};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a payment run.
///
/// The county governor sees its own runs, the directorate all.
#[utoipa::path(
    tag = "funding",
    operation_id = "get_payment_run",
    params(("id" = Uuid, Path, description = "The run's id")),
    responses((status = 200, description = "The run", body = PaymentRunView)),
    security(("bearer" = ["funding:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = PaymentRunId(id.into_inner());
    let inside = call.clone();
    let read = move |reader: &mut Reader| {
        let run = find(reader, inside.viewer(), id)?;
        Answer::ok(&view(reader, &run)?, run.version)
    };
    let answer: Result<Answer, ApiError> = app.store.snapshot("payment_run.get", read).await;
    Ok(answer?.into_response(&call))
}

/// The run, where the viewer may see it.
pub(super) fn find(reader: &mut Reader, viewer: &Viewer, id: PaymentRunId) -> Result<StoredPaymentRun, ApiError> {
    payment_runs::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// A run as it is shown.
pub(super) fn view(reader: &mut Reader, run: &StoredPaymentRun) -> Result<PaymentRunView, StoreError> {
    let items = payment_runs::items(reader, run.id)?;
    Ok(PaymentRunView {
        id: run.id.0,
        county_governor: run.county_governor.clone(),
        state: run.state,
        amount_nok: items.iter().map(|(_, amount_nok)| amount_nok).sum(),
        payment_ids: items.into_iter().map(|(payment, _)| payment.0).collect(),
        released_at: run.released_at,
        version: run.version,
        created_at: run.created_at,
        updated_at: run.updated_at,
    })
}
