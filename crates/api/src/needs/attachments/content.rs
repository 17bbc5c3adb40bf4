//! `GET /v1/needs/{id}/attachments/{aid}/content`.

use actix_web::body::SizedStream;
use actix_web::http::header::{self, Charset, ContentDisposition, DispositionParam, DispositionType, ExtendedValue};
use actix_web::{HttpRequest, HttpResponse, get, web};
use domain::needs::Attachment;
use futures_util::TryStreamExt;
use uuid::Uuid;

use super::get::find;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;

/// Reads the bytes of an attachment.
///
/// Always to be saved, never to be shown in place: a browser neither guesses the type nor runs anything in it. The tag
/// is the SHA-256 of the content, so `If-None-Match` spares a second transfer.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_attachment_content",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("aid" = Uuid, Path, description = "The attachment's id"),
        ("If-None-Match" = Option<String>, Header, description = "An entity tag; when it still holds, the answer is 304 without a body"),
    ),
    responses(
        (status = 200, description = "The file, with the media type of what it is", content_type = "application/octet-stream", body = String),
        (status = 304, description = "Still what `If-None-Match` names"),
    ),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/attachments/{aid}/content")]
pub async fn content(
    app: web::Data<App>,
    req: HttpRequest,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let call = Call::for_file(&req)?;
    let (viewer, path) = (call.viewer().clone(), path.into_inner());
    let stored = app.store.snapshot("attachment.content", move |reader| find(reader, &viewer, path)).await?;
    let attachment = &stored.attachment;
    let tag = format!("\"{}\"", attachment.sha256);
    let is_known = call.if_none_match.as_deref().is_some_and(|known| {
        known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag)
    });
    if is_known {
        return Ok(HttpResponse::NotModified().insert_header((header::ETAG, tag)).finish());
    }
    let bytes = app.objects.get(&stored.object_key).await?;
    let length = u64::try_from(attachment.size_bytes).map_err(ApiError::internal)?;
    Ok(HttpResponse::Ok()
        .content_type(attachment.format.media_type())
        .insert_header((header::ETAG, tag))
        .insert_header(saved_as(attachment))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .body(SizedStream::new(length, bytes.map_err(ApiError::internal))))
}

/// `Content-Disposition` by RFC 6266: the name in UTF-8, and for the oldest programs one in ASCII.
fn saved_as(attachment: &Attachment) -> ContentDisposition {
    let name = attachment.file_name.as_str();
    let plain = |c: char| if c.is_ascii() && !matches!(c, '"' | '\\' | '%') { c } else { '_' };
    let extended = ExtendedValue {
        charset: Charset::Ext("UTF-8".to_owned()),
        language_tag: None,
        value: name.as_bytes().to_vec(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(name.chars().map(plain).collect()),
            DispositionParam::FilenameExt(extended),
        ],
    }
}
