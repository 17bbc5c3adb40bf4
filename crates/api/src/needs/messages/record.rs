//! Finding the dialogue for a caller, how a message is shown, and what a change leaves behind.

use contract::needs::{Message as MessageView, MessageAttachment};
use domain::actor::Viewer;
use domain::event::{Subject, SubjectKind};
use domain::ids::NeedId;
use domain::needs::{DialogueSide, Need, may_write};
use persistence::Reader;
use persistence::needs::messages::ShownMessage;

use crate::error::ApiError;
use crate::http::write::{Change, Stop, Write};
use crate::needs::load::visible;

/// The need and the caller's side in its dialogue. To everybody else who sees the need there is none.
pub(super) fn dialogue(reader: &mut Reader, viewer: &Viewer, id: NeedId) -> Result<(Need, DialogueSide), ApiError> {
    let (need, reading) = visible(reader, viewer, id)?;
    let side = reading.side().ok_or_else(ApiError::not_found)?;
    Ok((need, side))
}

/// There is a dialogue from the first submission on.
pub(in crate::needs) fn writable(need: &Need) -> Result<(), ApiError> {
    may_write(need).map_err(|_| ApiError::new("need_not_submitted"))
}

/// A message as one side sees it.
pub(super) fn view(shown: &ShownMessage, side: DialogueSide) -> MessageView {
    let message = &shown.message;
    let named = shown.file_names.iter();
    MessageView {
        id: message.id.0,
        need_id: message.need.0,
        side: message.side,
        author_orgnr: message.author.to_string(),
        author_name: shown.author_name.clone(),
        text: message.text.clone(),
        attachments: named.map(|(id, name)| MessageAttachment { id: id.0, file_name: name.clone() }).collect(),
        unread: message.is_unread_by(side),
        read_at: message.read_at,
        version: message.version,
        created_at: message.created_at,
        updated_at: message.updated_at,
    }
}

/// Leaves the audit row and the event of a change.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    need: &Need,
    (action, happened): (&'static str, &'static str),
    before: Option<&MessageView>,
    after: &MessageView,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Message, after.id),
        action,
        happened,
        county_governor: Some(&need.county_governor),
        reference: need.reference.as_deref(),
        version: after.version,
        state: if after.read_at.is_some() { "read" } else { "unread" },
        changed: if before.is_some() { &["read_at"] } else { &[] },
        before: before.and_then(|view| serde_json::to_value(view).ok()),
        after: serde_json::to_value(after).ok(),
    })
}
