//! Queries on frames. A frame is raised before anything is charged to it: its row is the lock that keeps what is
//! left above zero, however many decide at the same time (G01).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::funding::frames::Source;
use domain::ids::FrameId;
use domain::money::Nok;
use domain::organisations::OrganisationKind;

use crate::codec::{number, parse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{frame_sources, frames};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A frame as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFrame {
    /// Its id.
    pub id: FrameId,
    /// The office whose money it is.
    pub county_governor: String,
    /// The scheme.
    pub scheme: String,
    /// The calendar year; school years that begin in it are charged to it (G01).
    pub year: i32,
    /// Where the money comes from.
    pub sources: Vec<Source>,
    /// Raised by every write, and by everything that is charged to it.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl StoredFrame {
    /// The sum of its sources.
    pub fn total(&self) -> Nok {
        Nok::total(self.sources.iter().map(|source| source.amount)).unwrap_or(Nok::MAX)
    }
}

/// Which frames a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameFilter {
    /// Of this county governor.
    pub county_governor: Option<String>,
    /// Of this scheme.
    pub scheme: Option<String>,
    /// Of this year.
    pub year: Option<i32>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = frames)]
struct FrameRow {
    id: String,
    county_governor: String,
    scheme: String,
    year: i64,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl FrameRow {
    fn with(self, sources: Vec<Source>) -> Result<StoredFrame, StoreError> {
        Ok(StoredFrame {
            id: parse("frame", &self.id)?,
            county_governor: self.county_governor,
            scheme: self.scheme,
            year: number("frame", self.year)?,
            sources,
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// Whether an office has a frame for a scheme and year.
pub fn exists(reader: &mut Reader, county_governor: &str, scheme: &str, of_year: i32) -> Result<bool, StoreError> {
    let found = frames::table
        .filter(frames::county_governor.eq(county_governor))
        .filter(frames::scheme.eq(scheme))
        .filter(frames::year.eq(i64::from(of_year)))
        .select(frames::id);
    Ok(found.first::<String>(reader.connection()).optional()?.is_some())
}

/// Adds a frame. A second one of the same office, scheme and year is a duplicate of `frames`.
pub fn insert(tx: &mut Tx, frame: &StoredFrame) -> Result<(), StoreError> {
    let row = FrameRow {
        id: frame.id.to_string(),
        county_governor: frame.county_governor.clone(),
        scheme: frame.scheme.clone(),
        year: i64::from(frame.year),
        version: frame.version,
        created_at: to_column(frame.created_at),
        updated_at: to_column(frame.updated_at),
    };
    diesel::insert_into(frames::table).values(row).execute(tx.connection())?;
    insert_sources(tx, frame.id, &frame.sources)
}

/// Puts other sources in place of those that the frame has.
pub fn replace_sources(tx: &mut Tx, id: FrameId, sources: &[Source]) -> Result<(), StoreError> {
    let old = frame_sources::table.filter(frame_sources::frame_id.eq(id.to_string()));
    diesel::delete(old).execute(tx.connection())?;
    insert_sources(tx, id, sources)
}

fn insert_sources(tx: &mut Tx, id: FrameId, sources: &[Source]) -> Result<(), StoreError> {
    for (source, n) in sources.iter().zip(1_i64..) {
        diesel::insert_into(frame_sources::table)
            .values((
                frame_sources::frame_id.eq(id.to_string()),
                frame_sources::n.eq(n),
                frame_sources::kind.eq(source.kind.as_str()),
                frame_sources::reference.eq(&source.reference),
                frame_sources::amount_nok.eq(source.amount.kroner()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Raises the version of the frame of an office, scheme and year, which holds it until the transaction ends, and
/// answers it as it stands then. `None` where there is no such frame. Whoever charges a frame calls this first,
/// before locking grants, payments or counters.
pub fn raise(
    tx: &mut Tx,
    county_governor: &str,
    scheme: &str,
    year: i32,
    at: DateTime<Utc>,
) -> Result<Option<StoredFrame>, StoreError> {
    let of_year = frames::table
        .filter(frames::county_governor.eq(county_governor))
        .filter(frames::scheme.eq(scheme))
        .filter(frames::year.eq(i64::from(year)));
    let raised = (frames::version.eq(frames::version + 1), frames::updated_at.eq(to_column(at)));
    let row: Option<FrameRow> =
        diesel::update(of_year).set(raised).returning(frames::all_columns).get_result(tx.connection()).optional()?;
    row.map(|row| with_sources(tx, vec![row])).transpose().map(|found| found.and_then(|mut frames| frames.pop()))
}

/// The frame with this id, where the viewer may see it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: FrameId) -> Result<Option<StoredFrame>, StoreError> {
    let query = frames::table.filter(visible_to(viewer)).filter(frames::id.eq(id.to_string()));
    let row: Option<FrameRow> = query.first(reader.connection()).optional()?;
    row.map(|row| with_sources(reader, vec![row])).transpose().map(|found| found.and_then(|mut frames| frames.pop()))
}

/// A page of the frames that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &FrameFilter,
    window: &Window,
) -> Result<Vec<StoredFrame>, StoreError> {
    let mut query = matching(viewer, filter, window).order(frames::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(frames::id.gt(after.clone()));
    }
    let rows: Vec<FrameRow> = query.load(reader.connection())?;
    with_sources(reader, rows)
}

/// How many frames the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &FrameFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &FrameFilter, window: &Window) -> frames::BoxedQuery<'static, MultiBackend> {
    let mut query = frames::table.filter(visible_to(viewer)).into_boxed();
    if let Some(code) = &filter.county_governor {
        query = query.filter(frames::county_governor.eq(code.clone()));
    }
    if let Some(scheme) = &filter.scheme {
        query = query.filter(frames::scheme.eq(scheme.clone()));
    }
    if let Some(year) = filter.year {
        query = query.filter(frames::year.eq(i64::from(year)));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(frames::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(frames::id.eq_any(window.ids.clone()));
    }
    query
}

/// The office sees its own frames, the directorate all.
fn visible_to(viewer: &Viewer) -> Box<dyn BoxableExpression<frames::table, MultiBackend, SqlType = Bool>> {
    match (viewer.kind, &viewer.county_governor) {
        (OrganisationKind::Directorate, _) => Box::new(frames::id.is_not_null()),
        (OrganisationKind::CountyGovernor, Some(office)) => Box::new(frames::county_governor.eq(office.clone())),
        _ => Box::new(frames::id.is_null()),
    }
}

fn with_sources(reader: &mut Reader, rows: Vec<FrameRow>) -> Result<Vec<StoredFrame>, StoreError> {
    type Row = (String, i64, String, String, i64);
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let sources: Vec<Row> = frame_sources::table
        .filter(frame_sources::frame_id.eq_any(ids))
        .order((frame_sources::frame_id, frame_sources::n))
        .load(reader.connection())?;
    let mut of_frame: BTreeMap<String, Vec<Source>> = BTreeMap::new();
    for (frame_id, _, kind, reference, amount_nok) in sources {
        let source = Source { kind: parse("frame source", &kind)?, reference, amount: Nok::new(amount_nok) };
        of_frame.entry(frame_id).or_default().push(source);
    }
    rows.into_iter()
        .map(|row| {
            let sources = of_frame.remove(&row.id).unwrap_or_default();
            row.with(sources)
        })
        .collect()
}
