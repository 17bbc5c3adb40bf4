//! Questions with answers. Their keeper sees its own, everybody what is published.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::guidance::{Guidance, GuidanceScope, Keeper, PublicationState};
use domain::ids::{GuidanceId, RoundId};
use domain::language::Bilingual;
use domain::orgnr::OrgNr;
use domain::rounds::Round;
use domain::time::to_microseconds;
use uuid::Uuid;

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{guidance, guidance_about, guidance_areas};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A question with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredGuidance {
    /// The question with its answer.
    pub guidance: Guidance,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The place of a question in the list.
pub fn key(position: i64, id: Uuid) -> String {
    format!("{position:05}-{id}")
}

/// Which questions a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GuidanceFilter {
    /// For this scheme.
    pub scheme: Option<String>,
    /// For this round.
    pub round: Option<RoundId>,
    /// About this competence area.
    pub area: Option<String>,
    /// Helping with this finding or rule.
    pub about: Option<String>,
    /// Kept by this organisation.
    pub owner: Option<OrgNr>,
    /// In this state.
    pub state: Option<PublicationState>,
}

type Condition = Box<dyn BoxableExpression<guidance::table, MultiBackend, SqlType = Bool>>;

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = guidance)]
struct Row {
    id: String,
    owner_orgnr: String,
    county_governor: Option<String>,
    scheme: Option<String>,
    round_id: Option<String>,
    question_nb: String,
    question_nn: String,
    answer_nb: String,
    answer_nn: String,
    source: Option<String>,
    position: i64,
    state: String,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(stored: &StoredGuidance) -> Self {
        let it = stored.guidance.clone();
        let (scheme, round_id) = match it.scope {
            GuidanceScope::All => (None, None),
            GuidanceScope::Scheme(scheme) => (Some(scheme), None),
            GuidanceScope::Round(round) => (None, Some(round.to_string())),
        };
        Self {
            id: it.id.to_string(),
            owner_orgnr: it.keeper.orgnr.to_string(),
            county_governor: it.keeper.county_governor,
            scheme,
            round_id,
            question_nb: it.question.nb,
            question_nn: it.question.nn,
            answer_nb: it.answer.nb,
            answer_nn: it.answer.nn,
            source: it.source,
            position: it.position,
            state: it.state.to_string(),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        }
    }

    fn with(self, areas: Vec<String>, about: Vec<String>) -> Result<StoredGuidance, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("guidance", why.to_string());
        let scope = match (self.scheme, self.round_id) {
            (_, Some(round)) => GuidanceScope::Round(round.parse().map_err(|e| corrupt(&e))?),
            (Some(scheme), None) => GuidanceScope::Scheme(scheme),
            (None, None) => GuidanceScope::All,
        };
        let guidance = Guidance {
            id: self.id.parse().map_err(|e| corrupt(&e))?,
            keeper: Keeper { orgnr: OrgNr::from_register(self.owner_orgnr), county_governor: self.county_governor },
            scope,
            question: Bilingual { nb: self.question_nb, nn: self.question_nn },
            answer: Bilingual { nb: self.answer_nb, nn: self.answer_nn },
            source: self.source,
            areas,
            about,
            position: self.position,
            state: self.state.parse().map_err(|e| corrupt(&e))?,
        };
        let (created_at, updated_at) = (from_column(self.created_at), from_column(self.updated_at));
        Ok(StoredGuidance { guidance, version: self.version, created_at, updated_at })
    }
}

/// Whether the viewer sees a question: it is published, or the viewer keeps it.
fn visible_to(viewer: &Viewer) -> Condition {
    let published = guidance::state.eq(PublicationState::Published.as_str());
    Box::new(published.or(guidance::owner_orgnr.eq(viewer.orgnr.to_string())))
}

/// The question with this id, where the viewer sees it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: GuidanceId) -> Result<Option<StoredGuidance>, StoreError> {
    let rows: Vec<Row> = guidance::table.find(id.to_string()).filter(visible_to(viewer)).load(reader.connection())?;
    Ok(whole(reader, rows)?.pop())
}

/// Of these questions, those that the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let visible: Vec<String> = guidance::table
        .filter(guidance::id.eq_any(ids.iter().map(ToString::to_string)))
        .filter(visible_to(viewer))
        .select(guidance::id)
        .load(reader.connection())?;
    visible.into_iter().map(|id| parse("guidance", &id)).collect()
}

/// A page of questions, in their order.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &GuidanceFilter,
    window: &Window,
) -> Result<Vec<StoredGuidance>, StoreError> {
    let mut query = matching(viewer, filter, window).order((guidance::position, guidance::id)).limit(window.limit);
    let after = window.after.as_ref().and_then(|key| key.split_once('-'));
    if let Some((position, id)) = after {
        let position: i64 = parse("place in a list", position)?;
        let later = guidance::position.gt(position).or(guidance::id.gt(id.to_owned()));
        query = query.filter(guidance::position.ge(position).and(later));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    whole(reader, rows)
}

/// How many questions the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &GuidanceFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &GuidanceFilter, window: &Window) -> guidance::BoxedQuery<'static, MultiBackend> {
    let mut query = guidance::table.filter(visible_to(viewer)).into_boxed();
    if let Some(scheme) = &filter.scheme {
        query = query.filter(guidance::scheme.eq(scheme.clone()));
    }
    if let Some(round) = filter.round {
        query = query.filter(guidance::round_id.eq(round.to_string()));
    }
    if let Some(area) = &filter.area {
        let named = guidance_areas::table
            .filter(guidance_areas::guidance_id.eq(guidance::id))
            .filter(guidance_areas::area.eq(area.clone()));
        query = query.filter(exists(named));
    }
    if let Some(code) = &filter.about {
        let named = guidance_about::table
            .filter(guidance_about::guidance_id.eq(guidance::id))
            .filter(guidance_about::code.eq(code.clone()));
        query = query.filter(exists(named));
    }
    if let Some(owner) = &filter.owner {
        query = query.filter(guidance::owner_orgnr.eq(owner.to_string()));
    }
    if let Some(state) = filter.state {
        query = query.filter(guidance::state.eq(state.as_str()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(guidance::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(guidance::id.eq_any(window.ids.clone()));
    }
    query
}

/// Rows with what hangs on them, in their order.
fn whole(reader: &mut Reader, rows: Vec<Row>) -> Result<Vec<StoredGuidance>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let areas: Vec<(String, String)> = guidance_areas::table
        .filter(guidance_areas::guidance_id.eq_any(ids.clone()))
        .order(guidance_areas::area)
        .load(reader.connection())?;
    let about: Vec<(String, String)> = guidance_about::table
        .filter(guidance_about::guidance_id.eq_any(ids))
        .order(guidance_about::code)
        .load(reader.connection())?;
    let (mut areas, mut about) = (super::grouped(areas), super::grouped(about));
    rows.into_iter()
        .map(|row| {
            let (areas, about) = (areas.remove(&row.id), about.remove(&row.id));
            row.with(areas.unwrap_or_default(), about.unwrap_or_default())
        })
        .collect()
}

/// Published questions that help with findings or rules of needs in a round, by code, in their order.
pub fn offered(
    reader: &mut Reader,
    round: &Round,
    codes: Vec<String>,
) -> Result<BTreeMap<String, Vec<(GuidanceId, Bilingual)>>, StoreError> {
    let rows: Vec<(String, (String, String, String))> = guidance_about::table
        .inner_join(guidance::table.on(guidance::id.eq(guidance_about::guidance_id)))
        .filter(guidance_about::code.eq_any(codes))
        .filter(is_read_in(round))
        .order((guidance::position, guidance::id))
        .limit(OFFERED_AT_MOST)
        .select((guidance_about::code, (guidance::id, guidance::question_nb, guidance::question_nn)))
        .load(reader.connection())?;
    let mut offered: BTreeMap<String, Vec<(GuidanceId, Bilingual)>> = BTreeMap::new();
    for (code, question) in rows {
        offered.entry(code).or_default().push(named(question)?);
    }
    Ok(offered)
}

/// The first published questions about some areas for needs in a round, in their order.
pub fn offered_about(
    reader: &mut Reader,
    round: &Round,
    areas: Vec<String>,
) -> Result<Vec<(GuidanceId, Bilingual)>, StoreError> {
    let about = guidance_areas::table
        .filter(guidance_areas::guidance_id.eq(guidance::id))
        .filter(guidance_areas::area.eq_any(areas));
    let rows: Vec<(String, String, String)> = guidance::table
        .filter(exists(about))
        .filter(is_read_in(round))
        .order((guidance::position, guidance::id))
        .limit(ABOUT_AREAS_AT_MOST)
        .select((guidance::id, guidance::question_nb, guidance::question_nn))
        .load(reader.connection())?;
    rows.into_iter().map(named).collect()
}

fn named((id, nb, nn): (String, String, String)) -> Result<(GuidanceId, Bilingual), StoreError> {
    Ok((parse("guidance", &id)?, Bilingual { nb, nn }))
}

/// Whether a question is published, and for needs in a round: of the whole country or its office, of every scheme or its
/// own, of every round or itself.
#[diesel::dsl::auto_type]
fn is_read_in(round: &Round) -> _ {
    let office: String = round.county_governor.clone();
    let scheme: String = round.scheme.clone();
    let id: String = round.id.to_string();
    let state: &'static str = PublicationState::Published.as_str();
    let of_the_office = guidance::county_governor.is_null().or(guidance::county_governor.eq(office));
    let of_the_scheme = guidance::scheme.is_null().or(guidance::scheme.eq(scheme));
    let of_the_round = guidance::round_id.is_null().or(guidance::round_id.eq(id));
    guidance::state.eq(state).and(of_the_office).and(of_the_scheme).and(of_the_round)
}

/// More than any check shows.
const OFFERED_AT_MOST: i64 = 200;
/// As many as somebody reads.
const ABOUT_AREAS_AT_MOST: i64 = 10;

/// Adds a question.
pub fn insert(tx: &mut Tx, new: &Guidance, at: DateTime<Utc>) -> Result<StoredGuidance, StoreError> {
    let at = to_microseconds(at);
    let stored = StoredGuidance { guidance: new.clone(), version: 1, created_at: at, updated_at: at };
    diesel::insert_into(guidance::table).values(Row::of(&stored)).execute(tx.connection())?;
    write_lists(tx, new)?;
    Ok(stored)
}

/// Writes a question as it was changed, raising the version.
pub fn save(
    tx: &mut Tx,
    before: &StoredGuidance,
    new: Guidance,
    at: DateTime<Utc>,
) -> Result<StoredGuidance, StoreError> {
    let after = StoredGuidance {
        guidance: new,
        version: before.version + 1,
        created_at: before.created_at,
        updated_at: to_microseconds(at),
    };
    let row = Row::of(&after);
    let changed = diesel::update(guidance::table.find(row.id).filter(guidance::version.eq(before.version)))
        .set((
            guidance::scheme.eq(row.scheme),
            guidance::round_id.eq(row.round_id),
            guidance::question_nb.eq(row.question_nb),
            guidance::question_nn.eq(row.question_nn),
            guidance::answer_nb.eq(row.answer_nb),
            guidance::answer_nn.eq(row.answer_nn),
            guidance::source.eq(row.source),
            guidance::position.eq(row.position),
            guidance::state.eq(row.state),
            guidance::version.eq(row.version),
            guidance::updated_at.eq(row.updated_at),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    let id = after.guidance.id.to_string();
    diesel::delete(guidance_areas::table.filter(guidance_areas::guidance_id.eq(&id))).execute(tx.connection())?;
    diesel::delete(guidance_about::table.filter(guidance_about::guidance_id.eq(&id))).execute(tx.connection())?;
    write_lists(tx, &after.guidance)?;
    Ok(after)
}

fn write_lists(tx: &mut Tx, of: &Guidance) -> Result<(), StoreError> {
    let id = of.id.to_string();
    for area in &of.areas {
        diesel::insert_into(guidance_areas::table)
            .values((guidance_areas::guidance_id.eq(&id), guidance_areas::area.eq(area)))
            .execute(tx.connection())?;
    }
    for code in &of.about {
        diesel::insert_into(guidance_about::table)
            .values((guidance_about::guidance_id.eq(&id), guidance_about::code.eq(code)))
            .execute(tx.connection())?;
    }
    Ok(())
}
