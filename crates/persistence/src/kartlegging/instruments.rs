//! Queries on instruments. Everybody with a token may see them.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::kartlegging::Instrument;

use crate::codec::{document, to_document};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::instruments;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

type Row = (String, String, i64, String, NaiveDateTime);

/// An instrument with when it was last changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredInstrument {
    /// The instrument.
    pub instrument: Instrument,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The instrument with this code.
pub fn find(reader: &mut Reader, code: &str) -> Result<Option<StoredInstrument>, StoreError> {
    let row: Option<Row> = instruments::table.find(code).first(reader.connection()).optional()?;
    row.map(read).transpose()
}

/// A page of instruments, by code.
pub fn list(reader: &mut Reader, family: Option<&str>, window: &Window) -> Result<Vec<StoredInstrument>, StoreError> {
    let mut query = matching(family, window).order(instruments::code).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(instruments::code.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    rows.into_iter().map(read).collect()
}

/// How many instruments the whole list holds.
pub fn count(reader: &mut Reader, family: Option<&str>, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(family, window).count().get_result(reader.connection())?)
}

fn matching(family: Option<&str>, window: &Window) -> instruments::BoxedQuery<'static, MultiBackend> {
    let mut query = instruments::table.into_boxed();
    if let Some(family) = family {
        query = query.filter(instruments::family.eq(family.to_owned()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(instruments::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(instruments::code.eq_any(window.ids.clone()));
    }
    query
}

fn read((_, _, _, content, updated_at): Row) -> Result<StoredInstrument, StoreError> {
    let instrument = document("instrument", &content)?;
    Ok(StoredInstrument { instrument, updated_at: from_column(updated_at) })
}

/// A family's last version: its code and its number.
pub fn last_of_family(reader: &mut Reader, family: &str) -> Result<Option<(String, i64)>, StoreError> {
    let last = instruments::table.filter(instruments::family.eq(family)).order(instruments::version.desc());
    Ok(last.select((instruments::code, instruments::version)).first(reader.connection()).optional()?)
}

/// Adds an instrument. Where another process was quicker with its code or its version, this is a clash and the write
/// runs again.
pub fn insert(tx: &mut Tx, instrument: &Instrument, at: DateTime<Utc>) -> Result<(), StoreError> {
    let inserted = diesel::insert_into(instruments::table)
        .values((
            instruments::code.eq(&instrument.code),
            instruments::family.eq(&instrument.family),
            instruments::version.eq(instrument.version),
            instruments::content.eq(to_document("instrument", instrument)?),
            instruments::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection());
    inserted.map(drop).map_err(|error| StoreError::from(error).or_clash("instruments"))
}

/// Puts an instrument from its file: new, or changed in its texts. What was there already and is the same is not
/// touched.
pub fn put(tx: &mut Tx, instrument: &Instrument, at: DateTime<Utc>) -> Result<(), StoreError> {
    let content = to_document("instrument", instrument)?;
    let columns = (
        instruments::family.eq(&instrument.family),
        instruments::version.eq(instrument.version),
        instruments::content.eq(&content),
        instruments::updated_at.eq(to_column(at)),
    );
    match find(tx, &instrument.code)? {
        Some(stored) if stored.instrument == *instrument => {}
        Some(_) => {
            diesel::update(instruments::table.find(&instrument.code)).set(columns).execute(tx.connection())?;
        }
        None => insert(tx, instrument, at)?,
    }
    Ok(())
}
