//! `POST /v1/needs/{id}/attachments`.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, post, web};
use contract::needs::{Attachment as AttachmentView, lists};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{AttachmentPurpose, FileName, FileNameFault};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use super::add::{New, add};
use super::receive::{receive, too_large};
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::text_header;
use crate::http::digest::content_digest;
use crate::http::input::Input;
use crate::http::query::{Query, invalid_parameter};

/// What is said of a file besides its content.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AttachmentQuery {
    /// Its name, up to 200 characters, without path; its ending fits its content.
    #[param(example = "Tiltaksplan.pdf")]
    file_name: String,
    /// Whether it is for the case, which the forum sees, or for the dialogue, which it does not.
    #[param(value_type = lists::AttachmentPurpose, example = "case")]
    purpose: AttachmentPurpose,
}

/// Adds an attachment.
///
/// The body is the file itself. PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, PNG and JPEG are taken, recognised by their
/// content; the content type that is declared does not matter. What is encrypted, damaged or has macros is refused. A
/// file has 25 MiB at the most, and a need and an organisation have room for so many bytes.
///
/// `case`: added by the sender while the need is a draft or returned. Whoever is invited and the networks that the need
/// is shared with see it from then on, the county governor, the forum's seats and the directorate from the next
/// submission on. `dialogue`: added by the sender or the county governor once the need was submitted, and seen by these
/// two alone.
///
/// `Content-Digest: sha-256=:…:` is verified where it is sent. An upload that breaks off leaves nothing behind.
#[utoipa::path(
    tag = "needs",
    operation_id = "create_attachment",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        AttachmentQuery,
        ("Content-Digest" = Option<String>, Header, description = "SHA-256 of the content: `sha-256=:<base64>:`"),
    ),
    request_body(description = "The file", content_type = "application/octet-stream", content = String),
    responses((status = 201, description = "The attachment", body = AttachmentView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/attachments")]
pub async fn create(
    app: web::Data<App>,
    req: HttpRequest,
    id: web::Path<Uuid>,
    query: Query<AttachmentQuery>,
    payload: web::Payload,
) -> Result<HttpResponse, ApiError> {
    let write = Input::head(&req)?;
    let digest = content_digest(req.headers())?;
    refuse_length(&req, app.attachments.limits.file_bytes)?;
    let new = New { need: NeedId(id.into_inner()), file_name: file_name(&query.0)?, purpose: query.0.purpose };
    new.is_for(&app, write.call.viewer().clone()).await?;
    let busy = || ApiError::new("overloaded").header("Retry-After", "5");
    let _place = app.attachments.running.try_acquire().map_err(|_| busy())?;
    let received = receive(&app.attachments, payload).await?;
    if digest.is_some_and(|said| said != received.digest) {
        return Err(ApiError::new("digest_mismatch"));
    }
    add(&app, write, new, received).await
}

/// Refuses at once what is known to be too large.
fn refuse_length(req: &HttpRequest, limit: u64) -> Result<(), ApiError> {
    let length = text_header(req.headers(), &header::CONTENT_LENGTH)?.and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit) { Err(too_large(limit)) } else { Ok(()) }
}

fn file_name(query: &AttachmentQuery) -> Result<FileName, ApiError> {
    FileName::parse(&query.file_name).map_err(|fault| match fault {
        FileNameFault::Malformed => invalid_parameter("invalid_query", "file_name", "1–200, no / and no \\"),
        FileNameFault::NationalId => ApiError::fault(Fault::new("national_id", "file_name").with("rule", "N15")),
    })
}
