//! `POST /v1/needs/{id}/messages`.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, post, web};
use contract::needs::{Message as MessageView, WriteMessage};
use contract::problem::Fault;
use domain::ids::{AttachmentId, MessageId, NeedId};
use domain::needs::{AttachmentPurpose, DialogueSide, Message, Reading};
use persistence::needs::{attachments, messages};
use persistence::{Reader, StoreError, needs};
use uuid::Uuid;

use super::record::{change, dialogue, view, writable};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Writes a message.
///
/// To the other side: the sender writes to the county governor of the round, and the county governor to the sender. There
/// is a dialogue from the need's first submission on, whatever becomes of the need then. A message can name attachments
/// that were added for the dialogue. Messages are not changed and not deleted.
#[utoipa::path(
    tag = "needs",
    operation_id = "create_message",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = WriteMessage,
    responses((status = 201, description = "The message", body = MessageView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/messages")]
pub async fn create(
    app: web::Data<App>,
    input: Input<WriteMessage>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let (id, new) = (NeedId(id.into_inner()), MessageId(Uuid::now_v7()));
    app.write("message.create", input, move |write: &mut Write<'_, _>, body: &WriteMessage| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (need, side) = dialogue(write, &viewer, id)?;
        write.begin()?;
        writable(&need)?;
        // So that nobody removes an attachment that is being named.
        needs::hold(write, &need)?;
        let attachments = named(write, id, side, &body.attachments)?;
        let now = domain::time::to_microseconds(write.call().now);
        let message = Message {
            id: new,
            need: id,
            side,
            author: viewer.orgnr,
            text: body.text.clone(),
            attachments,
            read_at: None,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        messages::insert(write, &message)?;
        let shown = messages::find(write, id, new)?.ok_or_else(|| StoreError::corrupt("message", "it is gone"))?;
        let view = view(&shown, side);
        change(write, &need, ("message.create", "created"), None, &view)?;
        Ok(Answer::created(&view, view.version, format!("/v1/needs/{id}/messages?id={new}"))?)
    })
    .await
}

/// The attachments that a message names: of this need, for the dialogue, each once. All faults at once.
fn named(reader: &mut Reader, need: NeedId, side: DialogueSide, ids: &[Uuid]) -> Result<Vec<AttachmentId>, ApiError> {
    let reading = match side {
        DialogueSide::Sender => Reading::Own,
        DialogueSide::CountyGovernor => Reading::Office,
    };
    let (mut faults, mut seen) = (Vec::new(), BTreeSet::new());
    for (n, id) in ids.iter().map(|id| AttachmentId(*id)).enumerate() {
        let at = format!("/attachments/{n}");
        match attachments::find(reader, need, &reading, id)? {
            None => faults.push(Fault::new("unknown_reference", at)),
            Some(found) if found.attachment.purpose == AttachmentPurpose::Case => {
                faults.push(Fault::new("attachment_not_for_dialogue", at));
            }
            Some(_) if !seen.insert(id) => faults.push(Fault::new("not_unique", at)),
            Some(_) => {}
        }
    }
    if faults.is_empty() { Ok(seen.into_iter().collect()) } else { Err(ApiError::invalid(faults)) }
}
