//! Meetings of networks read and written. The caller has found their network visible, and taken its turn before
//! writing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::{NetworkId, NetworkMeetingId};
use domain::networks::{NetworkMeeting, Theme};
use domain::orgnr::OrgNr;
use domain::time::to_microseconds;
use uuid::Uuid;

use super::queries::of_visible_networks;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{network_meetings, network_themes};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A meeting with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNetworkMeeting {
    /// The meeting.
    pub meeting: NetworkMeeting,
    /// Raised by every change of the meeting and of its themes.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = network_meetings, treat_none_as_null = true)]
struct Row {
    id: String,
    network_id: String,
    title: String,
    starts_at: NaiveDateTime,
    place: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = network_themes)]
struct ThemeRow {
    id: String,
    meeting_id: String,
    title: String,
    description: String,
    raised_by: String,
    notes: Option<String>,
}

impl Row {
    fn of(stored: &StoredNetworkMeeting) -> Self {
        let meeting = &stored.meeting;
        Self {
            id: meeting.id.to_string(),
            network_id: meeting.network.to_string(),
            title: meeting.title.clone(),
            starts_at: to_column(meeting.starts_at),
            place: meeting.place.clone(),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        }
    }

    fn with(self, themes: Vec<Theme>) -> Result<StoredNetworkMeeting, StoreError> {
        let corrupt = |why: uuid::Error| StoreError::corrupt("network meeting", why);
        Ok(StoredNetworkMeeting {
            meeting: NetworkMeeting {
                id: self.id.parse().map_err(corrupt)?,
                network: self.network_id.parse().map_err(corrupt)?,
                title: self.title,
                starts_at: from_column(self.starts_at),
                place: self.place,
                themes,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// The meeting of a network with this id.
pub fn find(
    reader: &mut Reader,
    network: NetworkId,
    id: NetworkMeetingId,
) -> Result<Option<StoredNetworkMeeting>, StoreError> {
    let row: Option<Row> = network_meetings::table
        .find(id.to_string())
        .filter(network_meetings::network_id.eq(network.to_string()))
        .first(reader.connection())
        .optional()?;
    Ok(with_themes(reader, row.into_iter().collect())?.pop())
}

/// A page of the meetings of a network, by id.
pub fn list(reader: &mut Reader, network: NetworkId, window: &Window) -> Result<Vec<StoredNetworkMeeting>, StoreError> {
    let mut query = matching(network, window).order(network_meetings::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(network_meetings::id.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    with_themes(reader, rows)
}

/// How many meetings the whole list holds.
pub fn count(reader: &mut Reader, network: NetworkId, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(network, window).count().get_result(reader.connection())?)
}

fn matching(network: NetworkId, window: &Window) -> network_meetings::BoxedQuery<'static, MultiBackend> {
    let mut query = network_meetings::table.filter(network_meetings::network_id.eq(network.to_string())).into_boxed();
    if let Some(since) = window.updated_since {
        query = query.filter(network_meetings::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(network_meetings::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these meetings, those whose network the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(String, String)> = network_meetings::table
        .filter(network_meetings::id.eq_any(ids.iter().map(ToString::to_string)))
        .select((network_meetings::id, network_meetings::network_id))
        .load(reader.connection())?;
    of_visible_networks(reader, viewer, rows)
}

/// The meetings of these rows, with their themes in the order in which they were raised.
fn with_themes(reader: &mut Reader, rows: Vec<Row>) -> Result<Vec<StoredNetworkMeeting>, StoreError> {
    let found: Vec<ThemeRow> = network_themes::table
        .filter(network_themes::meeting_id.eq_any(rows.iter().map(|row| row.id.clone())))
        .order((network_themes::meeting_id, network_themes::id))
        .load(reader.connection())?;
    let mut themes: BTreeMap<String, Vec<Theme>> = BTreeMap::new();
    for row in found {
        let theme = Theme {
            id: parse("theme", &row.id)?,
            title: row.title,
            description: row.description,
            raised_by: OrgNr::from_register(row.raised_by),
            notes: row.notes,
        };
        themes.entry(row.meeting_id).or_default().push(theme);
    }
    rows.into_iter()
        .map(|row| {
            let themes = themes.remove(&row.id).unwrap_or_default();
            row.with(themes)
        })
        .collect()
}

/// Adds a meeting.
pub fn insert(tx: &mut Tx, meeting: NetworkMeeting, at: DateTime<Utc>) -> Result<StoredNetworkMeeting, StoreError> {
    let at = to_microseconds(at);
    let stored = StoredNetworkMeeting { meeting, version: 1, created_at: at, updated_at: at };
    diesel::insert_into(network_meetings::table).values(Row::of(&stored)).execute(tx.connection())?;
    write_themes(tx, &stored.meeting)?;
    Ok(stored)
}

/// Writes what was changed in a meeting and its themes, raising the version.
pub fn save(tx: &mut Tx, stored: &StoredNetworkMeeting, at: DateTime<Utc>) -> Result<StoredNetworkMeeting, StoreError> {
    let after = StoredNetworkMeeting { version: stored.version + 1, updated_at: to_microseconds(at), ..stored.clone() };
    let id = stored.meeting.id.to_string();
    let row = network_meetings::table.find(id).filter(network_meetings::version.eq(stored.version));
    let changed = diesel::update(row).set(Row::of(&after)).execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    write_themes(tx, &after.meeting)?;
    Ok(after)
}

fn write_themes(tx: &mut Tx, meeting: &NetworkMeeting) -> Result<(), StoreError> {
    let id = meeting.id.to_string();
    diesel::delete(network_themes::table.filter(network_themes::meeting_id.eq(&id))).execute(tx.connection())?;
    for theme in &meeting.themes {
        let row = ThemeRow {
            id: theme.id.to_string(),
            meeting_id: id.clone(),
            title: theme.title.clone(),
            description: theme.description.clone(),
            raised_by: theme.raised_by.to_string(),
            notes: theme.notes.clone(),
        };
        diesel::insert_into(network_themes::table).values(row).execute(tx.connection())?;
    }
    Ok(())
}
