//! Queries on responses. Raw rows are read by the sender and the unit's owner only (K07).

use std::collections::{HashMap, HashSet};

use chrono::NaiveDateTime;
use diesel::dsl::{Eq, Filter, Select};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::ids::BatchId;
use domain::kartlegging::{Level, Period, RespondentGroup};
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::content::Content;
use super::rows::{PastResponse, StoredResponse};
use super::sheets::{SheetRow, response_id, sheet_and_number};
use crate::codec::{number, parse, parse_some};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{batch_units, batches, replaced_passages, response_sheets, sheet_senders, units};
use crate::store::Reader;
use crate::time::{from_column, to_column};

/// Sheets read first: most pages stand on them.
const SHEETS_AT_FIRST: usize = 8;
/// Sheets read at a time after that.
const SHEETS_AT_A_TIME: usize = 64;
/// Changes of a sheet read at a time.
const REPLACED_AT_A_TIME: i64 = 20;
/// Sheets counted in one statement.
const SHEETS_COUNTED_AT_A_TIME: usize = 500;

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

impl ResponseFilter {
    /// Whether sheets are taken whole: everything that is asked for is the same all over a sheet.
    fn takes_sheets_whole(&self) -> bool {
        self.area.is_none() && self.respondent_group.is_none() && self.batch.is_none()
    }

    fn takes(&self, response: &StoredResponse) -> bool {
        self.area.as_ref().is_none_or(|area| *area == response.area)
            && self.respondent_group.is_none_or(|group| group == response.respondent_group)
            && self.sender.as_ref().is_none_or(|sender| *sender == response.sender)
            && self.batch.is_none_or(|batch| batch == response.batch)
    }
}

/// A page of the responses that the viewer may read, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
) -> Result<Vec<StoredResponse>, StoreError> {
    let limit = number("limit", window.limit)?;
    let mut page = Vec::new();
    let after: Option<Uuid> = parse_some("cursor", window.after.as_deref())?;
    each_matching(reader, viewer, filter, window, after, |response| {
        page.push(response);
        page.len() < limit
    })?;
    Ok(page)
}

/// How many responses the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    if filter.takes_sheets_whole() && window.updated_since.is_none() && window.ids.is_empty() {
        return count_by_sheet(reader, viewer, filter);
    }
    let mut count = 0;
    each_matching(reader, viewer, filter, window, None, |_| {
        count += 1;
        true
    })?;
    Ok(count)
}

/// The response with this id, if the viewer may read it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: Uuid) -> Result<Option<StoredResponse>, StoreError> {
    let window = Window { ids: vec![id.to_string()], limit: 1, ..Window::default() };
    Ok(list(reader, viewer, &ResponseFilter::default(), &window)?.pop())
}

/// What a response said before, the last first. Whether the caller may read it is asked before.
pub fn history(reader: &mut Reader, response: &StoredResponse) -> Result<Vec<PastResponse>, StoreError> {
    let (sheet, number) = sheet_and_number(response.id);
    let mut history: Vec<PastResponse> = Vec::new();
    let mut before = i64::MAX;
    // A sheet changes more often than one of its responses: its history ends with the first version.
    while history.last().map_or(response.version, |past| past.version) > 1 {
        let rows: Vec<PastPassages> = replaced_passages::table
            .filter(replaced_passages::sheet_id.eq(sheet.to_string()))
            .filter(replaced_passages::version.lt(before))
            .order(replaced_passages::version.desc())
            .limit(REPLACED_AT_A_TIME)
            .load(reader.connection())?;
        let Some(last) = rows.last() else { break };
        before = last.version;
        for row in &rows {
            history.extend(row.past(number)?);
        }
    }
    Ok(history)
}

#[derive(Queryable)]
struct PastPassages {
    _sheet_id: String,
    version: i64,
    #[diesel(deserialize_as = Vec<u8>)]
    content: Content,
    replaced_by_batch: String,
    replaced_at: NaiveDateTime,
}

impl PastPassages {
    /// What the response with this number said, if it was replaced here.
    fn past(&self, number: u16) -> Result<Option<PastResponse>, StoreError> {
        for passage in self.content.passages()? {
            if let Some(line) = passage.responses.into_iter().find(|line| line.number == number) {
                return Ok(Some(PastResponse {
                    version: passage.version,
                    sender: OrgNr::from_register(passage.sender.into_owned()),
                    batch: passage.batch,
                    current: Level::from_tenths(line.current_tenths),
                    needed: Level::from_tenths(line.needed_tenths),
                    respondents: line.respondents,
                    comment: line.comment,
                    replaced_by: parse("sheet", &self.replaced_by_batch)?,
                    replaced_at: from_column(self.replaced_at),
                }));
            }
        }
        Ok(None)
    }
}

/// The responses that an organisation has to an instrument in a period, wherever they came from.
pub fn of_sender(
    reader: &mut Reader,
    sender: &OrgNr,
    instrument: &str,
    period: Period,
) -> Result<Vec<StoredResponse>, StoreError> {
    let rows: Vec<SheetRow> = response_sheets::table
        .filter(response_sheets::instrument.eq(instrument))
        .filter(response_sheets::period.eq(period.to_string()))
        .filter(response_sheets::id.eq_any(sheets_of_sender(sender)))
        .load(reader.connection())?;
    let mut of_sender = Vec::new();
    for row in rows {
        of_sender.extend(row.responses()?.into_iter().filter(|response| response.sender == *sender));
    }
    Ok(of_sender)
}

/// Gives the responses of the list that come after one to `take`, by id, until it has enough.
fn each_matching(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
    after: Option<Uuid>,
    mut take: impl FnMut(StoredResponse) -> bool,
) -> Result<(), StoreError> {
    let mut from = after.map(|id| sheet_and_number(id).0.to_string());
    let mut at_a_time = SHEETS_AT_FIRST;
    loop {
        let mut query =
            sheets_matching(viewer, filter, window).order(response_sheets::id).limit(number("limit", at_a_time)?);
        if let Some(from) = from.take() {
            query = query.filter(response_sheets::id.ge(from));
        }
        let sheets: Vec<SheetRow> = query.load(reader.connection())?;
        let own_units = own_units(reader, viewer, sheets.iter().map(|sheet| sheet.unit_orgnr.as_str()))?;
        for sheet in &sheets {
            let is_owner = own_units.contains(&sheet.unit_orgnr);
            for response in sheet.responses()? {
                let seen = is_seen_by(viewer, is_owner, response.sender.as_str());
                let comes = after.is_none_or(|after| response.id > after) && in_window(&response, window);
                if seen && comes && filter.takes(&response) && !take(response) {
                    return Ok(());
                }
            }
        }
        match sheets.last() {
            Some(last) if sheets.len() == at_a_time => from = Some(sheet_after(last)?),
            _ => return Ok(()),
        }
        at_a_time = SHEETS_AT_A_TIME;
    }
}

fn sheet_after(sheet: &SheetRow) -> Result<String, StoreError> {
    let sheet: Uuid = parse("sheet", &sheet.id)?;
    Ok(response_id(sheet, u16::MAX).to_string())
}

fn in_window(response: &StoredResponse, window: &Window) -> bool {
    window.updated_since.is_none_or(|since| response.updated_at >= since)
        && (window.ids.is_empty() || window.ids.contains(&response.id.to_string()))
}

/// Whether a viewer reads what a sender says about a unit (K07).
fn is_seen_by(viewer: &Viewer, is_owner: bool, sender: &str) -> bool {
    is_owner || viewer.orgnr.as_str() == sender
}

/// Of these units, those that belong to the viewer.
fn own_units<'a>(
    reader: &mut Reader,
    viewer: &Viewer,
    numbers: impl Iterator<Item = &'a str>,
) -> Result<HashSet<String>, StoreError> {
    let own: Vec<String> = units::table
        .filter(units::orgnr.eq_any(numbers.collect::<Vec<_>>()))
        .filter(units::owner_orgnr.eq(viewer.orgnr.as_str()))
        .select(units::orgnr)
        .load(reader.connection())?;
    Ok(own.into_iter().collect())
}

/// Sheets on which there may be something of the list.
fn sheets_matching(
    viewer: &Viewer,
    filter: &ResponseFilter,
    window: &Window,
) -> response_sheets::BoxedQuery<'static, MultiBackend> {
    let units_of_the_viewer = units::table.filter(units::owner_orgnr.eq(viewer.orgnr.to_string())).select(units::orgnr);
    let seen = response_sheets::unit_orgnr
        .eq_any(units_of_the_viewer)
        .or(response_sheets::id.eq_any(sheets_of_sender(&viewer.orgnr)));
    let mut query = response_sheets::table.filter(seen).into_boxed();
    if let Some(instrument) = &filter.instrument {
        query = query.filter(response_sheets::instrument.eq(instrument.clone()));
    }
    if let Some(period) = filter.period {
        query = query.filter(response_sheets::period.eq(period.to_string()));
    }
    if let Some(unit) = &filter.unit {
        query = query.filter(response_sheets::unit_orgnr.eq(unit.to_string()));
    }
    if let Some(sender) = &filter.sender {
        query = query.filter(response_sheets::id.eq_any(sheets_of_sender(sender)));
    }
    if let Some(batch) = filter.batch {
        let said = batches::table.filter(batches::id.eq(batch.to_string()));
        let units = batch_units::table.filter(batch_units::batch_id.eq(batch.to_string()));
        query = query
            .filter(response_sheets::instrument.eq_any(said.clone().select(batches::instrument)))
            .filter(response_sheets::period.eq_any(said.select(batches::period)))
            .filter(response_sheets::unit_orgnr.eq_any(units.select(batch_units::unit_orgnr)));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(response_sheets::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        let responses = window.ids.iter().filter_map(|id| id.parse().ok());
        let sheets: Vec<String> = responses.map(|id| sheet_and_number(id).0.to_string()).collect();
        query = query.filter(response_sheets::id.eq_any(sheets));
    }
    query
}

type SheetsOfSender =
    Select<Filter<sheet_senders::table, Eq<sheet_senders::sender_orgnr, String>>, sheet_senders::sheet_id>;

fn sheets_of_sender(sender: &OrgNr) -> SheetsOfSender {
    sheet_senders::table.filter(sheet_senders::sender_orgnr.eq(sender.to_string())).select(sheet_senders::sheet_id)
}

/// The same count from what is kept beside sheets, without reading them.
fn count_by_sheet(reader: &mut Reader, viewer: &Viewer, filter: &ResponseFilter) -> Result<i64, StoreError> {
    let sheets: Vec<(String, String)> = sheets_matching(viewer, filter, &Window::default())
        .select((response_sheets::id, response_sheets::unit_orgnr))
        .load(reader.connection())?;
    let mut count = 0;
    for some in sheets.chunks(SHEETS_COUNTED_AT_A_TIME) {
        let own_units = own_units(reader, viewer, some.iter().map(|(_, unit)| unit.as_str()))?;
        let unit_of: HashMap<&str, &str> = some.iter().map(|(id, unit)| (id.as_str(), unit.as_str())).collect();
        let rows: Vec<(String, String, i64)> =
            sheet_senders::table.filter(sheet_senders::sheet_id.eq_any(unit_of.keys())).load(reader.connection())?;
        for (sheet, sender, responses) in rows {
            let is_owner = unit_of.get(sheet.as_str()).is_some_and(|unit| own_units.contains(*unit));
            let asked_for = filter.sender.as_ref().is_none_or(|asked| asked.as_str() == sender);
            if asked_for && is_seen_by(viewer, is_owner, &sender) {
                count += responses;
            }
        }
    }
    Ok(count)
}
