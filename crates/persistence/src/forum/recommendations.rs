//! Recommendations and their lines.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::forum::{AgendaItem, ItemKind, ItemState, Line, Recommendation, RecommendationState, by_school_year};
use domain::ids::{ForumId, NeedId, RecommendationId};
use domain::money::Nok;
use domain::needs::NeedState;

use uuid::Uuid;

use super::items::{ItemRow, StoredItem};
use super::visible::{Reach, reach};
use crate::codec::{document, number, parse, parse_some, to_document};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{agenda_items, needs, recommendation_line_years, recommendation_lines, recommendations, rounds};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A recommendation with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecommendation {
    /// The recommendation with its lines.
    pub recommendation: Recommendation,
    /// Raised by every change, its lines included.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which recommendations a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecommendationFilter {
    /// Of this forum.
    pub forum: Option<ForumId>,
    /// To this county governor.
    pub county_governor: Option<String>,
    /// Of this scheme.
    pub scheme: Option<String>,
    /// Drawing on the frame of this year.
    pub year: Option<i32>,
    /// In this state.
    pub state: Option<RecommendationState>,
}

/// What a recommendation is drawn for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Season<'a> {
    /// The forum.
    pub forum: ForumId,
    /// The scheme.
    pub scheme: &'a str,
    /// The calendar year whose frame is drawn on.
    pub year: i32,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = recommendations, treat_none_as_null = true)]
struct RecommendationRow {
    id: String,
    forum_id: String,
    county_governor: String,
    scheme: String,
    ruleset: String,
    year: i64,
    state: String,
    agenda_item_id: Option<String>,
    absences: String,
    adopted_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = recommendation_lines)]
struct LineRow {
    recommendation_id: String,
    need_id: String,
    agenda_item_id: String,
    outcome: String,
    rank: Option<i64>,
    amount_nok: i64,
    reason: String,
    participants: String,
    split: String,
    void: bool,
}

impl RecommendationRow {
    fn of(stored: &StoredRecommendation) -> Result<Self, StoreError> {
        let recommendation = &stored.recommendation;
        Ok(Self {
            id: recommendation.id.to_string(),
            forum_id: recommendation.forum.to_string(),
            county_governor: recommendation.county_governor.clone(),
            scheme: recommendation.scheme.clone(),
            ruleset: recommendation.ruleset.clone(),
            year: i64::from(recommendation.year),
            state: recommendation.state.to_string(),
            agenda_item_id: recommendation.adopted_in.map(|item| item.to_string()),
            absences: to_document("recommendation", &recommendation.absences)?,
            adopted_at: recommendation.adopted_at.map(to_column),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        })
    }

    fn with(self, lines: Vec<Line>) -> Result<StoredRecommendation, StoreError> {
        Ok(StoredRecommendation {
            recommendation: Recommendation {
                id: parse("recommendation", &self.id)?,
                forum: parse("recommendation", &self.forum_id)?,
                county_governor: self.county_governor,
                scheme: self.scheme,
                ruleset: self.ruleset,
                year: number("recommendation", self.year)?,
                state: parse("recommendation", &self.state)?,
                adopted_in: parse_some("recommendation", self.agenda_item_id.as_deref())?,
                adopted_at: self.adopted_at.map(from_column),
                absences: document("recommendation", &self.absences)?,
                lines,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

impl LineRow {
    fn of(recommendation: RecommendationId, line: &Line) -> Result<Self, StoreError> {
        Ok(Self {
            recommendation_id: recommendation.to_string(),
            need_id: line.need.to_string(),
            agenda_item_id: line.item.to_string(),
            outcome: line.outcome.to_string(),
            rank: line.rank.map(i64::from),
            amount_nok: line.amount.kroner(),
            reason: line.reason.clone(),
            participants: to_document("recommendation", &line.participants)?,
            split: to_document("recommendation", &line.split)?,
            void: line.void,
        })
    }
}

impl TryFrom<LineRow> for Line {
    type Error = StoreError;
    fn try_from(row: LineRow) -> Result<Self, StoreError> {
        Ok(Self {
            need: parse("recommendation", &row.need_id)?,
            item: parse("recommendation", &row.agenda_item_id)?,
            outcome: parse("recommendation", &row.outcome)?,
            rank: row.rank.map(|rank| number("recommendation", rank)).transpose()?,
            amount: Nok::new(row.amount_nok),
            reason: row.reason,
            participants: document("recommendation", &row.participants)?,
            split: document("recommendation", &row.split)?,
            void: row.void,
        })
    }
}

/// The recommendation with this id, where the viewer sees it: the directorate from its adoption on.
pub fn find(
    reader: &mut Reader,
    viewer: &Viewer,
    id: RecommendationId,
) -> Result<Option<StoredRecommendation>, StoreError> {
    let row: Option<RecommendationRow> =
        visible(viewer).filter(recommendations::id.eq(id.to_string())).first(reader.connection()).optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_lines(reader, vec![row])?.pop())
}

/// The draft of a season, where there is one. Take the forum's turn before.
pub fn find_draft(reader: &mut Reader, season: Season<'_>) -> Result<Option<StoredRecommendation>, StoreError> {
    let row: Option<RecommendationRow> = recommendations::table
        .filter(recommendations::forum_id.eq(season.forum.to_string()))
        .filter(recommendations::scheme.eq(season.scheme))
        .filter(recommendations::year.eq(i64::from(season.year)))
        .filter(recommendations::state.eq(RecommendationState::Draft.as_str()))
        .first(reader.connection())
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    Ok(with_lines(reader, vec![row])?.pop())
}

/// Of these recommendations, those that the viewer sees.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let wanted: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> = visible(viewer)
        .filter(recommendations::id.eq_any(wanted))
        .select(recommendations::id)
        .load(reader.connection())?;
    seen.iter().map(|id| parse("recommendation", id)).collect()
}

/// A page of recommendations, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &RecommendationFilter,
    window: &Window,
) -> Result<Vec<StoredRecommendation>, StoreError> {
    let mut query = matching(viewer, filter, window).order(recommendations::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(recommendations::id.gt(after.clone()));
    }
    let rows: Vec<RecommendationRow> = query.load(reader.connection())?;
    with_lines(reader, rows)
}

/// How many recommendations the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &RecommendationFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

/// The items of a season that the forum has decided and no adopted recommendation holds yet, oldest first: what a
/// recommendation is drawn from (F08). Needs that were withdrawn meanwhile are left out.
pub fn treated_items(reader: &mut Reader, season: Season<'_>) -> Result<Vec<AgendaItem>, StoreError> {
    let of_season = needs::table
        .inner_join(rounds::table.on(rounds::id.eq(needs::round_id)))
        .filter(rounds::scheme.eq(season.scheme.to_owned()))
        .filter(rounds::year.eq(i64::from(season.year)))
        .filter(needs::state.ne(NeedState::Withdrawn.as_str()))
        .select(needs::id.nullable());
    let recommended = recommendation_lines::table
        .inner_join(recommendations::table.on(recommendations::id.eq(recommendation_lines::recommendation_id)))
        .filter(recommendations::state.eq(RecommendationState::Adopted.as_str()))
        .select(recommendation_lines::agenda_item_id);
    let rows = agenda_items::table
        .filter(agenda_items::forum_id.eq(season.forum.to_string()))
        .filter(agenda_items::kind.eq(ItemKind::Need.as_str()))
        .filter(agenda_items::state.eq(ItemState::Decided.as_str()))
        .filter(agenda_items::need_id.eq_any(of_season))
        .filter(agenda_items::id.ne_all(recommended))
        .order(agenda_items::id)
        .load(reader.connection())?;
    rows.into_iter().map(|row: ItemRow| StoredItem::try_from(row).map(|stored| stored.item)).collect()
}

/// Adds a recommendation with its lines. A second draft of the same season is a [`StoreError::Duplicate`].
pub fn insert(
    tx: &mut Tx,
    recommendation: Recommendation,
    at: DateTime<Utc>,
) -> Result<StoredRecommendation, StoreError> {
    let stored = StoredRecommendation { recommendation, version: 1, created_at: at, updated_at: at };
    diesel::insert_into(recommendations::table).values(RecommendationRow::of(&stored)?).execute(tx.connection())?;
    insert_lines(tx, &stored.recommendation)?;
    Ok(stored)
}

/// Writes a recommendation down as it is now, lines included, raising its version by one.
pub fn update(
    tx: &mut Tx,
    stored: StoredRecommendation,
    at: DateTime<Utc>,
) -> Result<StoredRecommendation, StoreError> {
    let before = stored.version;
    let after = StoredRecommendation { version: before + 1, updated_at: at, ..stored };
    let id = after.recommendation.id.to_string();
    let unchanged_meanwhile = recommendations::table.find(&id).filter(recommendations::version.eq(before));
    let changed = diesel::update(unchanged_meanwhile).set(RecommendationRow::of(&after)?).execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    let years = recommendation_line_years::table.filter(recommendation_line_years::recommendation_id.eq(&id));
    diesel::delete(years).execute(tx.connection())?;
    let lines = recommendation_lines::table.filter(recommendation_lines::recommendation_id.eq(&id));
    diesel::delete(lines).execute(tx.connection())?;
    insert_lines(tx, &after.recommendation)?;
    Ok(after)
}

/// The recommendations on which a need stands, drafts included.
pub fn with_need(reader: &mut Reader, need: NeedId) -> Result<Vec<StoredRecommendation>, StoreError> {
    let holding = recommendation_lines::table
        .filter(recommendation_lines::need_id.eq(need.to_string()))
        .select(recommendation_lines::recommendation_id);
    let rows: Vec<RecommendationRow> = recommendations::table
        .filter(recommendations::id.eq_any(holding))
        .order(recommendations::id)
        .load(reader.connection())?;
    with_lines(reader, rows)
}

fn insert_lines(tx: &mut Tx, recommendation: &Recommendation) -> Result<(), StoreError> {
    for line in &recommendation.lines {
        let row = LineRow::of(recommendation.id, line)?;
        diesel::insert_into(recommendation_lines::table).values(row).execute(tx.connection())?;
        for (school_year, amount) in by_school_year(&line.split) {
            diesel::insert_into(recommendation_line_years::table)
                .values((
                    recommendation_line_years::recommendation_id.eq(recommendation.id.to_string()),
                    recommendation_line_years::need_id.eq(line.need.to_string()),
                    recommendation_line_years::school_year.eq(school_year.to_string()),
                    recommendation_line_years::year.eq(i64::from(school_year.first_year())),
                    recommendation_line_years::amount_nok.eq(amount.kroner()),
                ))
                .execute(tx.connection())?;
        }
    }
    Ok(())
}

fn with_lines(reader: &mut Reader, rows: Vec<RecommendationRow>) -> Result<Vec<StoredRecommendation>, StoreError> {
    let ids: Vec<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    let found: Vec<LineRow> = recommendation_lines::table
        .filter(recommendation_lines::recommendation_id.eq_any(ids))
        .order((recommendation_lines::recommendation_id, recommendation_lines::agenda_item_id))
        .load(reader.connection())?;
    let mut lines: BTreeMap<String, Vec<Line>> = BTreeMap::new();
    for row in found {
        lines.entry(row.recommendation_id.clone()).or_default().push(row.try_into()?);
    }
    rows.into_iter()
        .map(|row| {
            let mut own = lines.remove(&row.id).unwrap_or_default();
            own.sort_by_key(|line| (line.rank.is_none(), line.rank));
            row.with(own)
        })
        .collect()
}

fn visible(viewer: &Viewer) -> recommendations::BoxedQuery<'static, MultiBackend> {
    let all = recommendations::table.into_boxed();
    match reach(viewer) {
        Reach::Everything => all.filter(recommendations::state.ne(RecommendationState::Draft.as_str())),
        Reach::Within { office, forums } => {
            all.filter(recommendations::county_governor.eq(office).or(recommendations::forum_id.eq_any(forums)))
        }
    }
}

fn matching(
    viewer: &Viewer,
    filter: &RecommendationFilter,
    window: &Window,
) -> recommendations::BoxedQuery<'static, MultiBackend> {
    let mut query = visible(viewer);
    if let Some(forum) = filter.forum {
        query = query.filter(recommendations::forum_id.eq(forum.to_string()));
    }
    if let Some(code) = &filter.county_governor {
        query = query.filter(recommendations::county_governor.eq(code.clone()));
    }
    if let Some(scheme) = &filter.scheme {
        query = query.filter(recommendations::scheme.eq(scheme.clone()));
    }
    if let Some(year) = filter.year {
        query = query.filter(recommendations::year.eq(i64::from(year)));
    }
    if let Some(state) = filter.state {
        query = query.filter(recommendations::state.eq(state.as_str()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(recommendations::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(recommendations::id.eq_any(window.ids.clone()));
    }
    query
}
