//! What an organisation is asked to take part in, over all needs.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::NeedId;
use domain::needs::{NeedState, OwnAnswer, PartnerState};
use domain::orgnr::OrgNr;
use domain::time::start_of_day;

use crate::error::StoreError;
use crate::listing::Window;
use crate::schema::{need_partners, need_private_owners, needs, organisations};
use crate::store::Reader;
use crate::time::{from_column, to_column};

/// In what way an organisation is asked; an organisation is asked in one way only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitedAs {
    /// To be the partner of the measure.
    Partner,
    /// To join with its kindergartens or schools.
    PrivateOwner,
}

/// An invitation as the invited organisation sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// The need.
    pub need: NeedId,
    /// In what way.
    pub role: InvitedAs,
    /// What was answered.
    pub state: PartnerState,
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
    state: Option<PartnerState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    let mut all = as_partner(reader, invited, state, window)?;
    all.extend(as_private_owner(reader, invited, state, window)?);
    all.sort_by_key(|invitation| invitation.need);
    all.truncate(usize::try_from(window.limit).unwrap_or(usize::MAX));
    Ok(all)
}

type Head = (String, String, String, String);

fn as_partner(
    reader: &mut Reader,
    invited: &OrgNr,
    state: Option<PartnerState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    let mut query = need_partners::table
        .inner_join(needs::table.on(needs::id.eq(need_partners::need_id)))
        .inner_join(organisations::table.on(organisations::orgnr.eq(needs::sender_orgnr)))
        .filter(need_partners::orgnr.eq(invited.to_string()))
        .order(need_partners::need_id)
        .limit(window.limit)
        .select((
            (needs::title, needs::state, needs::sender_orgnr, organisations::name),
            (
                need_partners::need_id,
                need_partners::state,
                need_partners::invited_at,
                need_partners::version,
                need_partners::updated_at,
            ),
        ))
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(need_partners::state.eq(state.to_string()));
    }
    if let Some(after) = &window.after {
        query = query.filter(need_partners::need_id.gt(after.clone()));
    }
    if let Some(since) = window.updated_since {
        query = query.filter(need_partners::updated_at.ge(to_column(since)));
    }
    if !window.ids.is_empty() {
        query = query.filter(need_partners::need_id.eq_any(window.ids.clone()));
    }
    let rows: Vec<(Head, (String, String, NaiveDateTime, i64, NaiveDateTime))> = query.load(reader.connection())?;
    rows.into_iter()
        .map(|(head, (need, state, invited_at, version, updated_at))| {
            let state = state.parse().map_err(|e| StoreError::corrupt("partner", e))?;
            let invited_at = from_column(invited_at);
            invitation(head, &need, InvitedAs::Partner, state, invited_at, version, from_column(updated_at))
        })
        .collect()
}

fn as_private_owner(
    reader: &mut Reader,
    invited: &OrgNr,
    state: Option<PartnerState>,
    window: &Window,
) -> Result<Vec<Invitation>, StoreError> {
    let mut query = need_private_owners::table
        .inner_join(needs::table.on(needs::id.eq(need_private_owners::need_id)))
        .inner_join(organisations::table.on(organisations::orgnr.eq(needs::sender_orgnr)))
        .filter(need_private_owners::owner_orgnr.eq(invited.to_string()))
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
        Some(PartnerState::Pending) => query.filter(need_private_owners::own_answer.is_null()),
        Some(PartnerState::Confirmed) => query.filter(need_private_owners::own_answer.eq(OwnAnswer::Joins.as_str())),
        Some(PartnerState::Declined) => query.filter(need_private_owners::own_answer.eq(OwnAnswer::Declined.as_str())),
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
            invitation(head, &need, InvitedAs::PrivateOwner, state, invited_at, version, from_column(updated_at))
        })
        .collect()
}

fn state_of(own_answer: Option<String>) -> Result<PartnerState, StoreError> {
    let answer =
        own_answer.map(|text| text.parse()).transpose().map_err(|e| StoreError::corrupt("private owner", e))?;
    Ok(match answer {
        None => PartnerState::Pending,
        Some(OwnAnswer::Joins) => PartnerState::Confirmed,
        Some(OwnAnswer::Declined) => PartnerState::Declined,
    })
}

fn invitation(
    (title, need_state, sender, sender_name): Head,
    need: &str,
    role: InvitedAs,
    state: PartnerState,
    invited_at: DateTime<Utc>,
    version: i64,
    updated_at: DateTime<Utc>,
) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        need: need.parse().map_err(|e| StoreError::corrupt("invitation", e))?,
        role,
        state,
        title,
        need_state: need_state.parse().map_err(|e| StoreError::corrupt("invitation", e))?,
        sender: OrgNr::from_register(sender),
        sender_name,
        invited_at,
        version,
        updated_at,
    })
}
