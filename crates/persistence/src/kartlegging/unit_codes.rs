//! By what codes of its own an organisation calls units. Nobody else sees them. A code that was taken away keeps its row,
//! so that its events can still be told; it comes back when it is mapped again.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{exists, select};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::orgnr::OrgNr;
use uuid::Uuid;

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::unit_codes;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A code for a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCode {
    /// Its id.
    pub id: Uuid,
    /// Whose code it is.
    pub orgnr: OrgNr,
    /// The scheme that it belongs to.
    pub scheme: String,
    /// The code.
    pub code: String,
    /// The unit that it stands for.
    pub unit: OrgNr,
    /// Raised by every change.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// When it was taken away.
    pub deleted_at: Option<DateTime<Utc>>,
}

#[derive(Queryable, Insertable)]
#[diesel(table_name = unit_codes)]
struct Row {
    id: String,
    orgnr: String,
    scheme: String,
    code: String,
    unit_orgnr: String,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
    deleted_at: Option<NaiveDateTime>,
}

impl TryFrom<Row> for UnitCode {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: parse("unit code", &row.id)?,
            orgnr: OrgNr::from_register(row.orgnr),
            scheme: row.scheme,
            code: row.code,
            unit: OrgNr::from_register(row.unit_orgnr),
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
            deleted_at: row.deleted_at.map(from_column),
        })
    }
}

/// The viewer's code of this name, also one that was taken away.
pub fn find(reader: &mut Reader, viewer: &Viewer, scheme: &str, code: &str) -> Result<Option<UnitCode>, StoreError> {
    let row: Option<Row> = visible_to(viewer)
        .filter(unit_codes::scheme.eq(scheme))
        .filter(unit_codes::code.eq(code))
        .first(reader.connection())
        .optional()?;
    row.map(UnitCode::try_from).transpose()
}

/// Every code of one scheme of an organisation, and the unit that it stands for.
pub fn of_scheme(reader: &mut Reader, orgnr: &OrgNr, scheme: &str) -> Result<Vec<(String, OrgNr)>, StoreError> {
    let rows: Vec<(String, String)> = unit_codes::table
        .filter(unit_codes::orgnr.eq(orgnr.as_str()))
        .filter(unit_codes::scheme.eq(scheme))
        .filter(unit_codes::deleted_at.is_null())
        .select((unit_codes::code, unit_codes::unit_orgnr))
        .load(reader.connection())?;
    Ok(rows.into_iter().map(|(code, unit)| (code, OrgNr::from_register(unit))).collect())
}

/// Whether an organisation has codes in a scheme.
pub fn has_scheme(reader: &mut Reader, orgnr: &OrgNr, scheme: &str) -> Result<bool, StoreError> {
    let codes = unit_codes::table
        .filter(unit_codes::orgnr.eq(orgnr.as_str()))
        .filter(unit_codes::scheme.eq(scheme))
        .filter(unit_codes::deleted_at.is_null());
    Ok(select(exists(codes)).get_result(reader.connection())?)
}

/// A page of the viewer's codes, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    scheme: Option<&str>,
    window: &Window,
) -> Result<Vec<UnitCode>, StoreError> {
    let mut query = matching(viewer, scheme, window).order(unit_codes::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(unit_codes::id.gt(after.clone()));
    }
    let rows: Vec<Row> = query.load(reader.connection())?;
    rows.into_iter().map(UnitCode::try_from).collect()
}

/// How many codes the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, scheme: Option<&str>, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, scheme, window).count().get_result(reader.connection())?)
}

/// Of these codes, those that the viewer may see.
pub fn visible_ids(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let seen: Vec<String> =
        visible_to(viewer).filter(unit_codes::id.eq_any(ids)).select(unit_codes::id).load(reader.connection())?;
    seen.iter().map(|id| parse("unit code", id)).collect()
}

/// Adds a code of the first version, or changes one to what it is now.
pub fn put(tx: &mut Tx, code: &UnitCode) -> Result<(), StoreError> {
    if code.version == 1 {
        let inserted = diesel::insert_into(unit_codes::table).values(Row::from(code)).execute(tx.connection());
        inserted.map_err(|error| StoreError::from(error).or_clash("unit_codes"))?;
        return Ok(());
    }
    let before = unit_codes::table.find(code.id.to_string()).filter(unit_codes::version.eq(code.version - 1));
    let updated = diesel::update(before)
        .set((
            unit_codes::unit_orgnr.eq(code.unit.as_str()),
            unit_codes::version.eq(code.version),
            unit_codes::updated_at.eq(to_column(code.updated_at)),
            unit_codes::deleted_at.eq(code.deleted_at.map(to_column)),
        ))
        .execute(tx.connection())?;
    if updated == 0 { Err(StoreError::Stale) } else { Ok(()) }
}

impl From<&UnitCode> for Row {
    fn from(code: &UnitCode) -> Self {
        Self {
            id: code.id.to_string(),
            orgnr: code.orgnr.to_string(),
            scheme: code.scheme.clone(),
            code: code.code.clone(),
            unit_orgnr: code.unit.to_string(),
            version: code.version,
            created_at: to_column(code.created_at),
            updated_at: to_column(code.updated_at),
            deleted_at: code.deleted_at.map(to_column),
        }
    }
}

fn visible_to(viewer: &Viewer) -> unit_codes::BoxedQuery<'static, MultiBackend> {
    unit_codes::table.filter(unit_codes::orgnr.eq(viewer.orgnr.to_string())).into_boxed()
}

fn matching(viewer: &Viewer, scheme: Option<&str>, window: &Window) -> unit_codes::BoxedQuery<'static, MultiBackend> {
    let mut query = visible_to(viewer).filter(unit_codes::deleted_at.is_null());
    if let Some(scheme) = scheme {
        query = query.filter(unit_codes::scheme.eq(scheme.to_owned()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(unit_codes::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(unit_codes::id.eq_any(window.ids.clone()));
    }
    query
}
