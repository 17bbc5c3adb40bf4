//! Queries on responses. Raw rows are read by the sender and the unit's owner only (K07).

use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::BatchId;
use domain::kartlegging::{Period, RespondentGroup};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::rows::{HistoryRow, PastResponse, ResponseRow, StoredResponse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{response_history, responses, units};
use crate::store::Reader;
use crate::time::to_column;

/// Which responses a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponseFilter {
    /// Of this instrument.
    pub instrument: Option<String>,
    /// Of this period.
    pub period: Option<Period>,
    /// About this unit.
    pub unit: Option<OrgNr>,
    /// About this competence area.
    pub area: Option<String>,
    /// From this group.
    pub respondent_group: Option<RespondentGroup>,
    /// Belonging to this organisation.
    pub sender: Option<OrgNr>,
    /// Last said by this batch.
    pub batch: Option<BatchId>,
}

/// A page of the responses that the viewer may read, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
) -> Result<Vec<StoredResponse>, StoreError> {
    let mut query = matching(viewer, filter, window).order(responses::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(responses::id.gt(after.clone()));
    }
    let rows: Vec<ResponseRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredResponse::try_from).collect()
}

/// The response with this id, if the viewer may read it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: Uuid) -> Result<Option<StoredResponse>, StoreError> {
    let row: Option<ResponseRow> =
        visible_to(viewer).filter(responses::id.eq(id.to_string())).first(reader.connection()).optional()?;
    row.map(StoredResponse::try_from).transpose()
}

/// What a response said before, the last first. Whether the caller may read it is asked before.
pub fn history(reader: &mut Reader, id: Uuid) -> Result<Vec<PastResponse>, StoreError> {
    let rows: Vec<HistoryRow> = response_history::table
        .filter(response_history::response_id.eq(id.to_string()))
        .order(response_history::version.desc())
        .load(reader.connection())?;
    rows.into_iter().map(PastResponse::try_from).collect()
}

/// The responses that an organisation has to an instrument in a period, wherever they came from.
pub fn of_sender(
    reader: &mut Reader,
    sender: &OrgNr,
    instrument: &str,
    period: Period,
) -> Result<Vec<StoredResponse>, StoreError> {
    let rows: Vec<ResponseRow> = responses::table
        .filter(responses::sender_orgnr.eq(sender.as_str()))
        .filter(responses::instrument.eq(instrument))
        .filter(responses::period.eq(period.to_string()))
        .load(reader.connection())?;
    rows.into_iter().map(StoredResponse::try_from).collect()
}

/// How many responses the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn visible_to(viewer: &Viewer) -> responses::BoxedQuery<'static, MultiBackend> {
    let viewer = viewer.orgnr.to_string();
    let units_of_the_viewer = units::table.filter(units::owner_orgnr.eq(viewer.clone())).select(units::orgnr);
    responses::table
        .filter(responses::sender_orgnr.eq(viewer).or(responses::unit_orgnr.eq_any(units_of_the_viewer)))
        .into_boxed()
}

fn matching(viewer: &Viewer, filter: &ResponseFilter, window: &Window) -> responses::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(viewer);
    if let Some(instrument) = &filter.instrument {
        query = query.filter(responses::instrument.eq(instrument.clone()));
    }
    if let Some(period) = filter.period {
        query = query.filter(responses::period.eq(period.to_string()));
    }
    if let Some(unit) = &filter.unit {
        query = query.filter(responses::unit_orgnr.eq(unit.to_string()));
    }
    if let Some(area) = &filter.area {
        query = query.filter(responses::area.eq(area.clone()));
    }
    if let Some(group) = filter.respondent_group {
        query = query.filter(responses::respondent_group.eq(group.as_str()));
    }
    if let Some(sender) = &filter.sender {
        query = query.filter(responses::sender_orgnr.eq(sender.to_string()));
    }
    if let Some(batch) = filter.batch {
        query = query.filter(responses::batch_id.eq(batch.to_string()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(responses::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(responses::id.eq_any(window.ids.clone()));
    }
    query
}
