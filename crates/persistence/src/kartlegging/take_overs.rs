//! Responses about a unit that its owner has taken over from whoever sent them first (K03).

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::kartlegging::Period;
use domain::orgnr::OrgNr;
use uuid::Uuid;

use super::content::Compressor;
use super::sheets::{self, Common, Revision, SheetRow};
use super::stored::hold_units;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{response_sheets, sheet_senders, take_overs};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// Responses that changed hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakeOver {
    /// Its id.
    pub id: Uuid,
    /// The unit that they are about.
    pub unit: OrgNr,
    /// Code of the instrument.
    pub instrument: String,
    /// The period.
    pub period: Period,
    /// Whose they were.
    pub from: OrgNr,
    /// Whose they are.
    pub to: OrgNr,
    /// How many.
    pub responses: i64,
    /// When.
    pub at: DateTime<Utc>,
}

#[derive(Queryable)]
struct Row {
    id: String,
    unit_orgnr: String,
    instrument: String,
    period: String,
    from_orgnr: String,
    to_orgnr: String,
    responses: i64,
    taken_over_at: NaiveDateTime,
}

impl TryFrom<Row> for TakeOver {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: parse("take-over", &row.id)?,
            unit: OrgNr::from_register(row.unit_orgnr),
            instrument: row.instrument,
            period: parse("take-over", &row.period)?,
            from: OrgNr::from_register(row.from_orgnr),
            to: OrgNr::from_register(row.to_orgnr),
            responses: row.responses,
            at: from_column(row.taken_over_at),
        })
    }
}

/// A page of what the viewer gave or took, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    unit: Option<&OrgNr>,
    window: &Window,
) -> Result<Vec<TakeOver>, StoreError> {
    let mut query = matching(viewer, unit, window).order(take_overs::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(take_overs::id.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    rows.into_iter().map(TakeOver::try_from).collect()
}

/// How many the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, unit: Option<&OrgNr>, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, unit, window).count().get_result(reader.connection())?)
}

/// How responses about a unit changed hands, the first time first. Whether the caller may read one is asked before.
pub fn of(
    reader: &mut Reader,
    (unit, instrument, period): (&OrgNr, &str, Period),
) -> Result<Vec<TakeOver>, StoreError> {
    let rows: Vec<Row> = take_overs::table
        .filter(take_overs::unit_orgnr.eq(unit.as_str()))
        .filter(take_overs::instrument.eq(instrument))
        .filter(take_overs::period.eq(period.to_string()))
        .order(take_overs::id)
        .load(reader.connection())?;
    rows.into_iter().map(TakeOver::try_from).collect()
}

/// Holds a unit until the transaction ends, as uploads about it do.
pub fn hold_unit(tx: &mut Tx, unit: &OrgNr) -> Result<(), StoreError> {
    hold_units(tx, &[unit.as_str()])
}

/// To whom other than its owner the responses about a unit belong, and how many each has.
pub fn others(
    reader: &mut Reader,
    (unit, instrument, period): (&OrgNr, &str, Period),
    owner: &OrgNr,
) -> Result<Vec<(OrgNr, i64)>, StoreError> {
    let sheet = sheets::about(instrument, period, [unit.as_str()]).select(response_sheets::id);
    let sheet = sheet.first(reader.connection()).optional()?;
    let Some(sheet) = sheet else { return Ok(Vec::new()) };
    let rows: Vec<(String, i64)> = sheet_senders::table
        .filter(sheet_senders::sheet_id.eq::<String>(sheet))
        .filter(sheet_senders::sender_orgnr.ne(owner.as_str()))
        .order(sheet_senders::sender_orgnr)
        .select((sheet_senders::sender_orgnr, sheet_senders::responses))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(sender, howmany)| (OrgNr::from_register(sender), howmany)).collect())
}

/// Gives the responses to the unit's owner, who holds the unit. What they say stays as it is, and so does where they
/// came from.
pub fn take(tx: &mut Tx, take_over: &TakeOver) -> Result<(), StoreError> {
    let about = sheets::about(&take_over.instrument, take_over.period, [take_over.unit.as_str()]);
    let sheet: SheetRow = about.first(tx.connection())?;
    let mut all = sheet.content.passages()?;
    for passage in all.iter_mut().filter(|passage| passage.sender == take_over.from.as_str()) {
        passage.sender = take_over.to.as_str().into();
        passage.version += 1;
        passage.updated_at = take_over.at;
    }
    let revision = Revision::new(
        (parse("sheet", &sheet.id)?, sheet.unit_orgnr.clone(), sheet.version + 1),
        &all,
        &[],
        &mut Compressor::default(),
    )?;
    let common = Common { instrument: &sheet.instrument, period: sheet.period.clone() };
    diesel::delete(sheet_senders::table.find((&sheet.id, take_over.from.as_str()))).execute(tx.connection())?;
    sheets::write(tx, &[revision], &common)?;
    diesel::insert_into(take_overs::table)
        .values((
            take_overs::id.eq(take_over.id.to_string()),
            take_overs::unit_orgnr.eq(take_over.unit.as_str()),
            take_overs::instrument.eq(&take_over.instrument),
            take_overs::period.eq(take_over.period.to_string()),
            take_overs::from_orgnr.eq(take_over.from.as_str()),
            take_overs::to_orgnr.eq(take_over.to.as_str()),
            take_overs::responses.eq(take_over.responses),
            take_overs::taken_over_at.eq(to_column(take_over.at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Of these, those that the viewer gave or took.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible_to(viewer).filter(take_overs::id.eq_any(ids)).select(take_overs::id).load(reader.connection())?;
    seen.iter().map(|id| parse("take-over", id)).collect()
}

fn visible_to(viewer: &Viewer) -> take_overs::BoxedQuery<'static, MultiBackend> {
    let viewer = viewer.orgnr.to_string();
    take_overs::table.filter(take_overs::from_orgnr.eq(viewer.clone()).or(take_overs::to_orgnr.eq(viewer))).into_boxed()
}

fn matching(viewer: &Viewer, unit: Option<&OrgNr>, window: &Window) -> take_overs::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(viewer);
    if let Some(unit) = unit {
        query = query.filter(take_overs::unit_orgnr.eq(unit.to_string()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(take_overs::taken_over_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(take_overs::id.eq_any(window.ids.clone()));
    }
    query
}
