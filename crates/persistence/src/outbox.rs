//! The outbox: events written with their change, numbered afterwards.
//!
//! A row is inserted without a position. Positions are given by [`sequence`] to rows that are committed, by one
//! holder at a time, so a reader that has seen position n has seen all up to n, whatever order the transactions
//! committed in.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::event::{Event, EventData, Subject, SubjectKind};
use domain::ids::EventId;

use crate::backend::transaction_lock;
use crate::codec::to_document;
use crate::error::StoreError;
use crate::schema::outbox;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// Any number nobody else locks by.
const SEQUENCER_LOCK: i64 = 0x6b6f_6d70_0001;

/// An event with its place in the feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its id.
    pub id: EventId,
    /// Its place in the feed, from 1, without gaps.
    pub position: i64,
    /// Its type on the wire.
    pub type_name: String,
    /// What it is about.
    pub subject: Subject,
    /// The county governor in whose area it happened.
    pub county_governor: Option<String>,
    /// When.
    pub occurred_at: DateTime<Utc>,
    /// Its small body.
    pub data: EventData,
}

/// Puts an event into the outbox, in the transaction of its change.
pub fn append(tx: &mut Tx, id: EventId, at: DateTime<Utc>, event: &Event) -> Result<(), StoreError> {
    let data = to_document("event", &event.data)?;
    diesel::insert_into(outbox::table)
        .values((
            outbox::id.eq(id.to_string()),
            outbox::type_.eq(event.type_name()),
            outbox::subject_kind.eq(event.subject.kind.as_str()),
            outbox::subject_id.eq(event.subject.id.to_string()),
            outbox::county_governor.eq(&event.county_governor),
            outbox::occurred_at.eq(to_column(at)),
            outbox::data.eq(data),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Whether committed events wait for their position.
pub fn any_without_position(reader: &mut Reader) -> Result<bool, StoreError> {
    let waiting = outbox::table.filter(outbox::position.is_null()).select(outbox::id).limit(1);
    Ok(waiting.first::<String>(reader.connection()).optional()?.is_some())
}

/// Gives the next positions to all committed events that have none. One holder at a time; another one waits for it,
/// so that a reader who asks for this sees everything that was committed before. Answers how many got a position.
pub fn sequence(tx: &mut Tx) -> Result<usize, StoreError> {
    transaction_lock(tx.connection(), SEQUENCER_LOCK)?;
    let last: Option<i64> = outbox::table.select(diesel::dsl::max(outbox::position)).first(tx.connection())?;
    let waiting: Vec<String> = outbox::table
        .filter(outbox::position.is_null())
        .order(outbox::id)
        .select(outbox::id)
        .limit(1_000)
        .load(tx.connection())?;
    for (id, position) in waiting.iter().zip(last.unwrap_or(0) + 1..) {
        diesel::update(outbox::table.find(id)).set(outbox::position.eq(position)).execute(tx.connection())?;
    }
    Ok(waiting.len())
}

/// The next events after a position, in order, whoever may see them: the caller asks the features which.
pub fn after(reader: &mut Reader, position: i64, limit: i64) -> Result<Vec<StoredEvent>, StoreError> {
    type Row = (String, Option<i64>, String, String, String, Option<String>, chrono::NaiveDateTime, String);
    let rows: Vec<Row> = outbox::table
        .filter(outbox::position.gt(position))
        .order(outbox::position)
        .limit(limit)
        .load(reader.connection())?;
    rows.into_iter()
        .map(|(id, position, type_name, kind, subject_id, county_governor, occurred_at, data)| {
            let wrong = |why: &dyn ToString| StoreError::corrupt("event", why.to_string());
            Ok(StoredEvent {
                id: id.parse().map_err(|e| wrong(&e))?,
                position: position.ok_or_else(|| wrong(&"it has no position"))?,
                type_name,
                subject: Subject {
                    kind: kind.parse::<SubjectKind>().map_err(|e| wrong(&e))?,
                    id: subject_id.parse().map_err(|e| wrong(&e))?,
                },
                county_governor,
                occurred_at: from_column(occurred_at),
                data: serde_json::from_str(&data).map_err(|e| wrong(&e))?,
            })
        })
        .collect()
}
