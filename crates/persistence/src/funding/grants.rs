//! Queries on grants.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::funding::decisions::Outcome;
use domain::funding::{DecisionState, GrantState};
use domain::ids::{GrantId, NeedId};
use domain::money::Nok;
use domain::organisations::OrganisationKind;
use domain::orgnr::OrgNr;

use crate::codec::{number, parse};
use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::needs::ExternalRef;
use crate::schema::{decision_lines, decisions, grant_external_refs, grants};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// A grant as it is kept. What it grants to whom stands in its live decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredGrant {
    /// Its id.
    pub id: GrantId,
    /// The need that it answers.
    pub need: NeedId,
    /// Its reference, such as `T-2027-VL-0003`.
    pub reference: String,
    /// The office that decided it.
    pub county_governor: String,
    /// The county of the sender.
    pub county_number: String,
    /// The scheme.
    pub scheme: String,
    /// The ruleset under which it runs out.
    pub ruleset: String,
    /// The year whose frame its first school year is charged to.
    pub year: i32,
    /// The sender of the need.
    pub sender: OrgNr,
    /// What the measure is called.
    pub title: String,
    /// Where it stands.
    pub state: GrantState,
    /// What its live decision says.
    pub outcome: Outcome,
    /// What its live decision grants, conditional years included.
    pub amount: Nok,
    /// When the report on its first school year is due.
    pub report_due_on: NaiveDate,
    /// When it was decided.
    pub decided_at: DateTime<Utc>,
    /// When sender and recipients were told.
    pub notified_at: Option<DateTime<Utc>>,
    /// Raised by every write.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// Which grants a list is to hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// In one of these states.
    pub states: Vec<GrantState>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// Decided by this office.
    pub county_governor: Option<String>,
    /// In this county.
    pub county: Option<String>,
    /// Of this scheme.
    pub scheme: Option<String>,
    /// Charged to the frames of this year with its first school year.
    pub year: Option<i32>,
    /// Whose need this organisation sent.
    pub sender: Option<OrgNr>,
    /// Of which this organisation receives a part.
    pub recipient: Option<OrgNr>,
    /// On this need.
    pub need: Option<NeedId>,
    /// For which the caller keeps a key of this system.
    pub external_system: Option<String>,
    /// For which the caller keeps this key.
    pub external_key: Option<String>,
    /// Whose decision departs from the forum's recommendation, or does not (G03).
    pub departs: Option<bool>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = grants, treat_none_as_default_value = false)]
struct GrantRow {
    id: String,
    need_id: String,
    reference: String,
    county_governor: String,
    county_number: String,
    scheme: String,
    ruleset: String,
    year: i64,
    sender_orgnr: String,
    title: String,
    state: String,
    outcome: String,
    amount_nok: i64,
    report_due_on: NaiveDate,
    decided_at: NaiveDateTime,
    notified_at: Option<NaiveDateTime>,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl From<&StoredGrant> for GrantRow {
    fn from(grant: &StoredGrant) -> Self {
        Self {
            id: grant.id.to_string(),
            need_id: grant.need.to_string(),
            reference: grant.reference.clone(),
            county_governor: grant.county_governor.clone(),
            county_number: grant.county_number.clone(),
            scheme: grant.scheme.clone(),
            ruleset: grant.ruleset.clone(),
            year: i64::from(grant.year),
            sender_orgnr: grant.sender.to_string(),
            title: grant.title.clone(),
            state: grant.state.to_string(),
            outcome: grant.outcome.to_string(),
            amount_nok: grant.amount.kroner(),
            report_due_on: grant.report_due_on,
            decided_at: to_column(grant.decided_at),
            notified_at: grant.notified_at.map(to_column),
            version: grant.version,
            created_at: to_column(grant.created_at),
            updated_at: to_column(grant.updated_at),
        }
    }
}

impl TryFrom<GrantRow> for StoredGrant {
    type Error = StoreError;
    fn try_from(row: GrantRow) -> Result<Self, StoreError> {
        Ok(Self {
            id: parse("grant", &row.id)?,
            need: parse("grant", &row.need_id)?,
            reference: row.reference,
            county_governor: row.county_governor,
            county_number: row.county_number,
            scheme: row.scheme,
            ruleset: row.ruleset,
            year: number("grant", row.year)?,
            sender: OrgNr::from_register(row.sender_orgnr),
            title: row.title,
            state: parse("grant", &row.state)?,
            outcome: parse("grant", &row.outcome)?,
            amount: Nok::new(row.amount_nok),
            report_due_on: row.report_due_on,
            decided_at: from_column(row.decided_at),
            notified_at: row.notified_at.map(from_column),
            version: row.version,
            created_at: from_column(row.created_at),
            updated_at: from_column(row.updated_at),
        })
    }
}

/// Adds a grant. A second one on the same need is a duplicate of `need_id`.
pub fn insert(tx: &mut Tx, grant: &StoredGrant) -> Result<(), StoreError> {
    diesel::insert_into(grants::table).values(GrantRow::from(grant)).execute(tx.connection())?;
    Ok(())
}

/// Raises the version of a grant, which holds it until the transaction ends, and answers it as it stands then.
/// `Stale` where it has moved on since `version` was read.
pub fn raise(tx: &mut Tx, id: GrantId, version: i64, at: DateTime<Utc>) -> Result<StoredGrant, StoreError> {
    let row: Option<GrantRow> = diesel::update(grants::table)
        .filter(grants::id.eq(id.to_string()))
        .filter(grants::version.eq(version))
        .set((grants::version.eq(version + 1), grants::updated_at.eq(to_column(at))))
        .returning(grants::all_columns)
        .get_result(tx.connection())
        .optional()?;
    row.ok_or(StoreError::Stale)?.try_into()
}

/// Writes the state of a grant that is held, and when it was notified.
pub fn set_state(tx: &mut Tx, grant: &StoredGrant) -> Result<(), StoreError> {
    diesel::update(grants::table.find(grant.id.to_string()))
        .set((grants::state.eq(grant.state.as_str()), grants::notified_at.eq(grant.notified_at.map(to_column))))
        .execute(tx.connection())?;
    Ok(())
}

/// Keeps the keys by which an organisation's own system knows a grant. One that is taken is a duplicate of
/// `grant_external_refs`.
pub fn insert_external_refs(
    tx: &mut Tx,
    grant: GrantId,
    organisation: &OrgNr,
    refs: &[ExternalRef],
) -> Result<(), StoreError> {
    for external in refs {
        diesel::insert_into(grant_external_refs::table)
            .values((
                grant_external_refs::orgnr.eq(organisation.as_str()),
                grant_external_refs::system.eq(&external.system),
                grant_external_refs::key.eq(&external.key),
                grant_external_refs::grant_id.eq(grant.to_string()),
            ))
            .execute(tx.connection())?;
    }
    Ok(())
}

/// The keys that an organisation's own systems know these grants by, grant by grant.
pub fn external_refs(
    reader: &mut Reader,
    organisation: &OrgNr,
    grants: &[GrantId],
) -> Result<Vec<(GrantId, ExternalRef)>, StoreError> {
    let ids: Vec<String> = grants.iter().map(GrantId::to_string).collect();
    let rows: Vec<(String, String, String)> = grant_external_refs::table
        .filter(grant_external_refs::orgnr.eq(organisation.as_str()))
        .filter(grant_external_refs::grant_id.eq_any(ids))
        .order((grant_external_refs::system, grant_external_refs::key))
        .select((grant_external_refs::grant_id, grant_external_refs::system, grant_external_refs::key))
        .load(reader.connection())?;
    rows.into_iter().map(|(id, system, key)| Ok((parse("grant", &id)?, ExternalRef { system, key }))).collect()
}

/// The grant with this id, where the viewer may see it.
pub fn find(reader: &mut Reader, viewer: &Viewer, id: GrantId) -> Result<Option<StoredGrant>, StoreError> {
    let query = grants::table.filter(visible_to(viewer)).filter(grants::id.eq(id.to_string()));
    let row: Option<GrantRow> = query.first(reader.connection()).optional()?;
    row.map(StoredGrant::try_from).transpose()
}

/// Where a grant stands, whoever asks: what the steps of its payments depend on.
pub fn state(reader: &mut Reader, id: GrantId) -> Result<GrantState, StoreError> {
    let state: String = grants::table.find(id.to_string()).select(grants::state).first(reader.connection())?;
    parse("grant", &state)
}

/// A page of the grants that the viewer may see, by id.
pub fn list(
    reader: &mut Reader,
    viewer: &Viewer,
    filter: &GrantFilter,
    window: &Window,
) -> Result<Vec<StoredGrant>, StoreError> {
    let mut query = matching(viewer, filter, window).order(grants::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(grants::id.gt(after.clone()));
    }
    let rows: Vec<GrantRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredGrant::try_from).collect()
}

/// How many grants the whole list holds.
pub fn count(reader: &mut Reader, viewer: &Viewer, filter: &GrantFilter, window: &Window) -> Result<i64, StoreError> {
    Ok(matching(viewer, filter, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, filter: &GrantFilter, window: &Window) -> grants::BoxedQuery<'static, MultiBackend> {
    let mut query = grants::table.filter(visible_to(viewer)).into_boxed();
    if !filter.states.is_empty() {
        query = query.filter(grants::state.eq_any(filter.states.iter().map(|s| s.as_str()).collect::<Vec<_>>()));
    }
    if let Some(outcome) = filter.outcome {
        query = query.filter(grants::outcome.eq(outcome.as_str()));
    }
    if let Some(code) = &filter.county_governor {
        query = query.filter(grants::county_governor.eq(code.clone()));
    }
    if let Some(county) = &filter.county {
        query = query.filter(grants::county_number.eq(county.clone()));
    }
    if let Some(scheme) = &filter.scheme {
        query = query.filter(grants::scheme.eq(scheme.clone()));
    }
    if let Some(year) = filter.year {
        query = query.filter(grants::year.eq(i64::from(year)));
    }
    if let Some(sender) = &filter.sender {
        query = query.filter(grants::sender_orgnr.eq(sender.to_string()));
    }
    if let Some(need) = filter.need {
        query = query.filter(grants::need_id.eq(need.to_string()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(grants::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(grants::id.eq_any(window.ids.clone()));
    }
    by_decision(by_external_ref(query, viewer, filter), filter)
}

fn by_external_ref(
    query: grants::BoxedQuery<'static, MultiBackend>,
    viewer: &Viewer,
    filter: &GrantFilter,
) -> grants::BoxedQuery<'static, MultiBackend> {
    let kept = grant_external_refs::table
        .filter(grant_external_refs::orgnr.eq(viewer.orgnr.to_string()))
        .select(grant_external_refs::grant_id);
    match (filter.external_system.clone(), filter.external_key.clone()) {
        (None, None) => query,
        (Some(system), None) => query.filter(grants::id.eq_any(kept.filter(grant_external_refs::system.eq(system)))),
        (None, Some(key)) => query.filter(grants::id.eq_any(kept.filter(grant_external_refs::key.eq(key)))),
        (Some(system), Some(key)) => {
            let both = kept.filter(grant_external_refs::system.eq(system)).filter(grant_external_refs::key.eq(key));
            query.filter(grants::id.eq_any(both))
        }
    }
}

fn by_decision(
    mut query: grants::BoxedQuery<'static, MultiBackend>,
    filter: &GrantFilter,
) -> grants::BoxedQuery<'static, MultiBackend> {
    let live = || decisions::table.filter(decisions::state.eq(DecisionState::Live.as_str()));
    if let Some(recipient) = &filter.recipient {
        let receiving = live()
            .inner_join(decision_lines::table.on(decision_lines::decision_id.eq(decisions::id)))
            .filter(decision_lines::recipient_orgnr.eq(recipient.to_string()))
            .select(decisions::grant_id);
        query = query.filter(grants::id.eq_any(receiving));
    }
    let departing = || live().filter(decisions::departure_reason.is_not_null()).select(decisions::grant_id);
    match filter.departs {
        Some(true) => query.filter(grants::id.eq_any(departing())),
        Some(false) => query.filter(grants::id.ne_all(departing())),
        None => query,
    }
}

/// The office sees its own grants, the directorate all; everybody else sees them from notification on.
pub(super) fn visible_to(viewer: &Viewer) -> Box<dyn BoxableExpression<grants::table, MultiBackend, SqlType = Bool>> {
    let notified = grants::state.ne(GrantState::Decided.as_str());
    match (viewer.kind, &viewer.county_governor) {
        (OrganisationKind::Directorate, _) => Box::new(grants::id.is_not_null()),
        (OrganisationKind::CountyGovernor, Some(office)) => {
            Box::new(grants::county_governor.eq(office.clone()).or(notified))
        }
        _ => Box::new(notified),
    }
}
