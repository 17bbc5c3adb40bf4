//! Meetings.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::forum::{Meeting, MeetingRef, MeetingState};
use domain::ids::{ForumId, MeetingId};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::visible::{Reach, reach};
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{meeting_external_refs, meetings};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A meeting with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMeeting {
    /// The meeting, with the external keys of the viewer's own organisation.
    pub meeting: Meeting,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which meetings a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingFilter {
    /// Of this forum.
    pub forum: Option<ForumId>,
    /// In any of these states; empty for all.
    pub states: Vec<MeetingState>,
    /// Beginning at or after this instant.
    pub starts_from: Option<DateTime<Utc>>,
    /// Beginning before this instant.
    pub starts_before: Option<DateTime<Utc>>,
    /// With this reference.
    pub reference: Option<String>,
    /// Carrying a key of the viewer's own in this outside system.
    pub external_system: Option<String>,
    /// Carrying this key of the viewer's own.
    pub external_key: Option<String>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = meetings, treat_none_as_null = true)]
struct MeetingRow {
    id: String,
    forum_id: String,
    county_governor: String,
    title: String,
    starts_at: NaiveDateTime,
    ends_at: Option<NaiveDateTime>,
    place: Option<String>,
    state: String,
    reference: Option<String>,
    convened_at: Option<NaiveDateTime>,
    opened_at: Option<NaiveDateTime>,
    closed_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl MeetingRow {
    fn of(stored: &StoredMeeting) -> Self {
        let meeting = &stored.meeting;
        Self {
            id: meeting.id.to_string(),
            forum_id: meeting.forum.to_string(),
            county_governor: meeting.county_governor.clone(),
            title: meeting.title.clone(),
            starts_at: to_column(meeting.starts_at),
            ends_at: meeting.ends_at.map(to_column),
            place: meeting.place.clone(),
            state: meeting.state.to_string(),
            reference: meeting.reference.clone(),
            convened_at: meeting.convened_at.map(to_column),
            opened_at: meeting.opened_at.map(to_column),
            closed_at: meeting.closed_at.map(to_column),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        }
    }

    fn with(self, external_refs: Vec<MeetingRef>) -> Result<StoredMeeting, StoreError> {
        Ok(StoredMeeting {
            meeting: Meeting {
                id: parse("meeting", &self.id)?,
                forum: parse("meeting", &self.forum_id)?,
                county_governor: self.county_governor,
                title: self.title,
                starts_at: from_column(self.starts_at),
                ends_at: self.ends_at.map(from_column),
                place: self.place,
                state: parse("meeting", &self.state)?,
                reference: self.reference,
                convened_at: self.convened_at.map(from_column),
                opened_at: self.opened_at.map(from_column),
                closed_at: self.closed_at.map(from_column),
                external_refs,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// The meeting with this id, where the viewer sees its forum.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: MeetingId) -> Result<Option<StoredMeeting>, StoreError> {
    let row: Option<MeetingRow> =
        visible(viewer).filter(meetings::id.eq(id.to_string())).first(reader.connection()).optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_refs(reader, &viewer.orgnr, vec![row])?.pop())
}

/// Of these meetings, those that the viewer sees.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let wanted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible(viewer).filter(meetings::id.eq_any(wanted)).select(meetings::id).load(reader.connection())?;
    seen.iter().map(|id| parse("meeting", id)).collect()
}

/// A page of meetings, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &MeetingFilter,
    window: &Window,
) -> Result<Vec<StoredMeeting>, StoreError> {
    let mut query = matching(viewer, filter, window).order(meetings::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(meetings::id.gt(after.clone()));
    }
    let rows: Vec<MeetingRow> = query.load(reader.connection())?;
    with_refs(reader, &viewer.orgnr, rows)
}

/// How many meetings the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &MeetingFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

/// Adds a meeting. Its external keys are `author`'s own; one that is taken is a [`StoreError::Duplicate`].
pub fn insert(tx: &mut Tx, meeting: Meeting, author: &OrgNr, at: DateTime<Utc>) -> Result<StoredMeeting, StoreError> {
    let stored = StoredMeeting { meeting, version: 1, created_at: at, updated_at: at };
    diesel::insert_into(meetings::table).values(MeetingRow::of(&stored)).execute(tx.connection())?;
    put_refs(tx, &stored.meeting, author)?;
    Ok(stored)
}

/// Writes a meeting down as it is now, raising its version by one.
pub fn update(
    tx: &mut Tx,
    stored: StoredMeeting,
    author: &OrgNr,
    at: DateTime<Utc>,
) -> Result<StoredMeeting, StoreError> {
    let before = stored.version;
    let after = StoredMeeting { version: before + 1, updated_at: at, ..stored };
    let unchanged_meanwhile = meetings::table.find(after.meeting.id.to_string()).filter(meetings::version.eq(before));
    let changed = diesel::update(unchanged_meanwhile).set(MeetingRow::of(&after)).execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    put_refs(tx, &after.meeting, author)?;
    Ok(after)
}

fn put_refs(tx: &mut Tx, meeting: &Meeting, author: &OrgNr) -> Result<(), StoreError> {
    let own = meeting_external_refs::table
        .filter(meeting_external_refs::meeting_id.eq(meeting.id.to_string()))
        .filter(meeting_external_refs::orgnr.eq(author.as_str()));
    diesel::delete(own).execute(tx.connection())?;
    for external in &meeting.external_refs {
        diesel::insert_into(meeting_external_refs::table)
            .values((
                meeting_external_refs::orgnr.eq(author.as_str()),
                meeting_external_refs::system.eq(&external.system),
                meeting_external_refs::key.eq(&external.key),
                meeting_external_refs::meeting_id.eq(meeting.id.to_string()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

fn with_refs(reader: &mut Reader, orgnr: &OrgNr, rows: Vec<MeetingRow>) -> Result<Vec<StoredMeeting>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let found: Vec<(String, String, String)> = meeting_external_refs::table
        .filter(meeting_external_refs::orgnr.eq(orgnr.as_str()))
        .filter(meeting_external_refs::meeting_id.eq_any(ids))
        .order((meeting_external_refs::system, meeting_external_refs::key))
        .select((meeting_external_refs::meeting_id, meeting_external_refs::system, meeting_external_refs::key))
        .load(reader.connection())?;
    let mut refs: BTreeMap<String, Vec<MeetingRef>> = BTreeMap::new();
    for (meeting, system, key) in found {
        refs.entry(meeting).or_default().push(MeetingRef { system, key });
    }
    rows.into_iter()
        .map(|row| {
            let own = refs.remove(&row.id).unwrap_or_default();
            row.with(own)
        })
        .collect()
}

fn visible(viewer: &Viewer) -> meetings::BoxedQuery<'static, MultiBackend> {
    let all = meetings::table.into_boxed();
    match reach(viewer) {
        Reach::Everything => all,
        Reach::Within { office, forums } => {
            all.filter(meetings::county_governor.eq(office).or(meetings::forum_id.eq_any(forums)))
        }
    }
}

fn matching(viewer: &Viewer, filter: &MeetingFilter, window: &Window) -> meetings::BoxedQuery<'static, MultiBackend> {
    let mut query = visible(viewer);
    if let Some(forum) = filter.forum {
        query = query.filter(meetings::forum_id.eq(forum.to_string()));
    }
    if !filter.states.is_empty() {
        let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
        query = query.filter(meetings::state.eq_any(states));
    }
    if let Some(from) = filter.starts_from {
        query = query.filter(meetings::starts_at.ge(to_column(from)));
    }
    if let Some(before) = filter.starts_before {
        query = query.filter(meetings::starts_at.lt(to_column(before)));
    }
    if let Some(reference) = &filter.reference {
        query = query.filter(meetings::reference.eq(reference.clone()));
    }
    let own = meeting_external_refs::table
        .filter(meeting_external_refs::orgnr.eq(viewer.orgnr.to_string()))
        .select(meeting_external_refs::meeting_id);
    let of_system = |system: &str| own.clone().filter(meeting_external_refs::system.eq(system.to_owned()));
    let with_key = |key: &str| meeting_external_refs::key.eq(key.to_owned());
    query = match (&filter.external_system, &filter.external_key) {
        (Some(system), Some(key)) => query.filter(meetings::id.eq_any(of_system(system).filter(with_key(key)))),
        (Some(system), None) => query.filter(meetings::id.eq_any(of_system(system))),
        (None, Some(key)) => query.filter(meetings::id.eq_any(own.clone().filter(with_key(key)))),
        (None, None) => query,
    };
    if let Some(since) = window.updated_since {
        query = query.filter(meetings::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(meetings::id.eq_any(window.ids.clone()));
    }
    query
}
