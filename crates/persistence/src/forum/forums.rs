//! Forums.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::forum::{Forum, QuorumRules};
use domain::ids::ForumId;
use domain::municipality::CountyNumber;
use uuid::Uuid;

use super::visible::{Reach, reach};
use crate::codec::{number, parse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{forum_counties, forums};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A forum with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredForum {
    /// The forum.
    pub forum: Forum,
    /// Raised by every change of its settings.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which forums a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ForumFilter {
    /// Kept by this county governor.
    pub county_governor: Option<String>,
    /// Treating the needs of this county.
    pub county: Option<String>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = forums)]
struct ForumRow {
    id: String,
    name: String,
    county_governor: String,
    min_seats: i64,
    min_groups: i64,
    majority_base: String,
    turn: i64,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl ForumRow {
    fn with(self, counties: Vec<CountyNumber>) -> Result<StoredForum, StoreError> {
        let quorum =
            QuorumRules { min_seats: number("forum", self.min_seats)?, min_groups: number("forum", self.min_groups)? };
        Ok(StoredForum {
            forum: Forum {
                id: parse("forum", &self.id)?,
                name: self.name,
                county_governor: self.county_governor,
                counties,
                quorum,
                majority: parse("forum", &self.majority_base)?,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// The forum with this id, where the viewer sees it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: ForumId) -> Result<Option<StoredForum>, StoreError> {
    let row: Option<ForumRow> =
        visible(viewer).filter(forums::id.eq(id.to_string())).first(reader.connection()).optional()?;
    row.map(|row| with_counties(reader, vec![row])).transpose().map(|found| found.and_then(|mut forums| forums.pop()))
}

/// Of these forums, those that the viewer sees.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let wanted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible(viewer).filter(forums::id.eq_any(wanted)).select(forums::id).load(reader.connection())?;
    seen.iter().map(|id| parse("forum", id)).collect()
}

/// A page of forums, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ForumFilter,
    window: &Window,
) -> Result<Vec<StoredForum>, StoreError> {
    let mut query = matching(viewer, filter, window).order(forums::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(forums::id.gt(after.clone()));
    }
    let rows: Vec<ForumRow> = query.load(reader.connection())?;
    with_counties(reader, rows)
}

/// How many forums the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &ForumFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

/// Adds a forum.
pub fn insert(tx: &mut Tx, forum: &Forum, at: DateTime<Utc>) -> Result<(), StoreError> {
    let as_column = |least: usize| i64::try_from(least).map_err(|why| StoreError::corrupt("forum", why));
    let row = ForumRow {
        id: forum.id.to_string(),
        name: forum.name.clone(),
        county_governor: forum.county_governor.clone(),
        min_seats: as_column(forum.quorum.min_seats)?,
        min_groups: as_column(forum.quorum.min_groups)?,
        majority_base: forum.majority.to_string(),
        turn: 0,
        version: 1,
        created_at: to_column(at),
        updated_at: to_column(at),
    };
    diesel::insert_into(forums::table).values(row).execute(tx.connection())?;
    for county in &forum.counties {
        diesel::insert_into(forum_counties::table)
            .values((
                forum_counties::forum_id.eq(forum.id.to_string()),
                forum_counties::county_number.eq(county.as_str()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Waits until no other write is changing what this forum's decisions rest on, and keeps others waiting until the
/// transaction ends. Take it before reading what you decide by.
pub fn take_turn(tx: &mut Tx, id: ForumId) -> Result<(), StoreError> {
    diesel::update(forums::table.find(id.to_string()))
        .set(forums::turn.eq(forums::turn + 1))
        .execute(tx.connection())?;
    Ok(())
}

fn visible(viewer: &Viewer) -> forums::BoxedQuery<'static, MultiBackend> {
    let all = forums::table.into_boxed();
    match reach(viewer) {
        Reach::Everything => all,
        Reach::Within { office, forums } => {
            all.filter(forums::county_governor.eq(office).or(forums::id.eq_any(forums)))
        }
    }
}

fn matching(viewer: &Viewer, filter: &ForumFilter, window: &Window) -> forums::BoxedQuery<'static, MultiBackend> {
    let mut query = visible(viewer);
    if let Some(code) = &filter.county_governor {
        query = query.filter(forums::county_governor.eq(code.clone()));
    }
    if let Some(county) = &filter.county {
        let treating = forum_counties::table
            .filter(forum_counties::county_number.eq(county.clone()))
            .select(forum_counties::forum_id);
        query = query.filter(forums::id.eq_any(treating));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(forums::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(forums::id.eq_any(window.ids.clone()));
    }
    query
}

fn with_counties(reader: &mut Reader, rows: Vec<ForumRow>) -> Result<Vec<StoredForum>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let pairs: Vec<(String, String)> = forum_counties::table
        .filter(forum_counties::forum_id.eq_any(ids))
        .order((forum_counties::forum_id, forum_counties::county_number))
        .load(reader.connection())?;
    let mut counties: BTreeMap<String, Vec<CountyNumber>> = BTreeMap::new();
    for (forum, county) in pairs {
        counties.entry(forum).or_default().push(parse("forum", &county)?);
    }
    rows.into_iter()
        .map(|row| {
            let of_forum = counties.remove(&row.id).unwrap_or_default();
            row.with(of_forum)
        })
        .collect()
}
