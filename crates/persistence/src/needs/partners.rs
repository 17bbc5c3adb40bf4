//! Partners of needs: invited by the sender, answering for themselves.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::PartnerState;
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::schema::{need_partners, organisations};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// An invited partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    /// The need.
    pub need: NeedId,
    /// The partner.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// What it has answered.
    pub state: PartnerState,
    /// When it was invited.
    pub invited_at: DateTime<Utc>,
    /// When it answered last.
    pub answered_at: Option<DateTime<Utc>>,
    /// What it said to its answer.
    pub reason: Option<String>,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

type Row = ((String, String, String, NaiveDateTime, Option<NaiveDateTime>, Option<String>, i64, NaiveDateTime), String);

fn partner((row, name): Row) -> Result<Partner, StoreError> {
    let (need, orgnr, state, invited_at, answered_at, reason, version, updated_at) = row;
    Ok(Partner {
        need: need.parse().map_err(|e| StoreError::corrupt("partner", e))?,
        orgnr: OrgNr::from_register(orgnr),
        name,
        state: state.parse().map_err(|e| StoreError::corrupt("partner", e))?,
        invited_at: from_column(invited_at),
        answered_at: answered_at.map(from_column),
        reason,
        version,
        updated_at: from_column(updated_at),
    })
}

/// The invited partners of a need, by number. The caller has found the need visible.
pub fn partners(reader: &mut Reader, need: NeedId) -> Result<Vec<Partner>, StoreError> {
    let rows: Vec<Row> = need_partners::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_partners::orgnr)))
        .filter(need_partners::need_id.eq(need.to_string()))
        .order(need_partners::orgnr)
        .select((need_partners::all_columns, organisations::name))
        .load(reader.connection())?;
    rows.into_iter().map(partner).collect()
}

/// One invited partner. The caller has found the need visible.
pub fn find_partner(reader: &mut Reader, need: NeedId, orgnr: &OrgNr) -> Result<Option<Partner>, StoreError> {
    let row: Option<Row> = need_partners::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_partners::orgnr)))
        .filter(need_partners::need_id.eq(need.to_string()))
        .filter(need_partners::orgnr.eq(orgnr.as_str()))
        .select((need_partners::all_columns, organisations::name))
        .first(reader.connection())
        .optional()?;
    row.map(partner).transpose()
}

/// Invites a partner.
pub fn invite_partner(tx: &mut Tx, need: NeedId, orgnr: &OrgNr, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(need_partners::table)
        .values((
            need_partners::need_id.eq(need.to_string()),
            need_partners::orgnr.eq(orgnr.as_str()),
            need_partners::state.eq(PartnerState::Pending.as_str()),
            need_partners::invited_at.eq(to_column(at)),
            need_partners::version.eq(1),
            need_partners::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())
        .map_err(|error| StoreError::from(error).or_clash("need_partners"))?;
    Ok(())
}

/// Writes a partner's answer, raising its version.
pub fn answer_partner(
    tx: &mut Tx,
    before: &Partner,
    state: PartnerState,
    reason: Option<&str>,
    at: DateTime<Utc>,
) -> Result<Partner, StoreError> {
    let row = need_partners::table.find((before.need.to_string(), before.orgnr.as_str()));
    let changed = diesel::update(row.filter(need_partners::version.eq(before.version)))
        .set((
            need_partners::state.eq(state.as_str()),
            need_partners::answered_at.eq(Some(to_column(at))),
            need_partners::reason.eq(reason),
            need_partners::version.eq(before.version + 1),
            need_partners::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    find_partner(tx, before.need, &before.orgnr)?.ok_or_else(|| StoreError::corrupt("partner", "it is gone"))
}

/// Asks every partner again that has not declined, because the measure or its money changed. Versions are raised
/// also where the answer is still awaited, so that nobody confirms what it has not read.
pub fn ask_partners_again(tx: &mut Tx, need: NeedId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let asked = need_partners::table
        .filter(need_partners::need_id.eq(need.to_string()))
        .filter(need_partners::state.ne(PartnerState::Declined.as_str()));
    diesel::update(asked)
        .set((
            need_partners::state.eq(PartnerState::Pending.as_str()),
            need_partners::version.eq(need_partners::version + 1),
            need_partners::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Takes back the invitations of organisations that the need no longer names as partners.
pub fn keep_partners(tx: &mut Tx, need: NeedId, named: &[OrgNr]) -> Result<(), StoreError> {
    let named: Vec<&str> = named.iter().map(OrgNr::as_str).collect();
    let others = need_partners::table
        .filter(need_partners::need_id.eq(need.to_string()))
        .filter(need_partners::orgnr.ne_all(named));
    diesel::delete(others).execute(tx.connection())?;
    Ok(())
}
