//! Learning resources. Their keeper sees its own, everybody what is published.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::guidance::{Keeper, LearningResource, PublicationState, ResourceLanguage};
use domain::ids::LearningResourceId;
use domain::language::Bilingual;
use domain::orgnr::OrgNr;
use domain::search::SearchTerms;
use domain::time::to_microseconds;
use uuid::Uuid;

use super::grouped;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{learning_resource_areas, learning_resource_languages, learning_resources};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A learning resource with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResource {
    /// The resource.
    pub resource: LearningResource,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which resources a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResourceFilter {
    /// About this competence area.
    pub area: Option<String>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In this language.
    pub language: Option<ResourceLanguage>,
    /// Offered by this organisation.
    pub provider: Option<OrgNr>,
    /// Whose entry this organisation keeps.
    pub owner: Option<OrgNr>,
    /// In this state.
    pub state: Option<PublicationState>,
    /// With all these words in title, description or provider.
    pub terms: Option<SearchTerms>,
}

type Condition = Box<dyn BoxableExpression<learning_resources::table, MultiBackend, SqlType = Bool>>;

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = learning_resources)]
struct Row {
    id: String,
    owner_orgnr: String,
    county_governor: Option<String>,
    kind: String,
    title_nb: String,
    title_nn: String,
    description_nb: String,
    description_nn: String,
    provider: String,
    provider_orgnr: Option<String>,
    url: String,
    folded: String,
    state: String,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(stored: &StoredResource) -> Self {
        let it = stored.resource.clone();
        Self {
            // Each word stands behind a space, so that its beginning can be looked for.
            folded: format!(" {}", it.folded()),
            id: it.id.to_string(),
            owner_orgnr: it.keeper.orgnr.to_string(),
            county_governor: it.keeper.county_governor,
            kind: it.kind,
            title_nb: it.title.nb,
            title_nn: it.title.nn,
            description_nb: it.description.nb,
            description_nn: it.description.nn,
            provider: it.provider,
            provider_orgnr: it.provider_orgnr.map(|orgnr| orgnr.to_string()),
            url: it.url,
            state: it.state.to_string(),
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        }
    }

    fn with(self, areas: Vec<String>, languages: &[String]) -> Result<StoredResource, StoreError> {
        let corrupt = |why: &dyn ToString| StoreError::corrupt("learning resource", why.to_string());
        let languages = languages.iter().map(|code| code.parse()).collect::<Result<_, _>>();
        let resource = LearningResource {
            id: self.id.parse().map_err(|e| corrupt(&e))?,
            keeper: Keeper { orgnr: OrgNr::from_register(self.owner_orgnr), county_governor: self.county_governor },
            kind: self.kind,
            title: Bilingual { nb: self.title_nb, nn: self.title_nn },
            description: Bilingual { nb: self.description_nb, nn: self.description_nn },
            provider: self.provider,
            provider_orgnr: self.provider_orgnr.map(OrgNr::from_register),
            languages: languages.map_err(|e| corrupt(&e))?,
            areas,
            url: self.url,
            state: self.state.parse().map_err(|e| corrupt(&e))?,
        };
        let (created_at, updated_at) = (from_column(self.created_at), from_column(self.updated_at));
        Ok(StoredResource { resource, version: self.version, created_at, updated_at })
    }
}

/// Whether the viewer sees a resource: it is published, or the viewer keeps it.
fn visible_to(viewer: &Viewer) -> Condition {
    let published = learning_resources::state.eq(PublicationState::Published.as_str());
    Box::new(published.or(learning_resources::owner_orgnr.eq(viewer.orgnr.to_string())))
}

/// The resource with this id, where the viewer sees it.
pub fn find(
    reader: &mut Reader,
    viewer: &Viewer,
    id: LearningResourceId,
) -> Result<Option<StoredResource>, StoreError> {
    let rows: Vec<Row> =
        learning_resources::table.find(id.to_string()).filter(visible_to(viewer)).load(reader.connection())?;
    Ok(whole(reader, rows)?.pop())
}

/// Of these resources, those that the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let visible: Vec<String> = learning_resources::table
        .filter(learning_resources::id.eq_any(ids.iter().map(ToString::to_string)))
        .filter(visible_to(viewer))
        .select(learning_resources::id)
        .load(reader.connection())?;
    visible.into_iter().map(|id| parse("learning resource", &id)).collect()
}

/// A page of resources, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResourceFilter,
    window: &Window,
) -> Result<Vec<StoredResource>, StoreError> {
    let mut query = matching(viewer, filter, window).order(learning_resources::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(learning_resources::id.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    whole(reader, rows)
}

/// How many resources the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResourceFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(
    viewer: &Viewer,
    filter: &ResourceFilter,
    window: &Window,
) -> learning_resources::BoxedQuery<'static, MultiBackend> {
    let mut query = learning_resources::table.filter(visible_to(viewer)).into_boxed();
    if let Some(area) = &filter.area {
        query = query.filter(is_about(vec![area.clone()]));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(learning_resources::kind.eq(kind.clone()));
    }
    if let Some(language) = filter.language {
        let offered = learning_resource_languages::table
            .filter(learning_resource_languages::resource_id.eq(learning_resources::id))
            .filter(learning_resource_languages::language.eq(language.as_str()));
        query = query.filter(exists(offered));
    }
    if let Some(provider) = &filter.provider {
        query = query.filter(learning_resources::provider_orgnr.eq(provider.to_string()));
    }
    if let Some(owner) = &filter.owner {
        query = query.filter(learning_resources::owner_orgnr.eq(owner.to_string()));
    }
    if let Some(state) = filter.state {
        query = query.filter(learning_resources::state.eq(state.as_str()));
    }
    // A catalogue is small enough to be read through.
    for term in filter.terms.iter().flat_map(SearchTerms::iter) {
        query = query.filter(learning_resources::folded.like(format!("% {term}%")));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(learning_resources::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(learning_resources::id.eq_any(window.ids.clone()));
    }
    query
}

/// Whether a resource is about one of these areas.
fn is_about(areas: Vec<String>) -> Condition {
    Box::new(exists(
        learning_resource_areas::table
            .filter(learning_resource_areas::resource_id.eq(learning_resources::id))
            .filter(learning_resource_areas::area.eq_any(areas)),
    ))
}

/// Published resources about some areas, of the whole country or of a county governor: the first few, by id.
pub fn offered(
    reader: &mut Reader,
    county_governor: &str,
    areas: Vec<String>,
) -> Result<Vec<StoredResource>, StoreError> {
    let office = learning_resources::county_governor.eq(county_governor.to_owned());
    let rows: Vec<Row> = learning_resources::table
        .filter(learning_resources::state.eq(PublicationState::Published.as_str()))
        .filter(learning_resources::county_governor.is_null().or(office))
        .filter(is_about(areas))
        .order(learning_resources::id)
        .limit(OFFERED_AT_MOST)
        .load(reader.connection())?;
    whole(reader, rows)
}

/// As many as somebody looks at.
const OFFERED_AT_MOST: i64 = 10;

/// Rows with what hangs on them, in their order.
fn whole(reader: &mut Reader, rows: Vec<Row>) -> Result<Vec<StoredResource>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let areas: Vec<(String, String)> = learning_resource_areas::table
        .filter(learning_resource_areas::resource_id.eq_any(ids.clone()))
        .order(learning_resource_areas::area)
        .load(reader.connection())?;
    let languages: Vec<(String, String)> = learning_resource_languages::table
        .filter(learning_resource_languages::resource_id.eq_any(ids))
        .order(learning_resource_languages::language)
        .load(reader.connection())?;
    let (mut areas, mut languages) = (grouped(areas), grouped(languages));
    rows.into_iter()
        .map(|row| {
            let (areas, languages) = (areas.remove(&row.id), languages.remove(&row.id));
            row.with(areas.unwrap_or_default(), &languages.unwrap_or_default())
        })
        .collect()
}

/// Adds a resource.
pub fn insert(tx: &mut Tx, new: &LearningResource, at: DateTime<Utc>) -> Result<StoredResource, StoreError> {
    let at = to_microseconds(at);
    let stored = StoredResource { resource: new.clone(), version: 1, created_at: at, updated_at: at };
    diesel::insert_into(learning_resources::table).values(Row::of(&stored)).execute(tx.connection())?;
    write_lists(tx, new)?;
    Ok(stored)
}

/// Writes a resource as it was changed, raising the version.
pub fn save(
    tx: &mut Tx,
    before: &StoredResource,
    new: LearningResource,
    at: DateTime<Utc>,
) -> Result<StoredResource, StoreError> {
    let after = StoredResource {
        resource: new,
        version: before.version + 1,
        created_at: before.created_at,
        updated_at: to_microseconds(at),
    };
    let row = Row::of(&after);
    let found = learning_resources::table.find(row.id).filter(learning_resources::version.eq(before.version));
    let changed = diesel::update(found)
        .set((
            learning_resources::kind.eq(row.kind),
            learning_resources::title_nb.eq(row.title_nb),
            learning_resources::title_nn.eq(row.title_nn),
            learning_resources::description_nb.eq(row.description_nb),
            learning_resources::description_nn.eq(row.description_nn),
            learning_resources::provider.eq(row.provider),
            learning_resources::provider_orgnr.eq(row.provider_orgnr),
            learning_resources::url.eq(row.url),
            learning_resources::folded.eq(row.folded),
            learning_resources::state.eq(row.state),
            learning_resources::version.eq(row.version),
            learning_resources::updated_at.eq(row.updated_at),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    let id = after.resource.id.to_string();
    let areas = learning_resource_areas::table.filter(learning_resource_areas::resource_id.eq(&id));
    diesel::delete(areas).execute(tx.connection())?;
    let languages = learning_resource_languages::table.filter(learning_resource_languages::resource_id.eq(&id));
    diesel::delete(languages).execute(tx.connection())?;
    write_lists(tx, &after.resource)?;
    Ok(after)
}

fn write_lists(tx: &mut Tx, of: &LearningResource) -> Result<(), StoreError> {
    let id = of.id.to_string();
    for area in &of.areas {
        diesel::insert_into(learning_resource_areas::table)
            .values((learning_resource_areas::resource_id.eq(&id), learning_resource_areas::area.eq(area)))
            .execute(tx.connection())?;
    }
    for language in &of.languages {
        diesel::insert_into(learning_resource_languages::table)
            .values((
                learning_resource_languages::resource_id.eq(&id),
                learning_resource_languages::language.eq(language.as_str()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}
