//! `GET /v1/needs/{id}/attachments/{aid}`.

use actix_web::{HttpResponse, get, web};
use contract::needs::Attachment as AttachmentView;
use domain::actor::Viewer;
use domain::ids::{AttachmentId, NeedId};
use persistence::Reader;
use persistence::needs::attachments::{self, StoredAttachment};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::needs::load::visible;

/// Reads about an attachment.
///
/// What it is, how long, and its SHA-256; its bytes are under `…/content`. Attachments for the dialogue are shown to
/// sender and county governor alone, those for the case to whoever reads the need, once they are submitted; to the
/// sender, those that it invited and the networks that the need is shared with also before.
#[utoipa::path(
    tag = "needs",
    operation_id = "get_attachment",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("aid" = Uuid, Path, description = "The attachment's id"),
    ),
    responses((status = 200, description = "The attachment", body = AttachmentView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/attachments/{aid}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, ApiError> {
    let path = path.into_inner();
    app.read::<_, ApiError>("attachment.get", call, move |reader, call| {
        let attachment = find(reader, call.viewer(), path)?.attachment;
        Answer::ok(&AttachmentView::from(&attachment), attachment.version)
    })
    .await
}

/// The attachment of a need, as the viewer sees both; absent and hidden are the same.
pub(super) fn find(
    reader: &mut Reader,
    viewer: &Viewer,
    (need, id): (Uuid, Uuid),
) -> Result<StoredAttachment, ApiError> {
    let (need, reading) = visible(reader, viewer, NeedId(need))?;
    let stored = attachments::find(reader, need.id, &reading, AttachmentId(id))?.ok_or_else(ApiError::not_found)?;
    Ok(StoredAttachment { attachment: stored.attachment.as_met(&reading, need.submitted_version), ..stored })
}
