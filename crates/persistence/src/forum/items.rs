//! Agenda items.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::forum::{AgendaItem, Ending, ItemKind, ItemState, ItemSubject};
use domain::ids::{AgendaItemId, ForumId, MeetingId, NeedId, RecommendationId};
use domain::money::Nok;
use uuid::Uuid;

use super::visible::{Reach, reach};
use crate::codec::{document, number, parse, parse_some, to_document};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::agenda_items;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// An agenda item with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredItem {
    /// The item.
    pub item: AgendaItem,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which agenda items a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemFilter {
    /// Of this meeting.
    pub meeting: Option<MeetingId>,
    /// Of this forum.
    pub forum: Option<ForumId>,
    /// On this need.
    pub need: Option<NeedId>,
    /// Of this kind.
    pub kind: Option<ItemKind>,
    /// In any of these states; empty for all.
    pub states: Vec<ItemState>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = agenda_items, treat_none_as_null = true)]
pub(super) struct ItemRow {
    id: String,
    meeting_id: String,
    forum_id: String,
    county_governor: String,
    n: i64,
    kind: String,
    title: String,
    need_id: Option<String>,
    recommendation_id: Option<String>,
    state: String,
    outcome: Option<String>,
    rank: Option<i64>,
    amount_nok: Option<i64>,
    reason: Option<String>,
    reply_by: Option<NaiveDate>,
    may_ask_for_more: bool,
    criteria: String,
    decided_by: Option<String>,
    vote: Option<String>,
    quorum: Option<String>,
    statped_request: Option<String>,
    started_at: Option<NaiveDateTime>,
    ended_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl ItemRow {
    fn of(stored: &StoredItem) -> Result<Self, StoreError> {
        let item = &stored.item;
        let ending = item.ending.as_ref();
        let (need, recommendation) = match item.subject {
            ItemSubject::Need(id) => (Some(id.to_string()), None),
            ItemSubject::Recommendation(id) => (None, Some(id.to_string())),
            ItemSubject::Theme => (None, None),
        };
        let criteria = ending.map(|ending| ending.criteria.as_slice()).unwrap_or_default();
        let quorum = ending.and_then(|ending| ending.quorum.as_ref());
        Ok(Self {
            id: item.id.to_string(),
            meeting_id: item.meeting.to_string(),
            forum_id: item.forum.to_string(),
            county_governor: item.county_governor.clone(),
            n: i64::from(item.number),
            kind: item.subject.kind().to_string(),
            title: item.title.clone(),
            need_id: need,
            recommendation_id: recommendation,
            state: item.state.to_string(),
            outcome: ending.and_then(|ending| ending.outcome).map(|outcome| outcome.to_string()),
            rank: ending.and_then(|ending| ending.rank).map(i64::from),
            amount_nok: ending.and_then(|ending| ending.amount).map(Nok::kroner),
            reason: ending.and_then(|ending| ending.reason.clone()),
            reply_by: ending.and_then(|ending| ending.reply_by),
            may_ask_for_more: ending.is_some_and(|ending| ending.may_ask_for_more),
            criteria: to_document("agenda item", &criteria)?,
            decided_by: ending.and_then(|ending| ending.decided_by).map(|by| by.to_string()),
            vote: item.vote.as_ref().map(|vote| to_document("agenda item", vote)).transpose()?,
            quorum: quorum.map(|quorum| to_document("agenda item", quorum)).transpose()?,
            statped_request: item
                .statped_request
                .as_ref()
                .map(|asked| to_document("agenda item", asked))
                .transpose()?,
            started_at: item.started_at.map(to_column),
            ended_at: ending.map(|ending| to_column(ending.at)),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        })
    }

    fn ending(&self) -> Result<Option<Ending>, StoreError> {
        let Some(ended_at) = self.ended_at else { return Ok(None) };
        Ok(Some(Ending {
            outcome: parse_some("agenda item", self.outcome.as_deref())?,
            rank: self.rank.map(|rank| number("agenda item", rank)).transpose()?,
            amount: self.amount_nok.map(Nok::new),
            reason: self.reason.clone(),
            reply_by: self.reply_by,
            may_ask_for_more: self.may_ask_for_more,
            criteria: document("agenda item", &self.criteria)?,
            decided_by: parse_some("agenda item", self.decided_by.as_deref())?,
            quorum: self.quorum.as_deref().map(|json| document("agenda item", json)).transpose()?,
            at: from_column(ended_at),
        }))
    }
}

impl TryFrom<ItemRow> for StoredItem {
    type Error = StoreError;
    fn try_from(row: ItemRow) -> Result<Self, StoreError> {
        let subject = match (&row.need_id, &row.recommendation_id) {
            (Some(need), _) => ItemSubject::Need(parse("agenda item", need)?),
            (None, Some(recommendation)) => ItemSubject::Recommendation(parse("agenda item", recommendation)?),
            (None, None) => ItemSubject::Theme,
        };
        Ok(Self {
            item: AgendaItem {
                id: parse("agenda item", &row.id)?,
                meeting: parse("agenda item", &row.meeting_id)?,
                forum: parse("agenda item", &row.forum_id)?,
                county_governor: row.county_governor.clone(),
                number: number("agenda item", row.n)?,
                subject,
                state: parse("agenda item", &row.state)?,
                vote: row.vote.as_deref().map(|json| document("agenda item", json)).transpose()?,
                started_at: row.started_at.map(from_column),
                statped_request: row
                    .statped_request
                    .as_deref()
                    .map(|json| document("agenda item", json))
                    .transpose()?,
                ending: row.ending()?,
                title: row.title,
            },
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// The item with this id, where the viewer sees its forum.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: AgendaItemId) -> Result<Option<StoredItem>, StoreError> {
    let row: Option<ItemRow> =
        visible(viewer).filter(agenda_items::id.eq(id.to_string())).first(reader.connection()).optional()?;
    row.map(StoredItem::try_from).transpose()
}

/// The items of a meeting, in the order of its agenda.
pub fn of_meeting(reader: &mut Reader, meeting: MeetingId) -> Result<Vec<StoredItem>, StoreError> {
    let rows: Vec<ItemRow> = agenda_items::table
        .filter(agenda_items::meeting_id.eq(meeting.to_string()))
        .order(agenda_items::n)
        .load(reader.connection())?;
    rows.into_iter().map(StoredItem::try_from).collect()
}

/// Of these items, those that the viewer sees.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let wanted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible(viewer).filter(agenda_items::id.eq_any(wanted)).select(agenda_items::id).load(reader.connection())?;
    seen.iter().map(|id| parse("agenda item", id)).collect()
}

/// A page of items, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ItemFilter,
    window: &Window,
) -> Result<Vec<StoredItem>, StoreError> {
    let mut query = matching(viewer, filter, window).order(agenda_items::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(agenda_items::id.gt(after.clone()));
    }
    let rows: Vec<ItemRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredItem::try_from).collect()
}

/// How many items the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &ItemFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

/// The item on which a need waits to be taken up. A need stands on one agenda at a time.
pub fn listed_on(reader: &mut Reader, need: NeedId) -> Result<Option<StoredItem>, StoreError> {
    let row: Option<ItemRow> = agenda_items::table
        .filter(agenda_items::need_id.eq(need.to_string()))
        .filter(agenda_items::state.eq(ItemState::Listed.as_str()))
        .first(reader.connection())
        .optional()?;
    row.map(StoredItem::try_from).transpose()
}

/// The item on which a recommendation waits to be adopted, where it stands on an agenda already.
pub fn undecided_on(reader: &mut Reader, id: RecommendationId) -> Result<Option<AgendaItemId>, StoreError> {
    let undecided = ItemState::those(ItemState::is_undecided).map(ItemState::as_str);
    let item: Option<String> = agenda_items::table
        .filter(agenda_items::recommendation_id.eq(id.to_string()))
        .filter(agenda_items::state.eq_any(undecided))
        .select(agenda_items::id)
        .first(reader.connection())
        .optional()?;
    parse_some("agenda item", item.as_deref())
}

/// The next free number on a meeting's agenda, from 1. Take the forum's turn before.
pub fn next_number(reader: &mut Reader, meeting: MeetingId) -> Result<u32, StoreError> {
    let last: Option<i64> = agenda_items::table
        .filter(agenda_items::meeting_id.eq(meeting.to_string()))
        .select(diesel::dsl::max(agenda_items::n))
        .first(reader.connection())?;
    number("agenda item", last.unwrap_or(0) + 1)
}

/// Adds an item.
pub fn insert(tx: &mut Tx, item: AgendaItem, at: DateTime<Utc>) -> Result<StoredItem, StoreError> {
    let stored = StoredItem { item, version: 1, created_at: at, updated_at: at };
    diesel::insert_into(agenda_items::table).values(ItemRow::of(&stored)?).execute(tx.connection())?;
    Ok(stored)
}

/// Writes an item down as it is now, raising its version by one.
pub fn update(tx: &mut Tx, stored: StoredItem, at: DateTime<Utc>) -> Result<StoredItem, StoreError> {
    let before = stored.version;
    let after = StoredItem { version: before + 1, updated_at: at, ..stored };
    let unchanged_meanwhile =
        agenda_items::table.find(after.item.id.to_string()).filter(agenda_items::version.eq(before));
    let changed = diesel::update(unchanged_meanwhile).set(ItemRow::of(&after)?).execute(tx.connection())?;
    if changed == 1 { Ok(after) } else { Err(StoreError::Stale) }
}

fn visible(viewer: &Viewer) -> agenda_items::BoxedQuery<'static, MultiBackend> {
    let all = agenda_items::table.into_boxed();
    match reach(viewer) {
        Reach::Everything => all,
        Reach::Within { office, forums } => {
            all.filter(agenda_items::county_governor.eq(office).or(agenda_items::forum_id.eq_any(forums)))
        }
    }
}

fn matching(viewer: &Viewer, filter: &ItemFilter, window: &Window) -> agenda_items::BoxedQuery<'static, MultiBackend> {
    let mut query = visible(viewer);
    if let Some(meeting) = filter.meeting {
        query = query.filter(agenda_items::meeting_id.eq(meeting.to_string()));
    }
    if let Some(forum) = filter.forum {
        query = query.filter(agenda_items::forum_id.eq(forum.to_string()));
    }
    if let Some(need) = filter.need {
        query = query.filter(agenda_items::need_id.eq(need.to_string()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(agenda_items::kind.eq(kind.as_str()));
    }
    if !filter.states.is_empty() {
        let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
        query = query.filter(agenda_items::state.eq_any(states));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(agenda_items::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(agenda_items::id.eq_any(window.ids.clone()));
    }
    query
}
