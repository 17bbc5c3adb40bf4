//! The overview of a county's submitted needs (F10).

use std::collections::BTreeMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::needs::{Need, Parties, Reading};
use domain::organisations::OrganisationKind;

use super::items::NeedFilter;
use super::queries::{names_area, narrowed, senders};
use super::rows::{NeedRow, Submitted, VersionRow};
use super::visibility::is_on_overview_for;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{need_versions, needs};
use crate::store::Reader;

/// A submitted need in the overview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverviewItem {
    /// The need with its newest submission, as those read it who read submissions.
    pub need: Need,
    /// Its parties at that submission.
    pub parties: Parties,
    /// The sender's name.
    pub sender_name: String,
    /// The sender's kind.
    pub sender_kind: OrganisationKind,
}

/// A page of the overview, by id. The filter's outside keys are not asked for here.
pub fn overview(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &NeedFilter,
    window: &Window,
) -> Result<Vec<OverviewItem>, StoreError> {
    let mut query = matching(viewer, filter, window).order(needs::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(needs::id.gt(after.clone()));
    }
    let rows: Vec<NeedRow> = query.load(reader.connection())?;
    let senders = senders(reader, rows.iter().map(|row| row.sender_orgnr.clone()).collect())?;
    let mut submissions = newest_submissions(reader, rows.iter().map(|row| row.id.clone()).collect())?;
    rows.into_iter()
        .map(|row| {
            let missing = |what: &str| StoreError::corrupt("need", format!("its {what} is gone"));
            let submitted = submissions.remove(&row.id).ok_or_else(|| missing("submission"))?;
            let sender = senders.get(&row.sender_orgnr).ok_or_else(|| missing("sender"))?;
            item(row, submitted, sender)
        })
        .collect()
}

/// How many needs the whole overview holds.
pub fn count_overview(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &NeedFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &NeedFilter, window: &Window) -> needs::BoxedQuery<'static, MultiBackend> {
    let query = narrowed(is_on_overview_for(viewer), filter, window);
    match &filter.area {
        Some(area) => query.filter(names_area(area, true)),
        None => query,
    }
}

fn item(row: NeedRow, submitted: Submitted, (name, kind): &(String, String)) -> Result<OverviewItem, StoreError> {
    let need = Need::try_from(row)?;
    Ok(OverviewItem {
        need: Need { content: Reading::Record.narrow(submitted.content), returned: None, ..need },
        parties: submitted.parties,
        sender_name: name.clone(),
        sender_kind: parse("organisation", kind)?,
    })
}

pub(super) fn newest_submissions(
    reader: &mut Reader,
    ids: Vec<String>,
) -> Result<BTreeMap<String, Submitted>, StoreError> {
    let is_newest = needs::table
        .filter(needs::id.eq(need_versions::need_id))
        .filter(needs::submitted_version.eq(need_versions::n.nullable()));
    let rows: Vec<VersionRow> = need_versions::table
        .filter(need_versions::need_id.eq_any(ids))
        .filter(exists(is_newest))
        .load(reader.connection())?;
    rows.into_iter().map(|row| Submitted::try_from(row).map(|found| (found.need.to_string(), found))).collect()
}
