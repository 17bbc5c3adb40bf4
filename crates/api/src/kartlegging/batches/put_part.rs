//! `PUT /v1/kartlegging/batches/{id}/parts/{n}`.

use actix_web::{HttpRequest, HttpResponse, put, web};
use contract::kartlegging::BatchPart;
use contract::problem::Fault;
use domain::ids::BatchId;
use domain::kartlegging::{Command, PARTS_MAX};
use intake::Format;
use persistence::background;
use persistence::kartlegging::{NewPart, PackedPart, Spool, StoredPart, batches, parts};
use uuid::Uuid;

use super::record::{applied, held, own};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::kartlegging::Limits;
use crate::kartlegging::receive::{Sending, receive};
use crate::kartlegging::uploads::head;

/// Puts a part of a batch.
///
/// In the formats of an upload, each part on its own: a CSV part begins with a header. Parts are numbered from 1, to
/// 1,000 at most; they may come in any order, at the same time, and packed or not. Once this is answered the part is
/// durable. The same content again is harmless, also packed in another way; other content under its number is
/// `part_differs`. A part that breaks off leaves nothing behind. `Content-Digest: sha-256=:…:` is verified where it is
/// sent; no precondition is asked for.
///
/// The answer says how many of the rows are faulty; they are checked again when the batch is committed. In findings and
/// in the result rows are numbered through all parts, as if they were one file with the first part's header.
#[utoipa::path(
    tag = "kartlegging",
    operation_id = "put_batch_part",
    params(
        ("id" = Uuid, Path, description = "The batch's id"),
        ("n" = u32, Path, description = "The part's number, from 1", example = 1),
        ("Content-Digest" = Option<String>, Header, description = "SHA-256 of the content as sent: `sha-256=:<base64>:`"),
    ),
    request_body(
        description = "The rows of the part",
        content(
            (String = "text/csv", example = "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n974760673,vision,leaders,2.5,4,12,\n"),
            (String = "application/x-ndjson", example = "{\"unit_orgnr\":\"974760673\",\"area\":\"vision\",\"respondent_group\":\"leaders\",\"current\":2.5,\"needed\":4,\"respondents\":12}\n"),
            (Vec<contract::kartlegging::UploadRow> = "application/json", example = json!([
                {"unit_orgnr": "974760673", "area": "vision", "respondent_group": "leaders", "current": 2.5, "needed": 4, "respondents": 12}
            ]))
        )
    ),
    responses((status = 200, description = "The part, kept", body = BatchPart)),
    security(("bearer" = ["kartlegging:write"]))
)]
#[put("/batches/{id}/parts/{n}")]
pub async fn put_part(
    app: web::Data<App>,
    req: HttpRequest,
    path: web::Path<(Uuid, u32)>,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let write = Input::head(&req)?;
    let limits = app.uploads.limits;
    let said = head::read(&req, limits.encoded_bytes)?;
    let (id, part) = path.into_inner();
    let (id, part) = (BatchId(id), within_limit(part)?);
    let viewer = write.call.viewer().clone();
    let batch = app.store.read::<_, ApiError, _>("batch.get", move |reader| own(reader, &viewer, id)).await?;
    applied(&batch, Command::PutPart)?;
    let from = Sending { sender: batch.sender, instrument: batch.instrument, code_scheme: batch.code_scheme };
    let received = receive(&app, payload, &said, from).await?;
    let new = NewPart {
        batch: id,
        part,
        digest: hex::encode(received.unpacked_digest),
        has_header: said.format == Format::Csv,
        at: write.call.now,
        rows: packed(received.spool).await?,
    };
    app.upload("batch.put_part", write.into_input(new, None), move |write, new| keep(write, new, limits)).await
}

/// The rows as they are kept, packed beside the requests.
async fn packed(spool: Spool) -> Result<PackedPart, ApiError> {
    Ok(background::run("packing", move || PackedPart::of(&spool)).await??)
}

fn within_limit(part: u32) -> Result<u32, ApiError> {
    let wrong = |code, limit: u32| ApiError::fault(Fault::new(code, "n").with("limit", limit));
    match part {
        0 => Err(wrong("too_small", 1)),
        1..=PARTS_MAX => Ok(part),
        _ => Err(wrong("too_large", PARTS_MAX)),
    }
}

/// Keeps a part, unless it is there already.
fn keep(write: &mut Write<'_, NewPart>, new: &NewPart, limits: Limits) -> Result<Answer, Stop> {
    let batch = held(write, new.batch)?;
    let state = applied(&batch, Command::PutPart)?;
    if let Some(there) = parts::find(write, new.batch, new.part)? {
        return if there.digest == new.digest {
            Ok(Answer::untagged(&part_view(&there))?)
        } else {
            Err(ApiError::new("part_differs").with("part", new.part).with("digest", there.digest).into())
        };
    }
    let there: i64 = parts::of_batch(write, new.batch)?.iter().map(|part| part.rows).sum();
    if (there + new.rows.rows()).unsigned_abs() > limits.rows {
        return Err(ApiError::new("too_many_rows").with("limit", limits.rows).into());
    }
    let kept = parts::insert(write, new)?;
    let (_, bytes) = parts::under_way(write, &batch.sender)?;
    if bytes > limits.part_bytes {
        return Err(ApiError::new("part_space_used_up").with("limit_bytes", limits.part_bytes).into());
    }
    let now = write.call().now;
    batches::move_to(write, &batch, state, now, Some(now + limits.waits))?;
    Ok(Answer::untagged(&part_view(&kept))?)
}

/// A part as it is shown.
pub(super) fn part_view(part: &StoredPart) -> BatchPart {
    BatchPart {
        part: part.part,
        digest: part.digest.clone(),
        rows: part.rows,
        faulty: part.faulty,
        received_at: part.received_at,
    }
}
