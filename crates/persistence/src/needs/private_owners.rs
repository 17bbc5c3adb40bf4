//! Private owners of needs: asked by the municipality, answering for themselves (N05).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::{OwnAnswer, PrivateOwnerAnswer};
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::schema::need_private_owners;
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// What a need says about one private owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrivateOwner {
    /// The need.
    pub need: NeedId,
    /// The owner.
    pub owner: OrgNr,
    /// When it was invited, what the municipality noted, what it answered itself.
    pub answer: PrivateOwnerAnswer,
    /// When the owner answered itself.
    pub answered_at: Option<DateTime<Utc>>,
    /// What was said to the answer.
    pub reason: Option<String>,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

type Row =
    (String, String, NaiveDate, String, Option<String>, Option<NaiveDateTime>, Option<String>, i64, NaiveDateTime);

fn private_owner(row: Row) -> Result<PrivateOwner, StoreError> {
    let (need, owner, invited_on, recorded, own, answered_at, reason, version, updated_at) = row;
    let corrupt = |why: &dyn ToString| StoreError::corrupt("private owner", why.to_string());
    Ok(PrivateOwner {
        need: need.parse().map_err(|e| corrupt(&e))?,
        owner: OrgNr::from_register(owner),
        answer: PrivateOwnerAnswer {
            invited_on,
            recorded: recorded.parse().map_err(|e| corrupt(&e))?,
            own: own.map(|own| own.parse()).transpose().map_err(|e| corrupt(&e))?,
        },
        answered_at: answered_at.map(from_column),
        reason,
        version,
        updated_at: from_column(updated_at),
    })
}

/// What a need says about private owners, by their number. The caller has found the need visible.
pub fn private_owners(reader: &mut Reader, need: NeedId) -> Result<BTreeMap<OrgNr, PrivateOwner>, StoreError> {
    let rows: Vec<Row> = need_private_owners::table
        .filter(need_private_owners::need_id.eq(need.to_string()))
        .load(reader.connection())?;
    rows.into_iter().map(|row| private_owner(row).map(|owner| (owner.owner.clone(), owner))).collect()
}

/// What a need says about one private owner. The caller has found the need visible.
pub fn find_private_owner(
    reader: &mut Reader,
    need: NeedId,
    owner: &OrgNr,
) -> Result<Option<PrivateOwner>, StoreError> {
    let row: Option<Row> =
        need_private_owners::table.find((need.to_string(), owner.as_str())).first(reader.connection()).optional()?;
    row.map(private_owner).transpose()
}

/// Begins to say something about a private owner.
pub fn insert_private_owner(tx: &mut Tx, new: &PrivateOwner) -> Result<(), StoreError> {
    diesel::insert_into(need_private_owners::table)
        .values((
            need_private_owners::need_id.eq(new.need.to_string()),
            need_private_owners::owner_orgnr.eq(new.owner.as_str()),
            need_private_owners::invited_on.eq(new.answer.invited_on),
            need_private_owners::recorded_answer.eq(new.answer.recorded.as_str()),
            need_private_owners::own_answer.eq(new.answer.own.map(OwnAnswer::as_str)),
            need_private_owners::answered_at.eq(new.answered_at.map(to_column)),
            need_private_owners::reason.eq(&new.reason),
            need_private_owners::version.eq(new.version),
            need_private_owners::updated_at.eq(to_column(new.updated_at)),
        ))
        .execute(tx.connection())
        .map_err(|error| StoreError::from(error).or_clash("need_private_owners"))?;
    Ok(())
}

/// Writes what is now said about a private owner, raising its version.
pub fn save_private_owner(tx: &mut Tx, owner: &PrivateOwner, at: DateTime<Utc>) -> Result<PrivateOwner, StoreError> {
    let row = need_private_owners::table.find((owner.need.to_string(), owner.owner.as_str()));
    let changed = diesel::update(row.filter(need_private_owners::version.eq(owner.version)))
        .set((
            need_private_owners::invited_on.eq(owner.answer.invited_on),
            need_private_owners::recorded_answer.eq(owner.answer.recorded.as_str()),
            need_private_owners::own_answer.eq(owner.answer.own.map(OwnAnswer::as_str)),
            need_private_owners::answered_at.eq(owner.answered_at.map(to_column)),
            need_private_owners::reason.eq(&owner.reason),
            need_private_owners::version.eq(owner.version + 1),
            need_private_owners::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    Ok(PrivateOwner {
        version: owner.version + 1,
        updated_at: domain::time::to_microseconds(at),
        answered_at: owner.answered_at.map(domain::time::to_microseconds),
        ..owner.clone()
    })
}
