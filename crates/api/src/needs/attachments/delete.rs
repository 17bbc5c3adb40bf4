//! `DELETE /v1/needs/{id}/attachments/{aid}`.

use actix_web::{HttpResponse, delete, web};
use domain::ids::{AttachmentId, NeedId};
use domain::needs::{Attachment, AttachmentPurpose, Removal, RemoveError};
use persistence::needs;
use persistence::needs::attachments;
use uuid::Uuid;

use super::record::{change, not_removed};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::needs::load::visible;

/// Removes an attachment.
///
/// For the case: by the sender, while the need is a draft or returned. What was submitted before leaves the draft only,
/// and stays with the submissions that had it. For the dialogue: by the side that added it, as long as no message names
/// it.
#[utoipa::path(
    tag = "needs",
    operation_id = "delete_attachment",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("aid" = Uuid, Path, description = "The attachment's id"),
    ),
    responses((status = 204, description = "The attachment is removed")),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}/attachments/{aid}")]
pub async fn delete(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, attachment) = path.into_inner();
    let (id, attachment) = (NeedId(id), AttachmentId(attachment));
    app.write("attachment.delete", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (need, reading) = visible(write, &viewer, id)?;
        let found = attachments::find(write, id, &reading, attachment)?.ok_or_else(ApiError::not_found)?;
        let before = found.attachment;
        let removal = before.removal(&need, &reading);
        if removal == Err(RemoveError::NotYours) {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        needs::hold(write, &need)?;
        let after = match removal.map_err(not_removed)? {
            Removal::Whole => {
                whole(write, &before)?;
                None
            }
            Removal::FromDraft { last_version } => {
                let now = domain::time::to_microseconds(write.call().now);
                attachments::take_out(write, &before, last_version, now)?;
                let (last_version, version) = (Some(last_version), before.version + 1);
                Some(Attachment { last_version, version, updated_at: now, ..before.clone() })
            }
        };
        change(write, &need, ("attachment.delete", "removed"), (Some(&before), after.as_ref()))?;
        Ok(Answer::no_content())
    })
    .await
}

/// Deletes the row, unless a message needs it.
fn whole(tx: &mut persistence::Tx, attachment: &Attachment) -> Result<(), ApiError> {
    if attachment.purpose == AttachmentPurpose::Dialogue && attachments::is_named(tx, attachment.id)? {
        return Err(ApiError::new("attachment_in_message"));
    }
    Ok(attachments::delete(tx, attachment)?)
}
