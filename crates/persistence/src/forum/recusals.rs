//! Conflicts of interest: one row per agenda item and seat.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::forum::SeatConflicts;
use domain::ids::{AgendaItemId, SeatId};

use crate::codec::{document, parse, to_document};
use crate::error::StoreError;
use crate::schema::recusals;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// The conflicts of one seat in one item, with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecusal {
    /// The conflicts of its holder and its deputy.
    pub conflicts: SeatConflicts,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

type Row = (String, String, String, String, i64, NaiveDateTime);

fn stored((_, seat, holder, deputy, version, updated_at): Row) -> Result<StoredRecusal, StoreError> {
    let conflicts = SeatConflicts {
        seat: parse("recusal", &seat)?,
        holder: document("recusal", &holder)?,
        deputy: document("recusal", &deputy)?,
    };
    Ok(StoredRecusal { conflicts, version, updated_at: from_column(updated_at) })
}

/// The conflicts of an item, by seat.
pub fn of_item(reader: &mut Reader, item: AgendaItemId) -> Result<Vec<StoredRecusal>, StoreError> {
    let rows: Vec<Row> = recusals::table
        .filter(recusals::agenda_item_id.eq(item.to_string()))
        .order(recusals::seat_id)
        .load(reader.connection())?;
    rows.into_iter().map(stored).collect()
}

/// The conflicts of one seat in an item.
pub fn find(reader: &mut Reader, item: AgendaItemId, seat: SeatId) -> Result<Option<StoredRecusal>, StoreError> {
    let row: Option<Row> =
        recusals::table.find((item.to_string(), seat.to_string())).first(reader.connection()).optional()?;
    row.map(stored).transpose()
}

/// Writes down the conflicts of a seat: new ones, or in place of those of a version. Answers the new version.
pub fn put(
    tx: &mut Tx,
    item: AgendaItemId,
    conflicts: &SeatConflicts,
    version_before: Option<i64>,
    at: DateTime<Utc>,
) -> Result<i64, StoreError> {
    let holder = to_document("recusal", &conflicts.holder)?;
    let deputy = to_document("recusal", &conflicts.deputy)?;
    let key = (item.to_string(), conflicts.seat.to_string());
    let Some(version) = version_before else {
        diesel::insert_into(recusals::table)
            .values((
                recusals::agenda_item_id.eq(key.0),
                recusals::seat_id.eq(key.1),
                recusals::holder.eq(holder),
                recusals::deputy.eq(deputy),
                recusals::version.eq(1),
                recusals::updated_at.eq(to_column(at)),
            ))
            .execute(tx.connection())?;
        return Ok(1);
    };
    let changed = diesel::update(recusals::table.find(key).filter(recusals::version.eq(version)))
        .set((
            recusals::holder.eq(holder),
            recusals::deputy.eq(deputy),
            recusals::version.eq(version + 1),
            recusals::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed == 1 { Ok(version + 1) } else { Err(StoreError::Stale) }
}
