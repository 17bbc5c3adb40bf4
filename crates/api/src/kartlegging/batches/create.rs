//! `POST /v1/kartlegging/batches`: a batch that is to come in parts.

use actix_web::{HttpResponse, post, web};
use contract::kartlegging::{Batch as BatchView, CreateBatch};
use contract::problem::Fault;
use domain::ids::BatchId;
use domain::kartlegging::Mode;
use domain::orgnr::OrgNr;
use persistence::kartlegging::{NewBatch, batches, instruments, parts};
use uuid::Uuid;

use super::get::view;
use super::record::change;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::kartlegging::receive::{known_scheme, unknown_instrument};

/// Opens a batch.
///
/// For files too large for one call, or lines that break: put its parts by `…/parts/{n}`, in any order and at the same
/// time, and commit it when all of them are there. A part that was acknowledged is never lost; what broke off is sent
/// again. Nothing is stored as responses before the commit. A batch that hears nothing for 24 hours expires. An
/// organisation may have 20 batches under way.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "create_batch",
    request_body = CreateBatch,
    responses((status = 201, description = "The new batch", body = BatchView)),
    security(("bearer" = ["kartlegging:write"]))
)]
#[post("/batches")]
pub async fn create(app: web::Data<App>, input: Input<CreateBatch>) -> Result<HttpResponse, ApiError> {
    let new = new_batch(input.call.viewer().orgnr.clone(), &input.body)?;
    let limits = app.uploads.limits;
    app.write("batch.create", input, move |write: &mut Write<'_, _>, _: &CreateBatch| -> Result<Answer, Stop> {
        write.begin()?;
        if instruments::find(write, &new.instrument)?.is_none() {
            return Err(unknown_instrument(&new.instrument, "/").into());
        }
        if let Some(scheme) = &new.code_scheme {
            known_scheme(write, &new.sender, scheme, "/")?;
        }
        let (howmany, _) = parts::under_way(write, &new.sender)?;
        if howmany >= limits.batches {
            return Err(ApiError::new("too_many_batches").with("limit", limits.batches).into());
        }
        let now = write.call().now;
        let batch = batches::open(write, &new, now, now + limits.waits)?;
        change(write, &batch, "batch.create", None)?;
        let view = view(&batch, true, write.call().language);
        Ok(Answer::created(&view, batch.version, format!("/v1/kartlegging/batches/{}", batch.id))?)
    })
    .await
}

fn new_batch(sender: OrgNr, body: &CreateBatch) -> Result<NewBatch, ApiError> {
    let period = body.period.parse();
    Ok(NewBatch {
        id: BatchId(Uuid::now_v7()),
        sender,
        instrument: body.instrument.clone(),
        period: period.map_err(|_| ApiError::fault(Fault::new("invalid_period", "/period")))?,
        mode: body.mode.unwrap_or(Mode::All),
        dry_run: body.dry_run,
        source: body.source.clone(),
        code_scheme: body.code_scheme.clone(),
    })
}
