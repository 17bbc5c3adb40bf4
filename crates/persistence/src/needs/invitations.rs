//! What an organisation is asked to take part in, over all needs.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::{InvitationState, NeedState, OwnAnswer, PartyRole};
use domain::orgnr::OrgNr;
use domain::time::start_of_day;

use crate::codec::parse;
use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{need_parties, need_private_owners, needs, organisations};
use crate::store::Reader;
use crate::time::{from_column, to_column};

/// An invitation as the invited organisation sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The need.
    pub need: NeedId,
    /// In what way.
    pub role: PartyRole,
    /// What was answered.
    pub state: InvitationState,
    /// What the measure is called.
    pub title: String,
    /// Where the need is.
    pub need_state: NeedState,
    /// Who asks.
    pub sender: OrgNr,
    /// The asker's name.
    pub sender_name: String,
    /// Since when.
    pub invited_at: DateTime<Utc>,
    /// The version of what is answered: give it back in `If-Match`.
    pub version: i64,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

/// The invitations of an organisation in a state, or in all, by need.
pub fn invitations(
    reader: &mut Reader,
    invited: &OrgNr,
    state: Option<InvitationState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    let mut all = as_party(reader, invited, state, window)?;
    all.extend(as_private_owner(reader, invited, state, window)?);
    all.sort_by_key(|invitation| invitation.need);
    all.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
    Ok(all)
}

type Head = (String, String, String, String);

fn as_party(
    reader: &mut Reader,
    invited: &OrgNr,
    state: Option<InvitationState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    let mut query = need_parties::table
        .inner_join(needs::table.on(needs::id.eq(need_parties::need_id)))
        .inner_join(organisations::table.on(organisations::orgnr.eq(needs::sender_orgnr)))
        .filter(need_parties::orgnr.eq(invited.to_string()))
        .order(need_parties::need_id)
        .limit(window.limit)
        .select((
            (needs::title, needs::state, needs::sender_orgnr, organisations::name),
            (
                need_parties::need_id,
                need_parties::role,
                need_parties::state,
                need_parties::invited_at,
                need_parties::version,
                need_parties::updated_at,
            ),
        ))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(need_parties::state.eq(state.to_string()));
    }
    if let Some(after) = &window.after {
        query = query.filter(need_parties::need_id.gt(after.clone()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(need_parties::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(need_parties::need_id.eq_any(window.ids.clone()));
    }
    let rows: Vec<(Head, (String, String, String, NaiveDateTime, i64, NaiveDateTime))> =
        query.load(reader.connection())?;
    rows.into_iter()
        .map(|(head, (need, role, state, invited_at, version, updated_at))| {
            let role = parse("party", &role)?;
            let state = parse("party", &state)?;
            let invited_at = from_column(invited_at);
            invitation(head, &need, role, state, invited_at, version, from_column(updated_at))
        })
        .collect()
}

fn as_private_owner(
    reader: &mut Reader,
    invited: &OrgNr,
    state: Option<InvitationState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    // An owner that has become a participant answers as one.
    let asked_otherwise = need_parties::table
        .filter(need_parties::need_id.eq(need_private_owners::need_id))
        .filter(need_parties::orgnr.eq(need_private_owners::owner_orgnr));
    let mut query = need_private_owners::table
        .inner_join(needs::table.on(needs::id.eq(need_private_owners::need_id)))
        .inner_join(organisations::table.on(organisations::orgnr.eq(needs::sender_orgnr)))
        .filter(need_private_owners::owner_orgnr.eq(invited.to_string()))
        .filter(not(exists(asked_otherwise)))
        .order(need_private_owners::need_id)
        .limit(window.limit)
        .select((
            (needs::title, needs::state, needs::sender_orgnr, organisations::name),
            (
                need_private_owners::need_id,
                need_private_owners::own_answer,
                need_private_owners::invited_on,
                need_private_owners::version,
                need_private_owners::updated_at,
            ),
        ))
        .into_boxed();
    query = match state {
        None => query,
        Some(InvitationState::Pending) => query.filter(need_private_owners::own_answer.is_null()),
        Some(InvitationState::Confirmed) => query.filter(need_private_owners::own_answer.eq(OwnAnswer::Joins.as_str())),
        Some(InvitationState::Declined) => {
            query.filter(need_private_owners::own_answer.eq(OwnAnswer::Declined.as_str()))
        }
    };
    if let Some(after) = &window.after {
        query = query.filter(need_private_owners::need_id.gt(after.clone()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(need_private_owners::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(need_private_owners::need_id.eq_any(window.ids.clone()));
    }
    let rows: Vec<(Head, (String, Option<String>, chrono::NaiveDate, i64, NaiveDateTime))> =
        query.load(reader.connection())?;
    rows.into_iter()
        .map(|(head, (need, own_answer, invited_on, version, updated_at))| {
            let state = state_of(own_answer)?;
            let invited_at = start_of_day(invited_on);
            invitation(head, &need, PartyRole::PrivateOwner, state, invited_at, version, from_column(updated_at))
        })
        .collect()
}

fn state_of(own_answer: Option<String>) -> Result<InvitationState, StoreError> {
    let answer =
        own_answer.map(|text| text.parse()).transpose().map_err(|e| StoreError::corrupt("private owner", e))?;
    Ok(match answer {
        None => InvitationState::Pending,
        Some(OwnAnswer::Joins) => InvitationState::Confirmed,
        Some(OwnAnswer::Declined) => InvitationState::Declined,
    })
}

fn invitation(
    (title, need_state, sender, sender_name): Head,
    need: &str,
    role: PartyRole,
    state: InvitationState,
    invited_at: DateTime<Utc>,
    version: i64,
    updated_at: DateTime<Utc>,
) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        need: parse("invitation", need)?,
        role,
        state,
        title,
        need_state: parse("invitation", &need_state)?,
        sender: OrgNr::from_register(sender),
        sender_name,
        invited_at,
        version,
        updated_at,
    })
}
