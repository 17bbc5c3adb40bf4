//! Writing needs: begun, changed, moved along, frozen at submission, taken away.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::{Content, Need, NeedCommand, WrongState};
use thiserror::Error;

use super::attachments;
use super::queries::find_submitted;
use super::rows::{DOCUMENT, NeedRow, Submitted, VersionRow};
use super::search::{self, index_draft};
use crate::codec::{document, to_document};
use crate::error::{StoreError, WriteError};
use crate::schema::{
    joint_drafts, need_areas, need_external_refs, need_parties, need_private_owners, need_versions, needs,
};
use crate::store::Tx;
use crate::time::to_column;

/// Adds a need.
pub fn insert(tx: &mut Tx, need: &Need) -> Result<(), StoreError> {
    diesel::insert_into(needs::table).values(NeedRow::of(need)?).execute(tx.connection())?;
    index_draft(tx, need)?;
    write_areas(tx, need.id, &need.content, false)
}

/// Writes what the sender changed in its document, raising the version. The need was read whole, as its sender.
pub fn save_document(tx: &mut Tx, need: &Need, at: DateTime<Utc>) -> Result<Need, StoreError> {
    let changed = diesel::update(needs::table.find(need.id.to_string()).filter(needs::version.eq(need.version)))
        .set((
            needs::title.eq(&need.content.title),
            needs::amount_nok.eq(need.content.amount.kroner()),
            needs::language.eq(need.content.language.as_str()),
            needs::content.eq(to_document(DOCUMENT, &need.content)?),
            needs::version.eq(need.version + 1),
            needs::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    only_one(changed)?;
    index_draft(tx, need)?;
    write_areas(tx, need.id, &need.content, false)?;
    Ok(Need { version: need.version + 1, updated_at: domain::time::to_microseconds(at), ..need.clone() })
}

/// Writes where a need is on its way, raising the version; its document stays as it is.
pub fn save_progress(tx: &mut Tx, need: &Need, at: DateTime<Utc>) -> Result<Need, StoreError> {
    let returned = need.returned.as_ref();
    let changed = diesel::update(needs::table.find(need.id.to_string()).filter(needs::version.eq(need.version)))
        .set((
            needs::state.eq(need.state.as_str()),
            needs::reference.eq(&need.reference),
            needs::submitted_version.eq(need.submitted_version),
            needs::submitted_at.eq(need.submitted_at.map(to_column)),
            needs::reply_by.eq(returned.map(|terms| terms.reply_by)),
            needs::return_reason.eq(returned.map(|terms| terms.reason.clone())),
            needs::may_ask_for_more.eq(returned.is_some_and(|terms| terms.may_ask_for_more)),
            needs::dismissal_reason.eq(&need.dismissal),
            needs::transferred_to.eq(need.transferred_to.map(|id| id.to_string())),
            needs::version.eq(need.version + 1),
            needs::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    only_one(changed)?;
    Ok(Need { version: need.version + 1, updated_at: domain::time::to_microseconds(at), ..need.clone() })
}

/// Holds a need as it was read until the transaction ends: whoever would change it waits, and where somebody has
/// changed it meanwhile, this write runs again. For writes to what hangs on a need.
pub fn hold(tx: &mut Tx, need: &Need) -> Result<(), StoreError> {
    let row = needs::table.find(need.id.to_string()).filter(needs::version.eq(need.version));
    only_one(diesel::update(row).set(needs::version.eq(need.version)).execute(tx.connection())?)
}

fn only_one(changed: usize) -> Result<(), StoreError> {
    if changed == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Gives a need its reference. Its version was raised in the same transaction.
pub fn set_reference(tx: &mut Tx, id: NeedId, reference: &str) -> Result<(), StoreError> {
    let changed = diesel::update(needs::table.find(id.to_string()))
        .set(needs::reference.eq(reference))
        .execute(tx.connection())?;
    only_one(changed)
}

/// Freezes a submission, with the attachments of the case as they are.
pub fn insert_submission(tx: &mut Tx, submitted: &Submitted) -> Result<(), StoreError> {
    attachments::submit(tx, submitted.need, submitted.n, submitted.submitted_at)?;
    diesel::insert_into(need_versions::table).values(VersionRow::of(submitted)?).execute(tx.connection())?;
    write_areas(tx, submitted.need, &submitted.content, true)
}

/// Takes the contact out of every submission of a need: it tells of people, and nobody asks them any more.
pub fn erase_contact_from_submissions(tx: &mut Tx, id: NeedId) -> Result<(), StoreError> {
    let frozen: Vec<(i64, String)> = need_versions::table
        .filter(need_versions::need_id.eq(id.to_string()))
        .select((need_versions::n, need_versions::content))
        .load(tx.connection())?;
    for (n, content) in frozen {
        let content = Content { contact: None, ..document(DOCUMENT, &content)? };
        diesel::update(need_versions::table.find((id.to_string(), n)))
            .set(need_versions::content.eq(to_document(DOCUMENT, &content)?))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The areas as queries find them, for the draft or for the newest submission.
fn write_areas(tx: &mut Tx, id: NeedId, content: &Content, submitted: bool) -> Result<(), StoreError> {
    let old =
        need_areas::table.filter(need_areas::need_id.eq(id.to_string())).filter(need_areas::submitted.eq(submitted));
    diesel::delete(old).execute(tx.connection())?;
    for need in &content.areas {
        diesel::insert_into(need_areas::table)
            .values((
                need_areas::need_id.eq(id.to_string()),
                need_areas::area.eq(&need.area),
                need_areas::submitted.eq(submitted),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Takes a draft away that was never submitted, with everything that hangs on it. It is shared with no network any
/// more.
pub fn delete_draft(tx: &mut Tx, need: &Need) -> Result<(), StoreError> {
    let id = need.id.to_string();
    search::remove(tx, need.id)?;
    attachments::delete_of_draft(tx, need.id)?;
    diesel::delete(need_areas::table.filter(need_areas::need_id.eq(&id))).execute(tx.connection())?;
    diesel::delete(need_parties::table.filter(need_parties::need_id.eq(&id))).execute(tx.connection())?;
    diesel::delete(need_private_owners::table.filter(need_private_owners::need_id.eq(&id))).execute(tx.connection())?;
    diesel::delete(need_external_refs::table.filter(need_external_refs::need_id.eq(&id))).execute(tx.connection())?;
    diesel::delete(joint_drafts::table.find(&id)).execute(tx.connection())?;
    let gone =
        diesel::delete(needs::table.find(&id).filter(needs::version.eq(need.version))).execute(tx.connection())?;
    only_one(gone)
}

/// A need before and after a step, each with its newest submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Before.
    pub before: Need,
    /// After: state and version are new.
    pub after: Need,
}

/// Why a need was not moved.
#[derive(Debug, Error)]
pub enum MoveError {
    /// Its state does not take the step.
    #[error(transparent)]
    WrongState(#[from] WrongState),
    /// The store's own fault.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl WriteError for MoveError {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Store(error) => Some(error),
            Self::WrongState(_) => None,
        }
    }
}

/// Moves a submitted need one step along its state chart, raising its version: what forum and funding do to needs.
/// The caller writes the audit row and the event of the step.
pub fn advance(tx: &mut Tx, id: NeedId, command: NeedCommand, at: DateTime<Utc>) -> Result<Moved, MoveError> {
    let before = find_submitted(tx, id)?.ok_or_else(|| StoreError::corrupt("need", "it was never submitted"))?;
    let state = before.state.apply(command)?;
    let after = save_progress(tx, &Need { state, ..before.clone() }, at)?;
    Ok(Moved { before, after })
}
