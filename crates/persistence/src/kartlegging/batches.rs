//! Queries on batches. A batch is seen by its sender, and by the owners of the units that it speaks about.

use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::BatchId;
use domain::kartlegging::{Mode, Period, State, Summary};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::load::Upload;
use super::rows::{BatchRow, StoredBatch};
use crate::connection::MultiBackend;
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

/// Adds the batch of an upload in its last state.
pub(super) fn insert(tx: &mut Tx, upload: &Upload, state: State, summary: &Summary) -> Result<StoredBatch, StoreError> {
    let at = to_column(upload.at);
    let counts = &summary.counts;
    let row = BatchRow {
        id: upload.id.to_string(),
        sender_orgnr: upload.sender.to_string(),
        instrument: upload.instrument.clone(),
        period: upload.period.to_string(),
        mode: upload.mode.to_string(),
        dry_run: upload.dry_run,
        state: state.to_string(),
        source: upload.source.clone(),
        digest: upload.digest.clone(),
        received: counts.received,
        created: counts.created,
        updated: counts.updated,
        unchanged: counts.unchanged,
        rejected: counts.rejected,
        owned_by_other: counts.owned_by_other,
        findings: serde_json::to_string(&summary.groups).map_err(|why| StoreError::corrupt("batch", why))?,
        version: 1,
        created_at: at,
        updated_at: at,
        committed_at: (state == State::Committed).then_some(at),
    };
    diesel::insert_into(batches::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
}

/// Notes which units a batch speaks about, for those who own them.
pub(super) fn insert_units(tx: &mut Tx, upload: &Upload, positions: &[usize]) -> Result<(), StoreError> {
    let batch = upload.id.to_string();
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
    seen.iter().map(|id| id.parse().map_err(|why| StoreError::corrupt("batch", why))).collect()
}
