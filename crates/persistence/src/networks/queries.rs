//! Networks read and written: seen by their members and by the county governor in whose area they work.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::ids::NetworkId;
use domain::networks::{Member, Network};
use domain::orgnr::OrgNr;
use domain::time::to_microseconds;
use uuid::Uuid;

use super::rows::{NetworkRow, StoredNetwork};
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{network_members, networks, organisations};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

type Condition = Box<dyn BoxableExpression<networks::table, MultiBackend, SqlType = Bool>>;

/// Whether the viewer sees the network: as a member, or as the county governor in whose area it works.
fn visible_to(viewer: &Viewer) -> Condition {
    let as_member = network_members::table
        .filter(network_members::network_id.eq(networks::id))
        .filter(network_members::orgnr.eq(viewer.orgnr.to_string()));
    let of_its_office = networks::county_governor.eq(viewer.county_governor.clone().unwrap_or_default());
    Box::new(exists(as_member).or(of_its_office))
}

/// The network with this id, where the viewer sees it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: NetworkId) -> Result<Option<StoredNetwork>, StoreError> {
    let row: Option<NetworkRow> =
        networks::table.find(id.to_string()).filter(visible_to(viewer)).first(reader.connection()).optional()?;
    Ok(with_members(reader, row.into_iter().collect())?.pop())
}

/// Which networks a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NetworkFilter {
    /// Of this county governor's area.
    pub county_governor: Option<String>,
    /// With this member.
    pub member: Option<OrgNr>,
}

/// A page of networks, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &NetworkFilter,
    window: &Window,
) -> Result<Vec<StoredNetwork>, StoreError> {
    let mut query = matching(viewer, filter, window).order(networks::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(networks::id.gt(after.clone()));
    }
    let rows: Vec<NetworkRow> = query.load(reader.connection())?;
    with_members(reader, rows)
}

/// How many networks the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &NetworkFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &NetworkFilter, window: &Window) -> networks::BoxedQuery<'static, MultiBackend> {
    let mut query = networks::table.filter(visible_to(viewer)).into_boxed();
    if let Some(code) = &filter.county_governor {
        query = query.filter(networks::county_governor.eq(code.clone()));
    }
    if let Some(member) = &filter.member {
        let with_it = network_members::table
            .filter(network_members::network_id.eq(networks::id))
            .filter(network_members::orgnr.eq(member.to_string()));
        query = query.filter(exists(with_it));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(networks::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(networks::id.eq_any(window.ids.clone()));
    }
    query
}

/// Of these networks, those that the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let visible: Vec<String> = networks::table
        .filter(networks::id.eq_any(ids.iter().map(ToString::to_string)))
        .filter(visible_to(viewer))
        .select(networks::id)
        .load(reader.connection())?;
    visible.into_iter().map(|id| parse("network", &id)).collect()
}

/// Of things with the networks that they belong to, those whose network the viewer sees.
pub(super) fn of_visible_networks(
    reader: &mut Reader,
    viewer: &Viewer,
    things: Vec<(String, String)>,
) -> Result<Vec<Uuid>, StoreError> {
    let parse = |id: &str| parse("id in a network", id);
    let networks: Vec<Uuid> = things.iter().map(|(_, network)| parse(network)).collect::<Result<_, _>>()?;
    let visible = visible_ids(reader, viewer, &networks)?;
    let seen = things.iter().zip(networks).filter(|(_, network)| visible.contains(network));
    seen.map(|((id, _), _)| parse(id)).collect()
}

fn with_members(reader: &mut Reader, rows: Vec<NetworkRow>) -> Result<Vec<StoredNetwork>, StoreError> {
    let found: Vec<(String, (String, String, String), NaiveDateTime)> = network_members::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(network_members::orgnr)))
        .filter(network_members::network_id.eq_any(rows.iter().map(|row| row.id.clone())))
        .order((network_members::network_id, network_members::orgnr))
        .select((
            network_members::network_id,
            (organisations::orgnr, organisations::name, organisations::kind),
            network_members::since,
        ))
        .load(reader.connection())?;
    let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
    for (network, (orgnr, name, kind), since) in found {
        let kind = parse("organisation", &kind)?;
        let member = Member { orgnr: OrgNr::from_register(orgnr), name, kind, since: from_column(since) };
        members.entry(network).or_default().push(member);
    }
    rows.into_iter()
        .map(|row| {
            let members = members.remove(&row.id).unwrap_or_default();
            row.with(members)
        })
        .collect()
}

/// Adds a network with its coordinator as its first member.
pub fn insert(tx: &mut Tx, network: &Network, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(networks::table).values(NetworkRow::new(network, at)).execute(tx.connection())?;
    add_member(tx, network.id, &network.coordinator, at)
}

/// Writes what was changed in a network, its members aside, raising the version.
pub fn save(tx: &mut Tx, stored: &StoredNetwork, at: DateTime<Utc>) -> Result<StoredNetwork, StoreError> {
    let network = &stored.network;
    let row = networks::table.find(network.id.to_string()).filter(networks::version.eq(stored.version));
    let changed = diesel::update(row)
        .set((
            networks::name.eq(&network.name),
            networks::coordinator_orgnr.eq(network.coordinator.as_str()),
            networks::version.eq(stored.version + 1),
            networks::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    Ok(StoredNetwork { version: stored.version + 1, updated_at: to_microseconds(at), ..stored.clone() })
}

/// Waits until no other write is changing what belongs to the network: its members, what is shared with it, its
/// coordinations and meetings. Take it before reading what you decide by; others wait until the transaction ends.
pub fn take_turn(tx: &mut Tx, id: NetworkId) -> Result<(), StoreError> {
    diesel::update(networks::table.find(id.to_string()))
        .set(networks::version.eq(networks::version))
        .execute(tx.connection())?;
    Ok(())
}

/// Makes an organisation a member. The network's turn was taken.
pub fn add_member(tx: &mut Tx, network: NetworkId, orgnr: &OrgNr, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(network_members::table)
        .values((
            network_members::network_id.eq(network.to_string()),
            network_members::orgnr.eq(orgnr.as_str()),
            network_members::since.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Ends a membership. The network's turn was taken, and what the member shared was taken back.
pub fn remove_member(tx: &mut Tx, network: NetworkId, orgnr: &OrgNr) -> Result<(), StoreError> {
    let row = network_members::table.find((network.to_string(), orgnr.as_str()));
    let gone = diesel::delete(row).execute(tx.connection())?;
    if gone == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A network as one of its members knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyNetwork {
    /// The network.
    pub id: NetworkId,
    /// What it is called.
    pub name: String,
}

/// The networks of which an organisation is a member, by id.
pub fn of_member(reader: &mut Reader, orgnr: &OrgNr) -> Result<Vec<MyNetwork>, StoreError> {
    let rows: Vec<(String, String)> = networks::table
        .inner_join(network_members::table.on(network_members::network_id.eq(networks::id)))
        .filter(network_members::orgnr.eq(orgnr.as_str()))
        .order(networks::id)
        .select((networks::id, networks::name))
        .load(reader.connection())?;
    rows.into_iter().map(|(id, name)| Ok(MyNetwork { id: parse("network", &id)?, name })).collect()
}

/// Whether an organisation is a member of any network.
pub(crate) fn is_member_of_any(reader: &mut Reader, orgnr: &OrgNr) -> Result<bool, StoreError> {
    let first: Option<String> = network_members::table
        .filter(network_members::orgnr.eq(orgnr.as_str()))
        .select(network_members::network_id)
        .first(reader.connection())
        .optional()?;
    Ok(first.is_some())
}
