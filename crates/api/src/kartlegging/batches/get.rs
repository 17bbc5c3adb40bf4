//! `GET /v1/kartlegging/batches/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::kartlegging::{Batch as BatchView, RowFinding};
use domain::ids::BatchId;
use domain::language::Language;
use persistence::kartlegging::{StoredBatch, batches, parts};
use uuid::Uuid;

use super::put_part::part_view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a batch.
///
/// Its sender sees it, and so do the owners of the units that it speaks about; the findings are the sender's alone.
/// While it is under way `parts` says what need not be sent again.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "get_batch",
    params(("id" = Uuid, Path, description = "The batch's id")),
    responses((status = 200, description = "The batch", body = BatchView)),
    security(("bearer" = ["kartlegging:read"]))
)]
#[get("/batches/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = BatchId(id.into_inner());
    app.read::<_, ApiError>("batch.get", call, move |reader, call| {
        let batch = batches::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        let parts = parts::of_batch(reader, id)?.iter().map(part_view).collect();
        Answer::ok(&BatchView { parts, ..shown_to(&batch, call) }, batch.version)
    })
    .await
}

/// A batch as this caller sees it.
pub(super) fn shown_to(batch: &StoredBatch, call: &Call) -> BatchView {
    view(batch, batch.sender == call.viewer().orgnr, call.language)
}

/// A batch as it is shown, with or without what is its sender's own business: how it calls units, and what is wrong
/// with its rows.
pub(in crate::kartlegging) fn view(batch: &StoredBatch, to_sender: bool, language: Language) -> BatchView {
    let findings = if to_sender { batch.findings.as_slice() } else { &[] };
    BatchView {
        id: batch.id.0,
        sender_orgnr: batch.sender.to_string(),
        instrument: batch.instrument.clone(),
        period: batch.period.to_string(),
        mode: batch.mode.to_string(),
        dry_run: batch.dry_run,
        state: batch.state.to_string(),
        source: batch.source.clone(),
        code_scheme: batch.code_scheme.clone().filter(|_| to_sender),
        digest: batch.digest.clone(),
        parts: Vec::new(),
        counts: batch.counts.into(),
        findings: findings.iter().map(|group| RowFinding::of(group, language)).collect(),
        version: batch.version,
        created_at: batch.created_at,
        updated_at: batch.updated_at,
        committed_at: batch.committed_at,
        expires_at: batch.expires_at,
    }
}
