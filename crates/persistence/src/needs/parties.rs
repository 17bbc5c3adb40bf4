//! Parties of needs: partners, participants and Statped, invited by the sender, answering for themselves.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::{Content, InvitationState, PartyRole};
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::schema::{need_parties, organisations};
use crate::store::{Reader, Tx};
use crate::time::{from_column, to_column};

/// An invited party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The need.
    pub need: NeedId,
    /// The organisation.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// In what way it is asked.
    pub role: PartyRole,
    /// What it has answered.
    pub state: InvitationState,
    /// When it was invited.
    pub invited_at: DateTime<Utc>,
    /// When it answered last.
    pub answered_at: Option<DateTime<Utc>>,
    /// What it said to its answer.
    pub reason: Option<String>,
    /// Whether it asks for Statped too, as the partner (N07).
    pub asks_for_statped: bool,
    /// Raised by every change.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Queryable)]
struct PartyRow {
    need_id: String,
    orgnr: String,
    role: String,
    state: String,
    invited_at: NaiveDateTime,
    answered_at: Option<NaiveDateTime>,
    reason: Option<String>,
    asks_for_statped: bool,
    version: i64,
    updated_at: NaiveDateTime,
}

fn party((row, name): (PartyRow, String)) -> Result<Party, StoreError> {
    let corrupt = |why: &dyn ToString| StoreError::corrupt("party", why.to_string());
    Ok(Party {
        need: row.need_id.parse().map_err(|e| corrupt(&e))?,
        orgnr: OrgNr::from_register(row.orgnr),
        name,
        role: row.role.parse().map_err(|e| corrupt(&e))?,
        state: row.state.parse().map_err(|e| corrupt(&e))?,
        invited_at: from_column(row.invited_at),
        answered_at: row.answered_at.map(from_column),
        reason: row.reason,
        asks_for_statped: row.asks_for_statped,
        version: row.version,
        updated_at: from_column(row.updated_at),
    })
}

/// The invited parties of a need, by number. The caller has found the need visible.
pub fn parties(reader: &mut Reader, need: NeedId) -> Result<Vec<Party>, StoreError> {
    let rows: Vec<(PartyRow, String)> = need_parties::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_parties::orgnr)))
        .filter(need_parties::need_id.eq(need.to_string()))
        .order(need_parties::orgnr)
        .select((need_parties::all_columns, organisations::name))
        .load(reader.connection())?;
    rows.into_iter().map(party).collect()
}

/// One invited party. The caller has found the need visible.
pub fn find_party(reader: &mut Reader, need: NeedId, orgnr: &OrgNr) -> Result<Option<Party>, StoreError> {
    let row: Option<(PartyRow, String)> = need_parties::table
        .inner_join(organisations::table.on(organisations::orgnr.eq(need_parties::orgnr)))
        .filter(need_parties::need_id.eq(need.to_string()))
        .filter(need_parties::orgnr.eq(orgnr.as_str()))
        .select((need_parties::all_columns, organisations::name))
        .first(reader.connection())
        .optional()?;
    row.map(party).transpose()
}

/// Invites a party that was not invited yet.
pub fn invite(tx: &mut Tx, need: NeedId, role: PartyRole, orgnr: &OrgNr, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(need_parties::table)
        .values((
            need_parties::need_id.eq(need.to_string()),
            need_parties::orgnr.eq(orgnr.as_str()),
            need_parties::role.eq(role.as_str()),
            need_parties::state.eq(InvitationState::Pending.as_str()),
            need_parties::invited_at.eq(to_column(at)),
            need_parties::asks_for_statped.eq(false),
            need_parties::version.eq(1),
            need_parties::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())
        .map_err(|error| StoreError::from(error).or_clash("need_parties"))?;
    Ok(())
}

/// Writes how a party stands now: what it answered, or that it is invited again. Raises its version.
pub fn save_party(tx: &mut Tx, party: &Party, at: DateTime<Utc>) -> Result<Party, StoreError> {
    let row = need_parties::table.find((party.need.to_string(), party.orgnr.as_str()));
    let changed = diesel::update(row.filter(need_parties::version.eq(party.version)))
        .set((
            need_parties::state.eq(party.state.as_str()),
            need_parties::invited_at.eq(to_column(party.invited_at)),
            need_parties::answered_at.eq(party.answered_at.map(to_column)),
            need_parties::reason.eq(&party.reason),
            need_parties::asks_for_statped.eq(party.asks_for_statped),
            need_parties::version.eq(party.version + 1),
            need_parties::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    if changed != 1 {
        return Err(StoreError::Stale);
    }
    find_party(tx, party.need, &party.orgnr)?.ok_or_else(|| StoreError::corrupt("party", "it is gone"))
}

/// Asks every party again that has not declined, because the measure or its money changed. Versions are raised also
/// where the answer is still awaited, so that nobody confirms what it has not read.
pub fn ask_parties_again(tx: &mut Tx, need: NeedId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let asked = need_parties::table
        .filter(need_parties::need_id.eq(need.to_string()))
        .filter(need_parties::state.ne(InvitationState::Declined.as_str()));
    diesel::update(asked)
        .set((
            need_parties::state.eq(InvitationState::Pending.as_str()),
            need_parties::version.eq(need_parties::version + 1),
            need_parties::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Takes back the invitations of organisations that the document no longer names in that way.
pub fn keep_named_parties(tx: &mut Tx, need: NeedId, content: &Content) -> Result<(), StoreError> {
    for role in PartyRole::ALL {
        let named: Vec<&str> = content.named().filter(|(of, _)| of == role).map(|(_, orgnr)| orgnr.as_str()).collect();
        let others = need_parties::table
            .filter(need_parties::need_id.eq(need.to_string()))
            .filter(need_parties::role.eq(role.as_str()))
            .filter(need_parties::orgnr.ne_all(named));
        diesel::delete(others).execute(tx.connection())?;
    }
    Ok(())
}
