//! Queries on payments.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::funding::instalments::Instalment;
use domain::funding::{GrantState, PaymentState, ReportState};
use domain::ids::{GrantId, PaymentId, PaymentRunId};
use domain::money::Nok;
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;
use domain::time::SchoolYear;

use super::Hand;
use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{grants, payments, reports};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A payment as it is kept: one instalment of a recipient line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPayment {
    /// Its id.
    pub id: PaymentId,
    /// Its grant.
    pub grant: GrantId,
    /// The office that pays.
    pub county_governor: String,
    /// The sender of the need.
    pub sender: OrgNr,
    /// To whom, for which school year, how much, when, and after which report.
    pub instalment: Instalment,
    /// Where it stands.
    pub state: PaymentState,
    /// The run that is live for it, until the payment fails or is cancelled (G07).
    pub live_run: Option<PaymentRunId>,
    /// Who prepared it.
    pub prepared_by: Hand,
    /// Who approved it last.
    pub approved_by: Option<Hand>,
    /// When.
    pub approved_at: Option<DateTime<Utc>>,
    /// When it was last sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// The day on which the bank paid it.
    pub paid_on: Option<NaiveDate>,
    /// Why the bank refused it last.
    pub failure_reason: Option<String>,
    /// Raised by every write.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which payments a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    /// In one of these states.
    pub states: Vec<PaymentState>,
    /// Of this grant.
    pub grant: Option<GrantId>,
    /// Of this office.
    pub county_governor: Option<String>,
    /// To this recipient.
    pub recipient: Option<OrgNr>,
    /// For this school year.
    pub school_year: Option<SchoolYear>,
    /// In this live run.
    pub live_run: Option<PaymentRunId>,
    /// Due on or before this day.
    pub due_until: Option<NaiveDate>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = payments, treat_none_as_null = true, treat_none_as_default_value = false)]
struct PaymentRow {
    id: String,
    grant_id: String,
    county_governor: String,
    sender_orgnr: String,
    recipient_orgnr: String,
    school_year: String,
    amount_nok: i64,
    due_on: NaiveDate,
    awaits_report: Option<String>,
    state: String,
    live_run_id: Option<String>,
    prepared_by_client: String,
    prepared_by_person: Option<String>,
    approved_by_client: Option<String>,
    approved_by_person: Option<String>,
    approved_at: Option<NaiveDateTime>,
    sent_at: Option<NaiveDateTime>,
    paid_on: Option<NaiveDate>,
    failure_reason: Option<String>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl From<&StoredPayment> for PaymentRow {
    fn from(payment: &StoredPayment) -> Self {
        let instalment = &payment.instalment;
        Self {
            id: payment.id.to_string(),
            grant_id: payment.grant.to_string(),
            county_governor: payment.county_governor.clone(),
            sender_orgnr: payment.sender.to_string(),
            recipient_orgnr: instalment.recipient.to_string(),
            school_year: instalment.school_year.to_string(),
            amount_nok: instalment.amount.kroner(),
            due_on: instalment.due_on,
            awaits_report: instalment.awaits_report.map(|year| year.to_string()),
            state: payment.state.to_string(),
            live_run_id: payment.live_run.map(|run| run.to_string()),
            prepared_by_client: payment.prepared_by.client_id.clone(),
            prepared_by_person: payment.prepared_by.person.clone(),
            approved_by_client: payment.approved_by.as_ref().map(|hand| hand.client_id.clone()),
            approved_by_person: payment.approved_by.as_ref().and_then(|hand| hand.person.clone()),
            approved_at: payment.approved_at.map(to_column),
            sent_at: payment.sent_at.map(to_column),
            paid_on: payment.paid_on,
            failure_reason: payment.failure_reason.clone(),
            version: payment.version,
            created_at: to_column(payment.created_at),
            updated_at: to_column(payment.updated_at),
        }
    }
}

impl TryFrom<PaymentRow> for StoredPayment {
    type Error = StoreError;
    fn try_from(row: PaymentRow) -> Result<Self, StoreError> {
        let awaits_report = row.awaits_report.as_deref().map(|year| parse("payment", year)).transpose()?;
        let approved = row.approved_by_client.map(|client_id| Hand { client_id, person: row.approved_by_person });
        Ok(Self {
            id: parse("payment", &row.id)?,
            grant: parse("payment", &row.grant_id)?,
            county_governor: row.county_governor,
            sender: OrgNr::from_register(row.sender_orgnr),
            instalment: Instalment {
                recipient: OrgNr::from_register(row.recipient_orgnr),
                school_year: parse("payment", &row.school_year)?,
                amount: Nok::new(row.amount_nok),
                due_on: row.due_on,
                awaits_report,
            },
            state: parse("payment", &row.state)?,
            live_run: row.live_run_id.as_deref().map(|run| parse("payment", run)).transpose()?,
            prepared_by: Hand { client_id: row.prepared_by_client, person: row.prepared_by_person },
            approved_by: approved,
            approved_at: row.approved_at.map(from_column),
            sent_at: row.sent_at.map(from_column),
            paid_on: row.paid_on,
            failure_reason: row.failure_reason,
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// Adds a payment.
pub fn insert(tx: &mut Tx, payment: &StoredPayment) -> Result<(), StoreError> {
    diesel::insert_into(payments::table).values(PaymentRow::from(payment)).execute(tx.connection())?;
    Ok(())
}

/// Writes a payment back with its next version. `Stale` where it has moved on since it was read.
pub fn update(tx: &mut Tx, payment: &StoredPayment, at: DateTime<Utc>) -> Result<StoredPayment, StoreError> {
    let next = StoredPayment { version: payment.version + 1, updated_at: at, ..payment.clone() };
    let changed = diesel::update(payments::table)
        .filter(payments::id.eq(payment.id.to_string()))
        .filter(payments::version.eq(payment.version))
        .set(PaymentRow::from(&next))
        .execute(tx.connection())?;
    if changed == 1 { Ok(next) } else { Err(StoreError::Stale) }
}

/// The payment with this id, where the viewer may see it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: PaymentId) -> Result<Option<StoredPayment>, StoreError> {
    let query = payments::table.filter(visible_to(viewer)).filter(payments::id.eq(id.to_string()));
    let row: Option<PaymentRow> = query.first(reader.connection()).optional()?;
    row.map(StoredPayment::try_from).transpose()
}

/// All payments of a grant, cancelled ones too, by due date.
pub fn of_grant(reader: &mut Reader, grant: GrantId) -> Result<Vec<StoredPayment>, StoreError> {
    let rows: Vec<PaymentRow> = payments::table
        .filter(payments::grant_id.eq(grant.to_string()))
        .order((payments::due_on, payments::id))
        .load(reader.connection())?;
    rows.into_iter().map(StoredPayment::try_from).collect()
}

/// The approved payments of an office that are due by a day and in no live run, by id.
pub fn ready(
    reader: &mut Reader,
    county_governor: &str,
    due_until: NaiveDate,
    limit: i64,
) -> Result<Vec<StoredPayment>, StoreError> {
    let rows: Vec<PaymentRow> = payments::table
        .filter(payments::county_governor.eq(county_governor))
        .filter(payments::state.eq(PaymentState::Approved.as_str()))
        .filter(payments::live_run_id.is_null())
        .filter(payments::due_on.le(due_until))
        .order(payments::id)
        .limit(limit)
        .load(reader.connection())?;
    rows.into_iter().map(StoredPayment::try_from).collect()
}

/// Whether the report that a payment waits for is approved; true where it waits for none (G06).
pub fn report_is_approved(reader: &mut Reader, payment: &StoredPayment) -> Result<bool, StoreError> {
    let Some(school_year) = payment.instalment.awaits_report else { return Ok(true) };
    let approved = reports::table
        .filter(reports::grant_id.eq(payment.grant.to_string()))
        .filter(reports::school_year.eq(school_year.to_string()))
        .filter(reports::state.eq(ReportState::Approved.as_str()));
    Ok(diesel::select(diesel::dsl::exists(approved)).get_result(reader.connection())?)
}

/// A page of the payments that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &PaymentFilter,
    window: &Window,
) -> Result<Vec<StoredPayment>, StoreError> {
    let mut query = matching(viewer, filter, window).order(payments::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(payments::id.gt(after.clone()));
    }
    let rows: Vec<PaymentRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredPayment::try_from).collect()
}

/// How many payments the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &PaymentFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &PaymentFilter, window: &Window) -> payments::BoxedQuery<'static, MultiBackend> {
    let mut query = payments::table.filter(visible_to(viewer)).into_boxed();
    if !filter.states.is_empty() {
        query = query.filter(payments::state.eq_any(filter.states.iter().map(|s| s.as_str()).collect::<Vec<_>>()));
    }
    if let Some(grant) = filter.grant {
        query = query.filter(payments::grant_id.eq(grant.to_string()));
    }
    if let Some(code) = &filter.county_governor {
        query = query.filter(payments::county_governor.eq(code.clone()));
    }
    if let Some(recipient) = &filter.recipient {
        query = query.filter(payments::recipient_orgnr.eq(recipient.to_string()));
    }
    if let Some(school_year) = filter.school_year {
        query = query.filter(payments::school_year.eq(school_year.to_string()));
    }
    if let Some(run) = filter.live_run {
        query = query.filter(payments::live_run_id.eq(run.to_string()));
    }
    if let Some(day) = filter.due_until {
        query = query.filter(payments::due_on.le(day));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(payments::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(payments::id.eq_any(window.ids.clone()));
    }
    query
}

/// The office sees its own payments, the directorate all; sender and recipient see theirs once the grant is
/// notified.
fn visible_to(viewer: &Viewer) -> Box<dyn BoxableExpression<payments::table, MultiBackend, SqlType = Bool>> {
    match (viewer.kind, &viewer.county_governor) {
        (OrganisationKind::Directorate, _) => Box::new(payments::id.is_not_null()),
        (OrganisationKind::CountyGovernor, Some(office)) => Box::new(payments::county_governor.eq(office.clone())),
        _ => {
            let orgnr = viewer.orgnr.to_string();
            let notified = grants::table.filter(grants::state.ne(GrantState::Decided.as_str())).select(grants::id);
            let concerned = payments::sender_orgnr.eq(orgnr.clone()).or(payments::recipient_orgnr.eq(orgnr));
            Box::new(concerned.and(payments::grant_id.eq_any(notified)))
        }
    }
}
