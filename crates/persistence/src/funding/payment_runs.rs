//! Queries on payment runs.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::funding::PaymentRunState;
use domain::ids::{PaymentId, PaymentRunId};
use domain::organisations::OrganisationKind;

use crate::codec::parse;
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{payment_run_items, payment_runs, payments};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A payment run as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredPaymentRun {
    /// Its id.
    pub id: PaymentRunId,
    /// The office that pays.
    pub county_governor: String,
    /// Where it stands.
    pub state: PaymentRunState,
    /// The file for the bank, once released; it never changes.
    pub file: Option<String>,
    /// When it was released.
    pub released_at: Option<DateTime<Utc>>,
    /// Raised by every write.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which payment runs a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaymentRunFilter {
    /// In one of these states.
    pub states: Vec<PaymentRunState>,
    /// Of this office.
    pub county_governor: Option<String>,
}

#[derive(Debug, Clone, Queryable, Insertable, AsChangeset)]
#[diesel(table_name = payment_runs, treat_none_as_null = true, treat_none_as_default_value = false)]
struct PaymentRunRow {
    id: String,
    county_governor: String,
    state: String,
    file: Option<String>,
    released_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl From<&StoredPaymentRun> for PaymentRunRow {
    fn from(run: &StoredPaymentRun) -> Self {
        Self {
            id: run.id.to_string(),
            county_governor: run.county_governor.clone(),
            state: run.state.to_string(),
            file: run.file.clone(),
            released_at: run.released_at.map(to_column),
            version: run.version,
            created_at: to_column(run.created_at),
            updated_at: to_column(run.updated_at),
        }
    }
}

impl TryFrom<PaymentRunRow> for StoredPaymentRun {
    type Error = StoreError;
    fn try_from(row: PaymentRunRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: parse("payment run", &row.id)?,
            county_governor: row.county_governor,
            state: parse("payment run", &row.state)?,
            file: row.file,
            released_at: row.released_at.map(from_column),
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// Adds a run with its payments. The payments are taken up by writing the run into each of them.
pub fn insert(tx: &mut Tx, run: &StoredPaymentRun, payments: &[PaymentId]) -> Result<(), StoreError> {
    diesel::insert_into(payment_runs::table).values(PaymentRunRow::from(run)).execute(tx.connection())?;
    for payment in payments {
        diesel::insert_into(payment_run_items::table)
            .values((
                payment_run_items::run_id.eq(run.id.to_string()),
                payment_run_items::payment_id.eq(payment.to_string()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// Writes a run back with its next version, which holds it until the transaction ends. `Stale` where it has moved
/// on since it was read.
pub fn update(tx: &mut Tx, run: &StoredPaymentRun, at: DateTime<Utc>) -> Result<StoredPaymentRun, StoreError> {
    let next = StoredPaymentRun { version: run.version + 1, updated_at: at, ..run.clone() };
    let changed = diesel::update(payment_runs::table)
        .filter(payment_runs::id.eq(run.id.to_string()))
        .filter(payment_runs::version.eq(run.version))
        .set(PaymentRunRow::from(&next))
        .execute(tx.connection())?;
    if changed == 1 { Ok(next) } else { Err(StoreError::Stale) }
}

/// Takes a payment that is cancelled out of a run that is not released.
pub fn remove_item(tx: &mut Tx, run: PaymentRunId, payment: PaymentId) -> Result<(), StoreError> {
    diesel::delete(payment_run_items::table.find((run.to_string(), payment.to_string()))).execute(tx.connection())?;
    Ok(())
}

/// The payments of a run with their amounts, by id: also those that failed since.
pub fn items(reader: &mut Reader, run: PaymentRunId) -> Result<Vec<(PaymentId, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = payment_run_items::table
        .inner_join(payments::table.on(payments::id.eq(payment_run_items::payment_id)))
        .filter(payment_run_items::run_id.eq(run.to_string()))
        .order(payment_run_items::payment_id)
        .select((payment_run_items::payment_id, payments::amount_nok))
        .load(reader.connection())?;
    rows.into_iter().map(|(id, amount_nok)| Ok((parse("payment run", &id)?, amount_nok))).collect()
}

/// The run with this id, where the viewer may see it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: PaymentRunId) -> Result<Option<StoredPaymentRun>, StoreError> {
    let query = payment_runs::table.filter(visible_to(viewer)).filter(payment_runs::id.eq(id.to_string()));
    let row: Option<PaymentRunRow> = query.first(reader.connection()).optional()?;
    row.map(StoredPaymentRun::try_from).transpose()
}

/// A page of the runs that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &PaymentRunFilter,
    window: &Window,
) -> Result<Vec<StoredPaymentRun>, StoreError> {
    let mut query = matching(viewer, filter, window).order(payment_runs::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(payment_runs::id.gt(after.clone()));
    }
    let rows: Vec<PaymentRunRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredPaymentRun::try_from).collect()
}

/// How many runs the whole list holds.
pub fn count(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &PaymentRunFilter,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(
    viewer: &Viewer,
    filter: &PaymentRunFilter,
    window: &Window,
) -> payment_runs::BoxedQuery<'static, MultiBackend> {
    let mut query = payment_runs::table.filter(visible_to(viewer)).into_boxed();
    if !filter.states.is_empty() {
        query = query.filter(payment_runs::state.eq_any(filter.states.iter().map(|s| s.as_str()).collect::<Vec<_>>()));
    }
    if let Some(code) = &filter.county_governor {
        query = query.filter(payment_runs::county_governor.eq(code.clone()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(payment_runs::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(payment_runs::id.eq_any(window.ids.clone()));
    }
    query
}

/// The office sees its own runs, the directorate all; a run tells of many recipients, so nobody else sees it.
fn visible_to(viewer: &Viewer) -> Box<dyn BoxableExpression<payment_runs::table, MultiBackend, SqlType = Bool>> {
    match (viewer.kind, &viewer.county_governor) {
        (OrganisationKind::Directorate, _) => Box::new(payment_runs::id.is_not_null()),
        (OrganisationKind::CountyGovernor, Some(office)) => Box::new(payment_runs::county_governor.eq(office.clone())),
        _ => Box::new(payment_runs::id.is_null()),
    }
}
