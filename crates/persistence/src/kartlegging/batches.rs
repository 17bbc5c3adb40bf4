//! Queries on batches. A batch is seen by its sender, and by the owners of the units that it speaks about.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::BatchId;
use domain::kartlegging::{Mode, Period, State, Summary};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::load::Upload;
use super::parts;
use super::rows::{BatchRow, StoredBatch};
use crate::codec::{parse, to_document};
use crate::connection::{AnyConnection, MultiBackend};
use crate::error::StoreError;
use crate::listing::Window;
use crate::on_backend;
use crate::schema::{batch_units, batches, units};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// Which batches a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BatchFilter {
    /// Sent by this organisation.
    pub sender: Option<OrgNr>,
    /// Of this instrument.
    pub instrument: Option<String>,
    /// Of this period.
    pub period: Option<Period>,
    /// In this state.
    pub state: Option<State>,
    /// Of this mode.
    pub mode: Option<Mode>,
    /// Dry runs only, or none of them.
    pub dry_run: Option<bool>,
}

/// What a sender says about a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBatch {
    /// Its id.
    pub id: BatchId,
    /// Who sends.
    pub sender: OrgNr,
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// What to do when rows are faulty (K04).
    pub mode: Mode,
    /// Whether only to tell what would become of it.
    pub dry_run: bool,
    /// What the sender calls the file or the system it came from.
    pub source: Option<String>,
    /// The sender's scheme of codes by which the rows name units, where it uses one.
    pub code_scheme: Option<String>,
}

impl NewBatch {
    /// The row of a batch that nothing has come of yet.
    fn row(&self, state: State, at: DateTime<Utc>) -> BatchRow {
        BatchRow {
            id: self.id.to_string(),
            sender_orgnr: self.sender.to_string(),
            instrument: self.instrument.clone(),
            period: self.period.to_string(),
            mode: self.mode.to_string(),
            dry_run: self.dry_run,
            state: state.to_string(),
            source: self.source.clone(),
            digest: String::new(),
            received: 0,
            created: 0,
            updated: 0,
            unchanged: 0,
            rejected: 0,
            owned_by_other: 0,
            findings: "[]".to_owned(),
            version: 1,
            created_at: to_column(at),
            updated_at: to_column(at),
            committed_at: None,
            expires_at: None,
            code_scheme: self.code_scheme.clone(),
        }
    }
}

/// Adds a batch that waits for its parts until it expires.
pub fn open(
    tx: &mut Tx,
    new: &NewBatch,
    at: DateTime<Utc>,
    expires_at: DateTime<Utc>,
) -> Result<StoredBatch, StoreError> {
    let row = BatchRow { expires_at: Some(to_column(expires_at)), ..new.row(State::Open, at) };
    diesel::insert_into(batches::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
}

/// Adds the batch of an upload in its last state.
pub(super) fn insert(tx: &mut Tx, upload: &Upload, state: State, summary: &Summary) -> Result<StoredBatch, StoreError> {
    let row = ended(upload.batch.row(state, upload.at), upload, state, summary)?;
    diesel::insert_into(batches::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
}

/// Ends a batch that came in parts.
pub(super) fn finish(tx: &mut Tx, upload: &Upload, state: State, summary: &Summary) -> Result<StoredBatch, StoreError> {
    let there: BatchRow = batches::table.find(upload.batch.id.to_string()).first(tx.connection())?;
    let version = there.version + 1;
    let row = BatchRow { version, ..ended(there, upload, state, summary)? };
    diesel::update(batches::table.find(&row.id)).set(&row).execute(tx.connection())?;
    row.try_into()
}

/// The row of a batch once it is known what became of its rows.
fn ended(row: BatchRow, upload: &Upload, state: State, summary: &Summary) -> Result<BatchRow, StoreError> {
    let (counts, at) = (&summary.counts, to_column(upload.at));
    Ok(BatchRow {
        state: state.to_string(),
        digest: upload.digest.clone(),
        received: counts.received,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        rejected: counts.rejected,
        owned_by_other: counts.owned_by_other,
        findings: to_document("batch", &summary.groups)?,
        updated_at: at,
        committed_at: (state == State::Committed).then_some(at),
        ..row
    })
}

/// Holds a batch until the transaction ends, so that nobody puts a part or commits it meanwhile.
pub fn hold(tx: &mut Tx, id: BatchId) -> Result<Option<StoredBatch>, StoreError> {
    if let AnyConnection::Postgres(connection) = tx.connection() {
        let row = batches::table.find(id.to_string()).select(batches::id).for_update();
        row.execute(connection)?;
    }
    stored(tx, id)
}

/// The batch with this id, whoever asks.
pub(super) fn stored(reader: &mut Reader, id: BatchId) -> Result<Option<StoredBatch>, StoreError> {
    let row: Option<BatchRow> = batches::table.find(id.to_string()).first(reader.connection()).optional()?;
    row.map(StoredBatch::try_from).transpose()
}

/// Moves a batch that is held to another state, and says until when it waits for more.
pub fn move_to(
    tx: &mut Tx,
    held: &StoredBatch,
    state: State,
    at: DateTime<Utc>,
    expires_at: Option<DateTime<Utc>>,
) -> Result<StoredBatch, StoreError> {
    let moved = diesel::update(batches::table.find(held.id.to_string()).filter(batches::version.eq(held.version)))
        .set((
            batches::state.eq(state.as_str()),
            batches::version.eq(held.version + 1),
            batches::updated_at.eq(to_column(at)),
            batches::expires_at.eq(expires_at.map(to_column)),
        ))
        .execute(tx.connection())?;
    if moved == 0 {
        return Err(StoreError::Stale);
    }
    if state.is_final() {
        parts::forget(tx, held.id)?;
    }
    stored(tx, held.id)?.ok_or(StoreError::Stale)
}

/// Batches that were committed and are not applied yet, oldest first.
pub fn to_apply(reader: &mut Reader) -> Result<Vec<BatchId>, StoreError> {
    ids(batches::table.filter(batches::state.eq(State::Processing.as_str())).into_boxed(), reader)
}

/// Batches for whose parts nobody waits any more, oldest first.
pub fn to_expire(reader: &mut Reader, now: DateTime<Utc>) -> Result<Vec<BatchId>, StoreError> {
    let waiting = batches::state.eq_any([State::Open.as_str(), State::Receiving.as_str()]);
    ids(batches::table.filter(waiting).filter(batches::expires_at.lt(to_column(now))).into_boxed(), reader)
}

fn ids(query: batches::BoxedQuery<'_, MultiBackend>, reader: &mut Reader) -> Result<Vec<BatchId>, StoreError> {
    let ids: Vec<String> = query.order(batches::id).limit(100).select(batches::id).load(reader.connection())?;
    ids.iter().map(|id| parse("batch", id)).collect()
}

/// Notes which units a batch speaks about, for those who own them.
pub(super) fn insert_units(tx: &mut Tx, upload: &Upload, positions: &[usize]) -> Result<(), StoreError> {
    let batch = upload.batch.id.to_string();
    let rows: Vec<_> = positions
        .iter()
        .map(|position| {
            let unit = upload.spool.places().units()[*position].as_str();
            (batch_units::batch_id.eq(&batch), batch_units::unit_orgnr.eq(unit))
        })
        .collect();
    for some in rows.chunks(500) {
        on_backend!(tx.connection(), connection => {
            diesel::insert_into(batch_units::table).values(some.to_vec()).execute(connection)?
        });
    }
    Ok(())
}

/// The units of a batch that belong to an owner.
pub fn units_of_owner(reader: &mut Reader, batch: BatchId, owner: &OrgNr) -> Result<HashSet<String>, StoreError> {
    let units: Vec<String> = batch_units::table
        .inner_join(units::table.on(units::orgnr.eq(batch_units::unit_orgnr)))
        .filter(batch_units::batch_id.eq(batch.to_string()))
        .filter(units::owner_orgnr.eq(owner.as_str()))
        .select(batch_units::unit_orgnr)
        .load(reader.connection())?;
    Ok(units.into_iter().collect())
}

/// The batch with this id, if the viewer may see it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: BatchId) -> Result<Option<StoredBatch>, StoreError> {
    let row: Option<BatchRow> =
        visible_to(viewer).filter(batches::id.eq(id.to_string())).first(reader.connection()).optional()?;
    row.map(StoredBatch::try_from).transpose()
}

/// A page of the batches that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &BatchFilter,
    window: &Window,
) -> Result<Vec<StoredBatch>, StoreError> {
    let mut query = matching(viewer, filter, window).order(batches::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(batches::id.gt(after.clone()));
    }
    let rows: Vec<BatchRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredBatch::try_from).collect()
}

/// How many batches the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &BatchFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn visible_to(viewer: &Viewer) -> batches::BoxedQuery<'static, MultiBackend> {
    let viewer = viewer.orgnr.to_string();
    let about_a_unit_of_the_viewer = batch_units::table
        .inner_join(units::table.on(units::orgnr.eq(batch_units::unit_orgnr)))
        .filter(batch_units::batch_id.eq(batches::id))
        .filter(units::owner_orgnr.eq(viewer.clone()));
    batches::table.filter(batches::sender_orgnr.eq(viewer).or(exists(about_a_unit_of_the_viewer))).into_boxed()
}

fn matching(viewer: &Viewer, filter: &BatchFilter, window: &Window) -> batches::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(viewer);
    if let Some(sender) = &filter.sender {
        query = query.filter(batches::sender_orgnr.eq(sender.to_string()));
    }
    if let Some(instrument) = &filter.instrument {
        query = query.filter(batches::instrument.eq(instrument.clone()));
    }
    if let Some(period) = filter.period {
        query = query.filter(batches::period.eq(period.to_string()));
    }
    if let Some(state) = filter.state {
        query = query.filter(batches::state.eq(state.as_str()));
    }
    if let Some(mode) = filter.mode {
        query = query.filter(batches::mode.eq(mode.as_str()));
    }
    if let Some(dry_run) = filter.dry_run {
        query = query.filter(batches::dry_run.eq(dry_run));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(batches::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(batches::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these batches, those that the viewer may see.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible_to(viewer).filter(batches::id.eq_any(ids)).select(batches::id).load(reader.connection())?;
    seen.iter().map(|id| parse("batch", id)).collect()
}
