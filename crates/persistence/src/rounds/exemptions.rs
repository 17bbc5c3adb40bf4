//! Exemptions from deadlines (N03). The county governor of the round sees all of them, an owner its own.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::actor::Viewer;
use domain::ids::{ExemptionId, RoundId};
use domain::orgnr::OrgNr;
use domain::rounds::Exemption;

use crate::connection::MultiBackend;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{round_exemptions, rounds};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// An exemption with when it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredExemption {
    /// The exemption.
    pub exemption: Exemption,
    /// When it was given.
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = round_exemptions)]
struct ExemptionRow {
    id: String,
    round_id: String,
    owner_orgnr: String,
    until: NaiveDate,
    reason: String,
    created_at: NaiveDateTime,
}

impl TryFrom<ExemptionRow> for StoredExemption {
    type Error = StoreError;
    fn try_from(row: ExemptionRow) -> Result<Self, StoreError> {
        let corrupt = |why: uuid::Error| StoreError::corrupt("exemption", why);
        Ok(Self {
            exemption: Exemption {
                id: row.id.parse().map_err(corrupt)?,
                round: row.round_id.parse().map_err(corrupt)?,
                owner: OrgNr::from_register(row.owner_orgnr),
                until: row.until,
                reason: row.reason,
            },
            created_at: from_column(row.created_at),
        })
    }
}

type Condition = Box<dyn BoxableExpression<round_exemptions::table, MultiBackend, SqlType = Bool>>;

fn visible_to(viewer: &Viewer) -> Condition {
    let of_its_office = rounds::table
        .filter(rounds::id.eq(round_exemptions::round_id))
        .filter(rounds::county_governor.eq(viewer.county_governor.clone().unwrap_or_default()));
    Box::new(round_exemptions::owner_orgnr.eq(viewer.orgnr.to_string()).or(exists(of_its_office)))
}

/// The exemption with this id from the deadline of a round, where the viewer sees it.
pub fn find_exemption(
    reader: &mut Reader,
    viewer: &Viewer,
    round: RoundId,
    id: ExemptionId,
) -> Result<Option<StoredExemption>, StoreError> {
    let row: Option<ExemptionRow> = round_exemptions::table
        .filter(round_exemptions::id.eq(id.to_string()))
        .filter(round_exemptions::round_id.eq(round.to_string()))
        .filter(visible_to(viewer))
        .first(reader.connection())
        .optional()?;
    row.map(StoredExemption::try_from).transpose()
}

/// The exemption that an owner has from the deadline of a round.
pub fn exemption_of(reader: &mut Reader, round: RoundId, owner: &OrgNr) -> Result<Option<StoredExemption>, StoreError> {
    let row: Option<ExemptionRow> = round_exemptions::table
        .filter(round_exemptions::round_id.eq(round.to_string()))
        .filter(round_exemptions::owner_orgnr.eq(owner.to_string()))
        .first(reader.connection())
        .optional()?;
    row.map(StoredExemption::try_from).transpose()
}

/// Gives an exemption. The version of its round was raised in the same transaction.
pub fn insert_exemption(tx: &mut Tx, exemption: &Exemption, at: DateTime<Utc>) -> Result<StoredExemption, StoreError> {
    let row = ExemptionRow {
        id: exemption.id.to_string(),
        round_id: exemption.round.to_string(),
        owner_orgnr: exemption.owner.to_string(),
        until: exemption.until,
        reason: exemption.reason.clone(),
        created_at: to_column(at),
    };
    diesel::insert_into(round_exemptions::table).values(row.clone()).execute(tx.connection())?;
    row.try_into()
}

/// Takes an exemption back. The version of its round was raised in the same transaction.
pub fn delete_exemption(tx: &mut Tx, id: ExemptionId) -> Result<(), StoreError> {
    let gone = diesel::delete(round_exemptions::table.find(id.to_string())).execute(tx.connection())?;
    if gone == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// A page of the exemptions from the deadline of a round that the viewer sees, by id.
pub fn exemptions(
    reader: &mut Reader,
    viewer: &Viewer,
    round: RoundId,
    window: &Window,
) -> Result<Vec<StoredExemption>, StoreError> {
    let mut query = matching(viewer, round, window).order(round_exemptions::id).limit(window.limit);
    if let Some(after) = &window.after {
        query = query.filter(round_exemptions::id.gt(after.clone()));
    }
    let rows: Vec<ExemptionRow> = query.load(reader.connection())?;
    rows.into_iter().map(StoredExemption::try_from).collect()
}

/// How many exemptions the whole list holds.
pub fn count_exemptions(
    reader: &mut Reader,
    viewer: &Viewer,
    round: RoundId,
    window: &Window,
) -> Result<i64, StoreError> {
    Ok(matching(viewer, round, window).count().get_result(reader.connection())?)
}

fn matching(viewer: &Viewer, round: RoundId, window: &Window) -> round_exemptions::BoxedQuery<'static, MultiBackend> {
    let mut query = round_exemptions::table
        .filter(visible_to(viewer))
        .filter(round_exemptions::round_id.eq(round.to_string()))
        .into_boxed();
    if let Some(since) = window.updated_since {
        query = query.filter(round_exemptions::created_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(round_exemptions::id.eq_any(window.ids.clone()));
    }
    query
}
