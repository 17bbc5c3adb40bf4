//! Finding a batch for its sender, and what a change of it leaves behind.

use chrono::{DateTime, Utc};
use domain::actor::Viewer;
use domain::event::{Subject, SubjectKind};
use domain::ids::BatchId;
use domain::kartlegging::{Command, State, next};
use domain::language::Language;
use persistence::kartlegging::{StoredBatch, batches};
use persistence::{Reader, StoreError, Tx, audit};
use serde_json::Value;

use super::get::view;
use crate::error::ApiError;
use crate::http::write::{Change, Stop, Write, leave};

/// The batch, for what its sender does alone.
pub(super) fn own(reader: &mut Reader, viewer: &Viewer, id: BatchId) -> Result<StoredBatch, ApiError> {
    let batch = batches::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)?;
    if batch.sender == viewer.orgnr { Ok(batch) } else { Err(ApiError::not_yours()) }
}

/// The same batch, held until the transaction ends.
pub(super) fn held(tx: &mut Tx, id: BatchId) -> Result<StoredBatch, ApiError> {
    batches::hold(tx, id)?.ok_or_else(ApiError::not_found)
}

/// Where a command leads the batch.
pub(super) fn applied(batch: &StoredBatch, command: Command) -> Result<State, ApiError> {
    next(batch.state, command).map_err(|illegal| ApiError::state(illegal.state))
}

/// Leaves the audit row and the event of a change of a batch: it is in another state now.
pub(in crate::kartlegging) fn change<T>(
    write: &mut Write<'_, T>,
    batch: &StoredBatch,
    action: &'static str,
    before: Option<&StoredBatch>,
) -> Result<(), Stop> {
    write.record(what_changed(batch, action, before))
}

/// The same for what the service does by itself, in the name of whoever last did what led to it.
pub(super) fn change_after(
    tx: &mut Tx,
    led_to_it: &'static str,
    now: DateTime<Utc>,
    (before, batch): (&StoredBatch, &StoredBatch),
    action: &'static str,
) -> Result<(), StoreError> {
    let change = what_changed(batch, action, Some(before));
    let author = audit::author_of(tx, &change.subject.to_string(), led_to_it)?;
    let author = author.ok_or_else(|| StoreError::corrupt("batch", format!("its trail has no {led_to_it}")))?;
    leave(tx, &author, now, change)
}

fn what_changed<'a>(batch: &'a StoredBatch, action: &'static str, before: Option<&StoredBatch>) -> Change<'a> {
    Change {
        subject: Subject::new(SubjectKind::Batch, batch.id.0),
        action,
        happened: batch.state.as_str(),
        county_governor: None,
        reference: None,
        version: batch.version,
        state: batch.state.as_str(),
        changed: if before.is_some() { &["state"] } else { &[] },
        before: before.and_then(trail),
        after: trail(batch),
    }
}

/// A batch as the trail keeps it: codes, in no language.
fn trail(batch: &StoredBatch) -> Option<Value> {
    serde_json::to_value(view(batch, true, Language::En)).ok()
}
