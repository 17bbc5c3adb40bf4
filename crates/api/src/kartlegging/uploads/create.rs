//! `POST /v1/kartlegging/uploads`: a batch in one call.

use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::kartlegging::Batch as BatchView;
use contract::problem::Fault;
use domain::ids::BatchId;
use domain::kartlegging::{Mode, Period};
use persistence::Reader;
use persistence::kartlegging::{self, NewBatch, Prepared, Progress, Upload};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::head;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::query::{Query, invalid_parameter};
use crate::http::write::{Stop, Write};
use crate::kartlegging::batches::get::view;
use crate::kartlegging::batches::record::change;
use crate::kartlegging::receive::{Sending, receive};

/// What the sender says about an upload.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UploadQuery {
    /// Code of the instrument that the rows answer.
    #[param(example = "basis-2026")]
    instrument: String,
    /// The period that they speak about: a year, or half of one.
    #[param(example = "2026-H1")]
    period: String,
    /// `all`: nothing is stored when a row is faulty. `valid_rows`: the good rows are stored without the faulty ones.
    /// `all` unless told.
    #[param(example = "valid_rows")]
    mode: Option<String>,
    /// Only tell what would become of the rows; store no response.
    #[param(example = false)]
    dry_run: Option<bool>,
    /// What you call the file or the system it came from, up to 200 characters.
    #[param(example = "nightly export")]
    source: Option<String>,
    /// The scheme of your own codes by which rows name units; see `/v1/kartlegging/code-schemes`.
    #[param(example = "oppvekstsystem")]
    code_scheme: Option<String>,
}

/// Longest name of a source, in characters.
const SOURCE_MAX: usize = 200;

/// Uploads rows.
///
/// Send CSV (comma or semicolon, with or without quotes and byte order mark), NDJSON (one object per line) or a JSON
/// array, each also with `Content-Encoding: gzip`, always UTF-8. The columns are `unit_orgnr, area, respondent_group,
/// current, needed, respondents, comment`; the last may be absent. `current` and `needed` lie on the instrument's
/// scale and have at most one decimal, written with a full stop.
///
/// A row's key is instrument, period, unit, area and respondent group: sending the same again changes nothing and
/// counts as unchanged; other values update; a key that another organisation sent first is `owned_by_other`. The same
/// key twice in one upload rejects both rows. The answer is the batch, whatever became of its rows; what is wrong is
/// grouped in `findings`, and `…/batches/{id}/result` gives the input back with what became of each row.
///
/// Up to 64 MiB as sent, 256 MiB unpacked, 64 KiB per row, 2,000,000 rows. An upload that breaks off leaves nothing
/// behind; send it again. `Content-Digest: sha-256=:…:` is verified where it is sent. Send an `Idempotency-Key` to be
/// able to retry.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "create_upload",
    params(UploadQuery, ("Content-Digest" = Option<String>, Header, description = "SHA-256 of the content as sent: `sha-256=:<base64>:`")),
    request_body(
        description = "The rows",
        content(
            (String = "text/csv", example = "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n974760673,vision,leaders,2.5,4,12,\n"),
            (String = "application/x-ndjson", example = "{\"unit_orgnr\":\"974760673\",\"area\":\"vision\",\"respondent_group\":\"leaders\",\"current\":2.5,\"needed\":4,\"respondents\":12}\n"),
            (Vec<contract::kartlegging::UploadRow> = "application/json", example = json!([
                {"unit_orgnr": "974760673", "area": "vision", "respondent_group": "leaders", "current": 2.5, "needed": 4, "respondents": 12}
            ]))
        )
    ),
    responses((status = 201, description = "The batch, whatever became of its rows", body = BatchView)),
    security(("bearer" = ["kartlegging:write"]))
)]
#[post("/uploads")]
pub async fn create(
    app: web::Data<App>,
    req: HttpRequest,
    query: Query<UploadQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let write = Input::head(&req)?;
    let said = head::read(&req, app.uploads.limits.encoded_bytes)?;
    let asked = Asked::read(&query.0)?;
    let sender = write.call.viewer().orgnr.clone();
    let from = Sending {
        sender: sender.clone(),
        instrument: asked.instrument.clone(),
        code_scheme: asked.code_scheme.clone(),
    };
    let received = receive(&app, payload, &said, from).await?;
    let upload = Upload {
        batch: NewBatch {
            id: BatchId(Uuid::now_v7()),
            sender,
            instrument: asked.instrument,
            period: asked.period,
            mode: asked.mode,
            dry_run: asked.dry_run,
            source: asked.source,
            code_scheme: asked.code_scheme,
        },
        digest: hex::encode(received.digest),
        at: write.call.now,
        spool: received.spool,
    };
    let key = write.key(&received.digest);
    let _turn = app.uploads.turns.acquire().await.map_err(ApiError::internal)?;
    let work = move |reader: &mut Reader| {
        let prepared = kartlegging::prepare(reader, &upload, &Progress::default())?;
        Ok((upload, prepared))
    };
    let prepared = app.store.prepare::<_, ApiError, _>("upload.prepare", work).await?;
    app.upload("batch.upload", write.into_input(prepared, key), load).await
}

/// All of it in one transaction: the batch, its result, its responses, one audit row, one event.
fn load(write: &mut Write<'_, (Upload, Prepared)>, (upload, prepared): &(Upload, Prepared)) -> Result<Answer, Stop> {
    write.begin()?;
    let batch = kartlegging::load(write, upload, prepared)?;
    change(write, &batch, "batch.upload", None)?;
    let view = view(&batch, true, write.call().language);
    Ok(Answer::created(&view, batch.version, format!("/v1/kartlegging/batches/{}", batch.id))?)
}

/// The query, read.
struct Asked {
    instrument: String,
    period: Period,
    mode: Mode,
    dry_run: bool,
    source: Option<String>,
    code_scheme: Option<String>,
}

impl Asked {
    fn read(query: &UploadQuery) -> Result<Self, ApiError> {
        let wrong = |name, expected| invalid_parameter("invalid_query", name, expected);
        let mode = query.mode.as_deref().unwrap_or(Mode::All.as_str());
        if let Some(source) = &query.source {
            if source.chars().count() > SOURCE_MAX || source.chars().any(char::is_control) {
                return Err(wrong("source", "1–200"));
            }
            if domain::national_id::contains_national_id(source) {
                return Err(ApiError::fault(Fault::new("national_id", "source")));
            }
        }
        Ok(Self {
            instrument: query.instrument.clone(),
            period: query.period.parse().map_err(|_| wrong("period", "2026 / 2026-H1"))?,
            mode: mode.parse().map_err(|_| wrong("mode", "all / valid_rows"))?,
            dry_run: query.dry_run.unwrap_or(false),
            source: query.source.clone(),
            code_scheme: query.code_scheme.clone(),
        })
    }
}
