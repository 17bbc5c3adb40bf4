//! Queries on reports and their parts.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::funding::ReportState;
use domain::funding::reports::Part;
use domain::ids::{GrantId, ReportId};
use domain::money::Nok;
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;
use domain::time::SchoolYear;

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{report_parts, reports};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A report as it is kept, with its parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReport {
    /// Its id.
    pub id: ReportId,
    /// Its grant.
    pub grant: GrantId,
    /// The office that it goes to.
    pub county_governor: String,
    /// Who submits it.
    pub sender: OrgNr,
    /// The school year that it is about.
    pub school_year: SchoolYear,
    /// The ruleset whose indicators it answers.
    pub ruleset: String,
    /// Where it stands.
    pub state: ReportState,
    /// When it is due.
    pub due_on: NaiveDate,
    /// What was missing when it was sent back last.
    pub return_reason: Option<String>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When it was approved.
    pub approved_at: Option<DateTime<Utc>>,
    /// Raised by every write to the report itself, not to its parts.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// A part per recipient, by organisation number.
    pub parts: Vec<StoredPart>,
}

/// A recipient's part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPart {
    /// The recipient.
    pub recipient: OrgNr,
    /// What was granted to it for the school year.
    pub granted: Nok,
    /// What it reports; none before it is filled in.
    pub content: Option<Part>,
    /// Raised by every write to the part.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which reports a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFilter {
    /// In one of these states.
    pub states: Vec<ReportState>,
    /// Still owed on this day though it was due before.
    pub overdue_on: Option<NaiveDate>,
    /// Not (still owed on this day though it was due before).
    pub in_time_on: Option<NaiveDate>,
    /// Of this grant.
    pub grant: Option<GrantId>,
    /// To this office.
    pub county_governor: Option<String>,
    /// From this sender.
    pub sender: Option<OrgNr>,
    /// With a part of this recipient.
    pub recipient: Option<OrgNr>,
    /// On this school year.
    pub school_year: Option<SchoolYear>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = reports, treat_none_as_null = true, treat_none_as_default_value = false)]
struct ReportRow {
    id: String,
    grant_id: String,
    county_governor: String,
    sender_orgnr: String,
    school_year: String,
    ruleset: String,
    state: String,
    due_on: NaiveDate,
    return_reason: Option<String>,
    submitted_at: Option<NaiveDateTime>,
    approved_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = report_parts, primary_key(report_id, recipient_orgnr))]
#[diesel(treat_none_as_null = true, treat_none_as_default_value = false)]
struct PartRow {
    report_id: String,
    recipient_orgnr: String,
    granted_nok: i64,
    used_nok: Option<i64>,
    content: Option<String>,
    version: i64,
    updated_at: NaiveDateTime,
}

impl From<&StoredReport> for ReportRow {
    fn from(report: &StoredReport) -> Self {
        Self {
            id: report.id.to_string(),
            grant_id: report.grant.to_string(),
            county_governor: report.county_governor.clone(),
            sender_orgnr: report.sender.to_string(),
            school_year: report.school_year.to_string(),
            ruleset: report.ruleset.clone(),
            state: report.state.to_string(),
            due_on: report.due_on,
            return_reason: report.return_reason.clone(),
            submitted_at: report.submitted_at.map(to_column),
            approved_at: report.approved_at.map(to_column),
            version: report.version,
            created_at: to_column(report.created_at),
            updated_at: to_column(report.updated_at),
        }
    }
}

impl ReportRow {
    fn with(self, parts: Vec<StoredPart>) -> Result<StoredReport, StoreError> {
        Ok(StoredReport {
            id: parse("report", &self.id)?,
            grant: parse("report", &self.grant_id)?,
            county_governor: self.county_governor,
            sender: OrgNr::from_register(self.sender_orgnr),
            school_year: parse("report", &self.school_year)?,
            ruleset: self.ruleset,
            state: parse("report", &self.state)?,
            due_on: self.due_on,
            return_reason: self.return_reason,
            submitted_at: self.submitted_at.map(from_column),
            approved_at: self.approved_at.map(from_column),
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
            parts,
        })
    }
}

impl PartRow {
    fn of(report: ReportId, part: &StoredPart) -> Result<Self, StoreError> {
        let content = part.content.as_ref().map(serde_json::to_string).transpose();
        Ok(Self {
            report_id: report.to_string(),
            recipient_orgnr: part.recipient.to_string(),
            granted_nok: part.granted.kroner(),
            used_nok: part.content.as_ref().map(|content| content.used.kroner()),
            content: content.map_err(|why| StoreError::corrupt("report part", why))?,
            version: part.version,
            updated_at: to_column(part.updated_at),
        })
    }
}

impl TryFrom<PartRow> for StoredPart {
    type Error = StoreError;
    fn try_from(row: PartRow) -> Result<Self, StoreError> {
        let content = row.content.as_deref().map(serde_json::from_str).transpose();
        Ok(Self {
            recipient: OrgNr::from_register(row.recipient_orgnr),
            granted: Nok::new(row.granted_nok),
            content: content.map_err(|why| StoreError::corrupt("report part", why))?,
            version: row.version,
            updated_at: from_column(row.updated_at),
        })
    }
}

/// Adds a report with its parts.
pub fn insert(tx: &mut Tx, report: &StoredReport) -> Result<(), StoreError> {
    diesel::insert_into(reports::table).values(ReportRow::from(report)).execute(tx.connection())?;
    for part in &report.parts {
        diesel::insert_into(report_parts::table).values(PartRow::of(report.id, part)?).execute(tx.connection())?;
    }
    Ok(())
}

/// Writes a report back with its next version, its parts apart, which holds it until the transaction ends. `Stale`
/// where it has moved on since it was read.
pub fn update(tx: &mut Tx, report: &StoredReport, at: DateTime<Utc>) -> Result<StoredReport, StoreError> {
    let next = StoredReport { version: report.version + 1, updated_at: at, ..report.clone() };
    let changed = diesel::update(reports::table)
        .filter(reports::id.eq(report.id.to_string()))
        .filter(reports::version.eq(report.version))
        .set(ReportRow::from(&next))
        .execute(tx.connection())?;
    if changed == 1 { Ok(next) } else { Err(StoreError::Stale) }
}

/// Holds a report until the transaction ends without raising its version, so that a recipient who fills in a part
/// does not collide with the sender. `Stale` where it has moved on since it was read.
pub fn hold(tx: &mut Tx, report: &StoredReport, at: DateTime<Utc>) -> Result<(), StoreError> {
    let held = diesel::update(reports::table)
        .filter(reports::id.eq(report.id.to_string()))
        .filter(reports::version.eq(report.version))
        .set(reports::updated_at.eq(to_column(at)))
        .execute(tx.connection())?;
    if held == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Writes a part back with its next version. `Stale` where it has moved on since it was read.
pub fn update_part(
    tx: &mut Tx,
    report: ReportId,
    part: &StoredPart,
    at: DateTime<Utc>,
) -> Result<StoredPart, StoreError> {
    let next = StoredPart { version: part.version + 1, updated_at: at, ..part.clone() };
    let changed = diesel::update(report_parts::table)
        .filter(report_parts::report_id.eq(report.to_string()))
        .filter(report_parts::recipient_orgnr.eq(part.recipient.as_str()))
        .filter(report_parts::version.eq(part.version))
        .set(PartRow::of(report, &next)?)
        .execute(tx.connection())?;
    if changed == 1 { Ok(next) } else { Err(StoreError::Stale) }
}

/// The report of a grant on a school year, where the viewer may see it.
pub fn find(
    reader: &mut Reader,
    viewer: &Viewer,
    grant: GrantId,
    school_year: SchoolYear,
) -> Result<Option<StoredReport>, StoreError> {
    let query = reports::table
        .filter(visible_to(viewer))
        .filter(reports::grant_id.eq(grant.to_string()))
        .filter(reports::school_year.eq(school_year.to_string()));
    let row: Option<ReportRow> = query.first(reader.connection()).optional()?;
    let found = row.map(|row| with_parts(reader, vec![row])).transpose()?;
    Ok(found.and_then(|mut reports| reports.pop()))
}

/// A page of the reports that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &ReportFilter,
    window: &Window,
) -> Result<Vec<StoredReport>, StoreError> {
    let mut query = matching(viewer, filter, window).order(reports::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(reports::id.gt(after.clone()));
    }
    let rows: Vec<ReportRow> = query.load(reader.connection())?;
    with_parts(reader, rows)
}

/// How many reports the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &ReportFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn with_parts(reader: &mut Reader, rows: Vec<ReportRow>) -> Result<Vec<StoredReport>, StoreError> {
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let parts: Vec<PartRow> = report_parts::table
        .filter(report_parts::report_id.eq_any(ids))
        .order((report_parts::report_id, report_parts::recipient_orgnr))
        .load(reader.connection())?;
    let mut of_report: BTreeMap<String, Vec<StoredPart>> = BTreeMap::new();
    for part in parts {
        of_report.entry(part.report_id.clone()).or_default().push(part.try_into()?);
    }
    rows.into_iter()
        .map(|row| {
            let parts = of_report.remove(&row.id).unwrap_or_default();
            row.with(parts)
        })
        .collect()
}

fn matching(viewer: &Viewer, filter: &ReportFilter, window: &Window) -> reports::BoxedQuery<'static, MultiBackend> {
    let mut query = reports::table.filter(visible_to(viewer)).into_boxed();
    if !filter.states.is_empty() {
        query = query.filter(reports::state.eq_any(codes(&filter.states)));
    }
    let owed: Vec<ReportState> = ReportState::those(ReportState::is_owed).collect();
    if let Some(today) = filter.overdue_on {
        query = query.filter(reports::state.eq_any(codes(&owed)).and(reports::due_on.lt(today)));
    }
    if let Some(today) = filter.in_time_on {
        query = query.filter(reports::state.ne_all(codes(&owed)).or(reports::due_on.ge(today)));
    }
    if let Some(grant) = filter.grant {
        query = query.filter(reports::grant_id.eq(grant.to_string()));
    }
    if let Some(code) = &filter.county_governor {
        query = query.filter(reports::county_governor.eq(code.clone()));
    }
    if let Some(sender) = &filter.sender {
        query = query.filter(reports::sender_orgnr.eq(sender.to_string()));
    }
    if let Some(recipient) = &filter.recipient {
        query = query.filter(reports::id.eq_any(with_part_of(recipient)));
    }
    if let Some(school_year) = filter.school_year {
        query = query.filter(reports::school_year.eq(school_year.to_string()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(reports::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(reports::id.eq_any(window.ids.clone()));
    }
    query
}

fn codes(states: &[ReportState]) -> Vec<&'static str> {
    states.iter().map(|state| state.as_str()).collect()
}

#[diesel::dsl::auto_type]
fn with_part_of(recipient: &OrgNr) -> _ {
    let orgnr: String = recipient.to_string();
    report_parts::table.filter(report_parts::recipient_orgnr.eq(orgnr)).select(report_parts::report_id)
}

/// The office sees its own reports, the directorate all; sender and recipients see theirs.
fn visible_to(viewer: &Viewer) -> Box<dyn BoxableExpression<reports::table, MultiBackend, SqlType = Bool>> {
    match (viewer.kind, &viewer.county_governor) {
        (OrganisationKind::Directorate, _) => Box::new(reports::id.is_not_null()),
        (OrganisationKind::CountyGovernor, Some(office)) => Box::new(reports::county_governor.eq(office.clone())),
        _ => {
            let own = reports::sender_orgnr.eq(viewer.orgnr.to_string());
            Box::new(own.or(reports::id.eq_any(with_part_of(&viewer.orgnr))))
        }
    }
}
