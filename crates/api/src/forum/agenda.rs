//! The agenda and the needs on it: what an item does to its need, and when.

use contract::problem::Fault;
use domain::forum::{AgendaItem, ItemSubject, MeetingState};
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, NeedState, ReturnTerms};
use persistence::forum::items::{self, StoredItem};
use persistence::{StoreError, needs};

use super::records::{self, deed};
use crate::error::ApiError;
use crate::http::write::{Stop, Write};
use crate::needs::record;

/// Puts a need on an agenda: it has been accepted, or was postponed by an earlier meeting.
pub(super) fn put_on<T>(write: &mut Write<'_, T>, need: &Need) -> Result<(), Stop> {
    match need.state {
        NeedState::Accepted | NeedState::Postponed => advance(write, need.id, NeedCommand::PutOnAgenda),
        state => Err(ApiError::state(state).with("command", NeedCommand::PutOnAgenda.as_str()).into()),
    }
}

/// Takes an item off its agenda; its need waits for another meeting.
pub(super) fn remove<T>(
    write: &mut Write<'_, T>,
    before: StoredItem,
    meeting: MeetingState,
    reason: &str,
) -> Result<StoredItem, Stop> {
    let now = write.call().now;
    let mut after = before.clone();
    after.item.remove(reason.to_owned(), meeting, now).map_err(ApiError::from)?;
    if let ItemSubject::Need(need) = after.item.subject {
        advance(write, need, NeedCommand::RemoveFromAgenda)?;
    }
    let after = items::update(write, after, now)?;
    records::item(write, deed("agenda_item.remove", "removed"), Some(&before), &after)?;
    Ok(after)
}

/// Postpones an item that the closing meeting did not come to an end with, for a reason; others stay as they are.
pub(super) fn postpone_undecided<T>(
    write: &mut Write<'_, T>,
    before: StoredItem,
    reason: Option<&str>,
) -> Result<StoredItem, Stop> {
    if !before.item.state.is_undecided() {
        return Ok(before);
    }
    let reason = reason.ok_or_else(|| ApiError::fault(Fault::new("reason_missing", "/postponed_because")))?;
    let now = write.call().now;
    let mut after = before.clone();
    after.item.postpone_at_close(reason.to_owned(), now);
    let after = items::update(write, after, now)?;
    records::item(write, deed("agenda_item.postpone", "postponed"), Some(&before), &after)?;
    Ok(after)
}

/// Tells a need what its item ended in, when the meeting is closed (F06). A need that was withdrawn meanwhile is
/// left alone.
pub(super) fn tell_need<T>(write: &mut Write<'_, T>, item: &AgendaItem) -> Result<(), Stop> {
    let (ItemSubject::Need(id), Some(command)) = (item.subject, item.need_command_at_close()) else { return Ok(()) };
    let before = submitted(write, id)?;
    if before.state != NeedState::OnAgenda {
        return Ok(());
    }
    let state = before.state.apply(command).map_err(|error| ApiError::state(error.state))?;
    let returned = if state == NeedState::Returned { return_terms(item) } else { before.returned.clone() };
    let now = write.call().now;
    let after = needs::save_progress(write, &Need { state, returned, ..before.clone() }, now)?;
    record::step(write, command, &before, &after)
}

/// A need as submitted; the caller has found it before.
pub(super) fn submitted<T>(write: &mut Write<'_, T>, id: NeedId) -> Result<Need, StoreError> {
    needs::find_submitted(write, id)?.ok_or_else(|| StoreError::corrupt("agenda item", "its need was never submitted"))
}

fn return_terms(item: &AgendaItem) -> Option<ReturnTerms> {
    let ending = item.ending.as_ref()?;
    Some(ReturnTerms {
        reply_by: ending.reply_by?,
        reason: ending.reason.clone()?,
        may_ask_for_more: ending.may_ask_for_more,
    })
}

fn advance<T>(write: &mut Write<'_, T>, id: NeedId, command: NeedCommand) -> Result<(), Stop> {
    let before = submitted(write, id)?;
    let state = before.state.apply(command).map_err(|error| ApiError::state(error.state))?;
    let now = write.call().now;
    let after = needs::save_progress(write, &Need { state, ..before.clone() }, now)?;
    record::step(write, command, &before, &after)
}
