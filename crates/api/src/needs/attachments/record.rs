//! What adding and removing attachments leaves behind, and how their rules are answered.

use contract::needs::Attachment as AttachmentView;
use domain::event::{Subject, SubjectKind};
use domain::needs::{AddError, Attachment, Need, QuotaExceeded, RemoveError};

use crate::error::ApiError;
use crate::http::write::{Change, Stop, Write};
use crate::needs::load::wrong_state;

/// Leaves the audit row and the event: before and after, each where there is one.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    need: &Need,
    (action, happened): (&'static str, &'static str),
    (before, after): (Option<&Attachment>, Option<&Attachment>),
) -> Result<(), Stop> {
    let Some(attachment) = after.or(before) else { return Ok(()) };
    let trail = |attachment: &Attachment| serde_json::to_value(AttachmentView::from(attachment)).ok();
    write.record(Change {
        subject: Subject::new(SubjectKind::Attachment, attachment.id.0),
        action,
        happened,
        county_governor: Some(&need.county_governor),
        reference: need.reference.as_deref(),
        version: attachment.version,
        state: happened,
        changed: &[],
        before: before.and_then(trail),
        after: after.and_then(trail),
    })
}

/// Why it is not added, as the caller is told.
pub(in crate::needs) fn not_added(error: AddError) -> ApiError {
    match error {
        AddError::NotYours => ApiError::not_yours(),
        AddError::WrongState(state) => wrong_state(state),
        AddError::NeverSubmitted(_) => ApiError::new("need_not_submitted"),
    }
}

/// Why it is not removed, as the caller is told.
pub(super) fn not_removed(error: RemoveError) -> ApiError {
    match error {
        RemoveError::NotYours => ApiError::not_yours(),
        RemoveError::WrongState(state) => wrong_state(state),
        RemoveError::AlreadyRemoved => ApiError::new("attachment_in_submission"),
    }
}

/// Why there is no room for it, as the caller is told.
pub(super) fn no_room(exceeded: QuotaExceeded) -> ApiError {
    let (limit, used) = (exceeded.limit, exceeded.used);
    ApiError::new("attachment_quota_exceeded").with("limit_bytes", limit).with("used_bytes", used)
}
