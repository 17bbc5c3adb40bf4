//! Coordinations read and written. The caller has found their network visible, and taken its turn before writing.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::{CoordinationId, NeedId, NetworkId};
use domain::needs::NeedState;
use domain::networks::{AskedOfUniversity, Coordination};
use domain::orgnr::OrgNr;
use domain::time::to_microseconds;
use uuid::Uuid;

use super::queries::of_visible_networks;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{coordination_needs, coordinations, joint_drafts, needs};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A coordination with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredCoordination {
    /// The coordination.
    pub coordination: Coordination,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = coordinations, treat_none_as_null = true)]
struct Row {
    id: String,
    network_id: String,
    title: String,
    description: String,
    lead_orgnr: Option<String>,
    university_orgnr: Option<String>,
    asked_of_university: Option<String>,
    asked_of_statped: Option<String>,
    closed: bool,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl Row {
    fn of(stored: &StoredCoordination) -> Self {
        let coordination = &stored.coordination;
        let asked = coordination.asked_of_university.as_ref();
        Self {
            id: coordination.id.to_string(),
            network_id: coordination.network.to_string(),
            title: coordination.title.clone(),
            description: coordination.description.clone(),
            lead_orgnr: coordination.lead.as_ref().map(ToString::to_string),
            university_orgnr: asked.map(|asked| asked.orgnr.to_string()),
            asked_of_university: asked.map(|asked| asked.text.clone()),
            asked_of_statped: coordination.asked_of_statped.clone(),
            closed: coordination.is_closed,
            version: stored.version,
            created_at: to_column(stored.created_at),
            updated_at: to_column(stored.updated_at),
        }
    }

    fn with(self, needs: Vec<NeedId>, draft: Option<NeedId>) -> Result<StoredCoordination, StoreError> {
        let corrupt = |why: uuid::Error| StoreError::corrupt("coordination", why);
        let asked = self.university_orgnr.zip(self.asked_of_university);
        Ok(StoredCoordination {
            coordination: Coordination {
                id: self.id.parse().map_err(corrupt)?,
                network: self.network_id.parse().map_err(corrupt)?,
                title: self.title,
                description: self.description,
                needs,
                lead: self.lead_orgnr.map(OrgNr::from_register),
                asked_of_university: asked
                    .map(|(orgnr, text)| AskedOfUniversity { orgnr: OrgNr::from_register(orgnr), text }),
                asked_of_statped: self.asked_of_statped,
                is_closed: self.closed,
                draft,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}

/// The coordination of a network with this id.
pub fn find(
    reader: &mut Reader,
    network: NetworkId,
    id: CoordinationId,
) -> Result<Option<StoredCoordination>, StoreError> {
    let row: Option<Row> = coordinations::table
        .find(id.to_string())
        .filter(coordinations::network_id.eq(network.to_string()))
        .first(reader.connection())
        .optional()?;
    Ok(whole(reader, row.into_iter().collect())?.pop())
}

/// A page of the coordinations of a network, by id.
pub fn list(reader: &mut Reader, network: NetworkId, window: &Window) -> Result<Vec<StoredCoordination>, StoreError> {
    let mut query = matching(network, window).order(coordinations::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(coordinations::id.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    whole(reader, rows)
}

/// How many coordinations the whole list holds.
pub fn count(reader: &mut Reader, network: NetworkId, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(network, window).count().get_result(reader.connection())?)
}

fn matching(network: NetworkId, window: &Window) -> coordinations::BoxedQuery<'static, MultiBackend> {
    let mut query = coordinations::table.filter(coordinations::network_id.eq(network.to_string())).into_boxed();
    if let Some(since) = window.updated_since {
        query = query.filter(coordinations::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(coordinations::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these coordinations, those whose network the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(String, String)> = coordinations::table
        .filter(coordinations::id.eq_any(ids.iter().map(ToString::to_string)))
        .select((coordinations::id, coordinations::network_id))
        .load(reader.connection())?;
    of_visible_networks(reader, viewer, rows)
}

/// The coordinations of these rows, with their needs and living joint drafts.
fn whole(reader: &mut Reader, rows: Vec<Row>) -> Result<Vec<StoredCoordination>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let mut named = needs_of(reader, &ids)?;
    let mut drafts = living_drafts(reader, &ids)?;
    rows.into_iter()
        .map(|row| {
            let (needs, draft) = (named.remove(&row.id).unwrap_or_default(), drafts.remove(&row.id));
            row.with(needs, draft)
        })
        .collect()
}

fn needs_of(reader: &mut Reader, ids: &[String]) -> Result<BTreeMap<String, Vec<NeedId>>, StoreError> {
    let rows: Vec<(String, String)> = coordination_needs::table
        .filter(coordination_needs::coordination_id.eq_any(ids))
        .order((coordination_needs::coordination_id, coordination_needs::place))
        .select((coordination_needs::coordination_id, coordination_needs::need_id))
        .load(reader.connection())?;
    let mut named: BTreeMap<String, Vec<NeedId>> = BTreeMap::new();
    for (coordination, need) in rows {
        named.entry(coordination).or_default().push(parse("coordination", &need)?);
    }
    Ok(named)
}

/// The newest joint draft of each coordination that has not come to nothing.
fn living_drafts(reader: &mut Reader, ids: &[String]) -> Result<BTreeMap<String, NeedId>, StoreError> {
    let rows: Vec<(String, String, String)> = joint_drafts::table
        .inner_join(needs::table.on(needs::id.eq(joint_drafts::need_id)))
        .filter(joint_drafts::coordination_id.eq_any(ids))
        .order(joint_drafts::need_id)
        .select((joint_drafts::coordination_id, joint_drafts::need_id, needs::state))
        .load(reader.connection())?;
    let mut drafts = BTreeMap::new();
    for (coordination, need, state) in rows {
        let state: NeedState = parse("need", &state)?;
        if Coordination::is_alive(state) {
            drafts.insert(coordination, parse("coordination", &need)?);
        }
    }
    Ok(drafts)
}

/// Adds a coordination.
pub fn insert(tx: &mut Tx, coordination: Coordination, at: DateTime<Utc>) -> Result<StoredCoordination, StoreError> {
    let at = to_microseconds(at);
    let stored = StoredCoordination { coordination, version: 1, created_at: at, updated_at: at };
    diesel::insert_into(coordinations::table).values(Row::of(&stored)).execute(tx.connection())?;
    write_needs(tx, &stored.coordination)?;
    Ok(stored)
}

/// Writes what was changed in a coordination, raising the version.
pub fn save(tx: &mut Tx, stored: &StoredCoordination, at: DateTime<Utc>) -> Result<StoredCoordination, StoreError> {
    let after = StoredCoordination { version: stored.version + 1, updated_at: to_microseconds(at), ..stored.clone() };
    let id = stored.coordination.id.to_string();
    let row = coordinations::table.find(id).filter(coordinations::version.eq(stored.version));
    let changed = diesel::update(row).set(Row::of(&after)).execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    write_needs(tx, &after.coordination)?;
    Ok(after)
}

fn write_needs(tx: &mut Tx, coordination: &Coordination) -> Result<(), StoreError> {
    let id = coordination.id.to_string();
    let old = coordination_needs::table.filter(coordination_needs::coordination_id.eq(&id));
    diesel::delete(old).execute(tx.connection())?;
    for (place, need) in (0_i64..).zip(&coordination.needs) {
        diesel::insert_into(coordination_needs::table)
            .values((
                coordination_needs::coordination_id.eq(&id),
                coordination_needs::need_id.eq(need.to_string()),
                coordination_needs::place.eq(place),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The coordinations of a network that name a need, by id.
pub fn naming(reader: &mut Reader, network: NetworkId, need: NeedId) -> Result<Vec<StoredCoordination>, StoreError> {
    let names_it = coordination_needs::table
        .filter(coordination_needs::coordination_id.eq(coordinations::id))
        .filter(coordination_needs::need_id.eq(need.to_string()));
    let rows: Vec<Row> = coordinations::table
        .filter(coordinations::network_id.eq(network.to_string()))
        .filter(exists(names_it))
        .order(coordinations::id)
        .load(reader.connection())?;
    whole(reader, rows)
}

/// The coordinations of a network that an organisation leads, by id.
pub fn led_by(reader: &mut Reader, network: NetworkId, lead: &OrgNr) -> Result<Vec<StoredCoordination>, StoreError> {
    let rows: Vec<Row> = coordinations::table
        .filter(coordinations::network_id.eq(network.to_string()))
        .filter(coordinations::lead_orgnr.eq(lead.to_string()))
        .order(coordinations::id)
        .load(reader.connection())?;
    whole(reader, rows)
}

/// Notes that a need is the joint draft of a coordination.
pub fn insert_joint_draft(tx: &mut Tx, id: CoordinationId, need: NeedId) -> Result<(), StoreError> {
    diesel::insert_into(joint_drafts::table)
        .values((joint_drafts::need_id.eq(need.to_string()), joint_drafts::coordination_id.eq(id.to_string())))
        .execute(tx.connection())?;
    Ok(())
}
