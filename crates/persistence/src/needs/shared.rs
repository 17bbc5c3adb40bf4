//! The needs that are shared with a network, side by side.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::NetworkId;
use domain::needs::{Need, Reading};
use domain::organisations::OrganisationKind;

use super::items::NeedFilter;
use super::overview::newest_submissions;
use super::queries::{narrowed, senders};
use super::rows::NeedRow;
use super::visibility::{Roles, reading_of, roles, visible_to};
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{need_shares, needs};
use crate::store::Reader;
use crate::time::from_column;

/// A need that is shared with a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedNeed {
    /// The need, narrowed to what the viewer sees.
    pub need: Need,
    /// The sender's name.
    pub sender_name: String,
    /// The sender's kind.
    pub sender_kind: OrganisationKind,
    /// Since when it is shared.
    pub shared_at: DateTime<Utc>,
}

/// A page of the needs that are shared with a network, by id: those of them that the viewer sees.
pub fn shared(
    reader: &mut Reader,
    viewer: &Viewer,
    network: NetworkId,
    window: &Window,
) -> Result<Vec<SharedNeed>, StoreError> {
    let mut query = matching(viewer, network, window).order(needs::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(needs::id.gt(after.clone()));
    }
    let rows: Vec<(NeedRow, Roles)> = query.select((needs::all_columns, roles(viewer))).load(reader.connection())?;
    let ids: Vec<String> = rows.iter().map(|(row, _)| row.id.clone()).collect();
    let senders = senders(reader, rows.iter().map(|(row, _)| row.sender_orgnr.clone()).collect())?;
    let since = since_when(reader, network, &ids)?;
    let mut submissions = newest_submissions(reader, ids)?;
    rows.into_iter()
        .map(|(row, roles)| {
            let missing = |what: &str| StoreError::corrupt("need", format!("its {what} is gone"));
            let (name, kind) = senders.get(&row.sender_orgnr).ok_or_else(|| missing("sender"))?;
            let shared_at = *since.get(&row.id).ok_or_else(|| missing("share"))?;
            let (submitted, reading) = (submissions.remove(&row.id), reading_of(&row, viewer, roles));
            Ok(SharedNeed {
                need: narrow(row.try_into()?, submitted.map(|found| found.content), &reading),
                sender_name: name.clone(),
                sender_kind: parse("organisation", kind)?,
                shared_at,
            })
        })
        .collect()
}

/// How many needs the whole list holds.
pub fn count_shared(
    reader: &mut Reader,
    viewer: &Viewer,
    network: NetworkId,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, network, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, network: NetworkId, window: &Window) -> needs::BoxedQuery<'static, MultiBackend> {
    let with_it = need_shares::table
        .filter(need_shares::need_id.eq(needs::id))
        .filter(need_shares::network_id.eq(network.to_string()));
    narrowed(visible_to(viewer), &NeedFilter::default(), window).filter(exists(with_it))
}

fn since_when(
    reader: &mut Reader,
    network: NetworkId,
    needs: &[String],
) -> Result<BTreeMap<String, DateTime<Utc>>, StoreError> {
    let rows: Vec<(String, NaiveDateTime)> = need_shares::table
        .filter(need_shares::network_id.eq(network.to_string()))
        .filter(need_shares::need_id.eq_any(needs))
        .select((need_shares::need_id, need_shares::shared_at))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(id, at)| (id, from_column(at))).collect())
}

/// The need as its reader sees it: the draft as it stands, or its newest submission.
fn narrow(need: Need, submitted: Option<domain::needs::Content>, reading: &Reading) -> Need {
    let content = match submitted {
        Some(submitted) if !reading.of_draft() => submitted,
        _ => need.content,
    };
    Need { content: reading.narrow(content), returned: None, ..need }
}
