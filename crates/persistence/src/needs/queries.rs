//! Reading needs: one by id, pages, counts, submissions.

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::{NeedId, RoundId};
use domain::money::Nok;
use domain::needs::{Need, NeedState, Reading};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::items::{NeedFilter, NeedItem};
use super::references::ExternalRef;
use super::rows::{NeedRow, Submitted, SubmittedHead, VersionRow};
use super::search::{has_words, is_found_by};
use super::visibility::{Condition, Road, Roles, coordination_for, reading_of, roles, visible_to};
use crate::backend::Engine;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::networks::networks_of;
use crate::on_backend;
use crate::schema::{need_areas, need_external_refs, need_versions, needs, organisations};
use crate::store::Reader;
use crate::time::{from_column, to_column};

/// A need with how much of it the viewer sees; its content is narrowed to that.
pub type Seen = (Need, Reading);

/// The need with this id, as the viewer sees it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: NeedId) -> Result<Option<Seen>, StoreError> {
    let found: Option<(NeedRow, Roles, Option<String>)> = needs::table
        .find(id.to_string())
        .filter(visible_to(viewer))
        .select((needs::all_columns, roles(viewer), coordination_for(viewer)))
        .first(reader.connection())
        .optional()?;
    let Some((row, roles, coordination)) = found else { return Ok(None) };
    let reading = reading_of(&row, viewer, roles);
    let mut need = Need::try_from(row)?;
    if reading == Reading::Own {
        need.shared_with = networks_of(reader, id)?;
    }
    if reading.of_networks() {
        let corrupt = |why: uuid::Error| StoreError::corrupt("joint draft", why);
        need.coordination = coordination.map(|id| id.parse()).transpose().map_err(corrupt)?;
    }
    if !reading.of_draft() {
        need = with_submission(reader, need)?;
    }
    need.content = reading.narrow(need.content);
    if !reading.is_sender_or_office() {
        need.returned = None;
        need.dismissal = None;
    }
    if reading != Reading::Own {
        need.transferred_to = None;
    }
    Ok(Some((need, reading)))
}

/// What tells whether a sender's own need is still as it was when it was last shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OwnHead {
    /// The need.
    pub id: NeedId,
    /// Its version.
    pub version: i64,
    /// The sender's own keys for it.
    pub refs: Vec<ExternalRef>,
}

/// The head of the need with this id, where it is the sender's own. One statement, the same to the letter every time, so
/// that each engine keeps it prepared: through the enum diesel would write its text anew for each read, which costs
/// more than running it.
pub fn own_head(reader: &mut Reader, sender: &OrgNr, id: NeedId) -> Result<Option<OwnHead>, StoreError> {
    let keys = need_external_refs::need_id.eq(needs::id).and(need_external_refs::orgnr.eq(needs::sender_orgnr));
    let query = needs::table
        .left_join(need_external_refs::table.on(keys))
        .filter(needs::id.eq(id.to_string()))
        .filter(needs::sender_orgnr.eq(sender.to_string()))
        .order((need_external_refs::system, need_external_refs::key))
        .select((needs::version, (need_external_refs::system, need_external_refs::key).nullable()));
    let rows: Vec<(i64, Option<(String, String)>)> = on_backend!(reader.connection(), c => query.load(c)?);
    let Some(version) = rows.first().map(|(version, _)| *version) else { return Ok(None) };
    let refs = rows.into_iter().filter_map(|(_, key)| key).map(|(system, key)| ExternalRef { system, key }).collect();
    Ok(Some(OwnHead { id, version, refs }))
}

/// Of these needs, those that the viewer sees; events ask this.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let visible: Vec<String> = needs::table
        .filter(needs::id.eq_any(ids.iter().map(ToString::to_string)))
        .filter(visible_to(viewer))
        .select(needs::id)
        .load(reader.connection())?;
    visible.into_iter().map(|id| parse("need", &id)).collect()
}

/// Of these needs, those whose draft the viewer reads.
pub fn ids_with_draft(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<NeedId> = ids.iter().copied().map(NeedId).collect();
    let of_draft = readings(reader, viewer, &ids)?.into_iter().filter(|(_, reading)| reading.of_draft());
    Ok(of_draft.map(|(id, _)| id.0).collect())
}

/// How the viewer reads these needs; those that it does not see are not among them.
pub fn readings(reader: &mut Reader, viewer: &Viewer, ids: &[NeedId]) -> Result<Vec<(NeedId, Reading)>, StoreError> {
    let rows: Vec<(NeedRow, Roles)> = needs::table
        .filter(needs::id.eq_any(ids.iter().map(ToString::to_string)))
        .filter(visible_to(viewer))
        .select((needs::all_columns, roles(viewer)))
        .load(reader.connection())?;
    rows.into_iter()
        .map(|(row, roles)| {
            let id = parse("need", &row.id)?;
            Ok((id, reading_of(&row, viewer, roles)))
        })
        .collect()
}

/// The need with this id, whoever asks, with its newest submission: what forum and county governor treat.
pub fn find_submitted(reader: &mut Reader, id: NeedId) -> Result<Option<Need>, StoreError> {
    let row: Option<NeedRow> = needs::table
        .find(id.to_string())
        .filter(needs::submitted_version.is_not_null())
        .first(reader.connection())
        .optional()?;
    row.map(|row| with_submission(reader, row.try_into()?)).transpose()
}

/// The need with this id as its sender has it, whoever asks: for what happens to needs by others' doing.
pub fn find_whole(reader: &mut Reader, id: NeedId) -> Result<Option<Need>, StoreError> {
    let row: Option<NeedRow> = needs::table.find(id.to_string()).first(reader.connection()).optional()?;
    let shared_with = networks_of(reader, id)?;
    row.map(|row| Ok(Need { shared_with, ..Need::try_from(row)? })).transpose()
}

/// How many needs of a round are in one of these states, whoever asks.
pub fn count_in_round(reader: &mut Reader, round: RoundId, states: &[NeedState]) -> Result<i64, StoreError> {
    let found = needs::table
        .filter(needs::round_id.eq(round.to_string()))
        .filter(needs::state.eq_any(states.iter().map(|state| state.as_str())));
    Ok(found.count().get_result(reader.connection())?)
}

/// The needs of a round in one of these states as their senders have them, by id: what settling the round ends.
pub fn drafts_in_round(reader: &mut Reader, round: RoundId, states: &[NeedState]) -> Result<Vec<Need>, StoreError> {
    let rows: Vec<NeedRow> = needs::table
        .filter(needs::round_id.eq(round.to_string()))
        .filter(needs::state.eq_any(states.iter().map(|state| state.as_str())))
        .order(needs::id)
        .load(reader.connection())?;
    rows.into_iter().map(Need::try_from).collect()
}

/// The need with its newest submission in place of the draft.
fn with_submission(reader: &mut Reader, need: Need) -> Result<Need, StoreError> {
    let Some(n) = need.submitted_version else { return Ok(need) };
    let submitted =
        find_version(reader, need.id, n)?.ok_or_else(|| StoreError::corrupt("need", "its submission is gone"))?;
    Ok(Need { content: submitted.content, ..need })
}

/// A submission. The caller has found the need visible.
pub fn find_version(reader: &mut Reader, id: NeedId, n: i64) -> Result<Option<Submitted>, StoreError> {
    let row: Option<VersionRow> =
        need_versions::table.find((id.to_string(), n)).first(reader.connection()).optional()?;
    row.map(Submitted::try_from).transpose()
}

/// The submissions of a need, oldest first. The caller has found the need visible.
pub fn versions(reader: &mut Reader, id: NeedId) -> Result<Vec<SubmittedHead>, StoreError> {
    let rows: Vec<(i64, String, i64, chrono::NaiveDateTime)> = need_versions::table
        .filter(need_versions::need_id.eq(id.to_string()))
        .order(need_versions::n)
        .select((need_versions::n, need_versions::title, need_versions::amount_nok, need_versions::submitted_at))
        .load(reader.connection())?;
    let head =
        |(n, title, amount, at)| SubmittedHead { n, title, amount: Nok::new(amount), submitted_at: from_column(at) };
    Ok(rows.into_iter().map(head).collect())
}

/// A page of needs, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &NeedFilter,
    window: &Window,
) -> Result<Vec<NeedItem>, StoreError> {
    let mut rows: Vec<(NeedRow, Roles)> = Vec::new();
    for road in Road::walked_by(reader, viewer)? {
        let mut query = matching(reader.engine(), viewer, &road, filter, window).order(needs::id).limit(window.limit);
        if let Some(after) = &window.after {
            query = query.filter(needs::id.gt(after.clone()));
        }
        let query = query.select((needs::all_columns, roles(viewer)));
        rows.extend(query.load::<(NeedRow, Roles)>(reader.connection())?);
    }
    rows.sort_unstable_by(|(one, ..), (other, ..)| one.id.cmp(&other.id));
    rows.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
    let senders = senders(reader, rows.iter().map(|(row, ..)| row.sender_orgnr.clone()).collect())?;
    let heads = newest_heads(reader, rows.iter().map(|(row, ..)| row.id.clone()).collect())?;
    rows.into_iter()
        .map(|(row, roles)| {
            let reading = reading_of(&row, viewer, roles);
            let head = (row.id.clone(), row.submitted_version.unwrap_or_default());
            let name = senders.get(&row.sender_orgnr).map(|(name, _)| name.clone()).unwrap_or_default();
            item(row, &reading, heads.get(&head).cloned(), name)
        })
        .collect()
}

/// How many needs the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &NeedFilter, window: &Window) -> Result<i64, StoreError> {
    let mut total = 0;
    for road in Road::walked_by(reader, viewer)? {
        let query = matching(reader.engine(), viewer, &road, filter, window);
        total += query.count().get_result::<i64>(reader.connection())?;
    }
    Ok(total)
}

fn item(
    row: NeedRow,
    reading: &Reading,
    head: Option<(String, i64)>,
    sender_name: String,
) -> Result<NeedItem, StoreError> {
    let corrupt = |why: &dyn ToString| StoreError::corrupt("need", why.to_string());
    let (title, amount) = match head {
        Some(head) if !reading.of_draft() => head,
        _ => (row.title, row.amount_nok),
    };
    Ok(NeedItem {
        id: row.id.parse().map_err(|e| corrupt(&e))?,
        reference: row.reference,
        round: row.round_id.parse().map_err(|e| corrupt(&e))?,
        scheme: row.scheme,
        county_governor: row.county_governor,
        county: row.county_number.parse().map_err(|e| corrupt(&e))?,
        sender: OrgNr::from_register(row.sender_orgnr),
        sender_name,
        title,
        amount: reading.of_whole_budget().then(|| Nok::new(amount)),
        state: row.state.parse().map_err(|e| corrupt(&e))?,
        version: row.version,
        created_at: from_column(row.created_at),
        updated_at: from_column(row.updated_at),
        submitted_at: row.submitted_at.map(from_column),
    })
}

/// Names and kinds of senders, by number.
pub(super) fn senders(
    reader: &mut Reader,
    numbers: Vec<String>,
) -> Result<BTreeMap<String, (String, String)>, StoreError> {
    let found: Vec<(String, (String, String))> = organisations::table
        .filter(organisations::orgnr.eq_any(numbers))
        .select((organisations::orgnr, (organisations::name, organisations::kind)))
        .load(reader.connection())?;
    Ok(found.into_iter().collect())
}

/// Title and amount of submissions, by need and number.
fn newest_heads(reader: &mut Reader, ids: Vec<String>) -> Result<BTreeMap<(String, i64), (String, i64)>, StoreError> {
    let rows: Vec<(String, i64, String, i64)> = need_versions::table
        .filter(need_versions::need_id.eq_any(ids))
        .select((need_versions::need_id, need_versions::n, need_versions::title, need_versions::amount_nok))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(id, n, title, amount)| ((id, n), (title, amount))).collect())
}

/// The needs that the viewer meets on a road.
fn matching(
    engine: Engine,
    viewer: &Viewer,
    road: &Road,
    filter: &NeedFilter,
    window: &Window,
) -> needs::BoxedQuery<'static, MultiBackend> {
    let mut query = narrowed(road.leads_first(viewer), filter, window);
    if let Some(area) = &filter.area {
        query = query.filter(road.reads(viewer, |submitted| names_area(area, submitted)));
    }
    if let Some(terms) = &filter.terms {
        query = query.filter(match road {
            Road::Nation => is_found_by(engine, terms),
            _ => road.reads(viewer, |submitted| has_words(terms, submitted)),
        });
    }
    if let Some(carried) = carries_key(viewer, filter) {
        query = query.filter(carried);
    }
    query
}

/// The needs that may be seen, narrowed by what a filter asks whoever asks; areas and keys are the caller's to add, and so are words.
pub(super) fn narrowed(
    seen: Condition,
    filter: &NeedFilter,
    window: &Window,
) -> needs::BoxedQuery<'static, MultiBackend> {
    let mut query = needs::table.filter(seen).into_boxed();
    if !filter.states.is_empty() {
        query = query.filter(needs::state.eq_any(filter.states.iter().map(ToString::to_string).collect::<Vec<_>>()));
    }
    if let Some(round) = filter.round {
        query = query.filter(needs::round_id.eq(round.to_string()));
    }
    if let Some(scheme) = &filter.scheme {
        query = query.filter(needs::scheme.eq(scheme.clone()));
    }
    if let Some(sender) = &filter.sender {
        query = query.filter(needs::sender_orgnr.eq(sender.to_string()));
    }
    if let Some(county) = &filter.county {
        query = query.filter(needs::county_number.eq(county.to_string()));
    }
    if let Some(reference) = &filter.reference {
        query = query.filter(needs::reference.eq(reference.clone()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(needs::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(needs::id.eq_any(window.ids.clone()));
    }
    query
}

/// Whether a need names an area: in its newest submission, or in its draft. Looked up for each need that the rest lets
/// pass: as a join, a database might begin with all needs of the area.
pub(super) fn names_area(area: &str, submitted: bool) -> Condition {
    let named = need_areas::table
        .filter(need_areas::need_id.eq(needs::id))
        .filter(need_areas::area.eq(area.to_owned()))
        .filter(need_areas::submitted.eq(submitted))
        .select(need_areas::area);
    Box::new(named.single_value().is_not_null())
}

/// Whether the viewer keeps a key for a need, in the system and with the text that the filter asks for.
fn carries_key(viewer: &Viewer, filter: &NeedFilter) -> Option<Condition> {
    let kept = need_external_refs::table
        .filter(need_external_refs::need_id.eq(needs::id))
        .filter(need_external_refs::orgnr.eq(viewer.orgnr.to_string()));
    match (filter.external_system.clone(), filter.external_key.clone()) {
        (None, None) => None,
        (Some(system), None) => Some(Box::new(exists(kept.filter(need_external_refs::system.eq(system))))),
        (None, Some(key)) => Some(Box::new(exists(kept.filter(need_external_refs::key.eq(key))))),
        (Some(system), Some(key)) => Some(Box::new(exists(
            kept.filter(need_external_refs::system.eq(system)).filter(need_external_refs::key.eq(key)),
        ))),
    }
}
