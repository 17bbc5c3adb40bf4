//! Gathers what waits for an organisation: its own needs, what it is asked, and, for a county governor, the needs and
//! rounds of its office.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;
use domain::actor::Viewer;
use domain::event::SubjectKind;
use domain::ids::RoundId;
use domain::needs::{DialogueSide, InvitationState, NeedState, PartyRole};
use domain::orgnr::OrgNr;
use domain::rounds::{Round, RoundState};
use domain::tasks::{TaskKind, of_office, of_round, of_sender};
use uuid::Uuid;

use crate::codec::parse;
use crate::error::StoreError;
use crate::listing::Window;
use crate::needs::{self, Invitation};
use crate::rounds;
use crate::schema::{
    coordinations, joint_drafts, messages, need_versions, needs as need_rows, round_exemptions, rounds as round_rows,
};
use crate::store::Reader;
use crate::time::from_column;

/// So many of one kind are gathered at the most; whoever has more begins with these.
const MOST: i64 = 1_000;

/// Something that waits for an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// What is to be done.
    pub kind: TaskKind,
    /// What it is done to.
    pub subject: SubjectKind,
    /// Its id.
    pub id: Uuid,
    /// Its reference, where it has one.
    pub reference: Option<String>,
    /// What it is called; a round is called nothing.
    pub title: Option<String>,
    /// When it is too late, exclusive.
    pub due_at: Option<DateTime<Utc>>,
    /// Since when it has been as it is.
    pub since: DateTime<Utc>,
}

/// Everything that waits for an organisation, in no order.
pub fn tasks(reader: &mut Reader, viewer: &Viewer, now: DateTime<Utc>) -> Result<Vec<Task>, StoreError> {
    let mut found = own_needs(reader, &viewer.orgnr, now)?;
    found.extend(invitations(reader, &viewer.orgnr)?);
    found.extend(unread_messages(reader, viewer)?);
    if viewer.in_network {
        found.extend(coordinations_to_draft(reader, &viewer.orgnr)?);
    }
    if let Some(office) = &viewer.county_governor {
        found.extend(received_needs(reader, office)?);
        found.extend(rounds_of(reader, office, now)?);
    }
    Ok(found)
}

type OwnNeed = (String, Option<String>, String, String, Option<NaiveDate>, String, NaiveDateTime);

fn own_needs(reader: &mut Reader, sender: &OrgNr, now: DateTime<Utc>) -> Result<Vec<Task>, StoreError> {
    let rows: Vec<OwnNeed> = need_rows::table
        .filter(need_rows::sender_orgnr.eq(sender.as_str()))
        .filter(need_rows::state.eq_any(NeedState::those(NeedState::is_editable).map(NeedState::as_str)))
        .order(need_rows::id)
        .limit(MOST)
        .select((
            need_rows::id,
            need_rows::reference,
            need_rows::title,
            need_rows::state,
            need_rows::reply_by,
            need_rows::round_id,
            need_rows::updated_at,
        ))
        .load(reader.connection())?;
    let mut known = Rounds::default();
    let mut found = Vec::new();
    for (id, reference, title, state, reply_by, round, updated_at) in rows {
        let (round, exempt_until) = known.get(reader, &round, sender)?;
        let state = parse("need", &state)?;
        if let Some((kind, due_at)) = of_sender(state, reply_by, round, *exempt_until, now) {
            found.push(task_on_need(kind, &id, reference, title, due_at, from_column(updated_at))?);
        }
    }
    Ok(found)
}

/// Rounds that were looked up, with the sender's exemption from their deadline.
#[derive(Default)]
struct Rounds(BTreeMap<String, (Round, Option<NaiveDate>)>);

impl Rounds {
    fn get(
        &mut self,
        reader: &mut Reader,
        id: &str,
        sender: &OrgNr,
    ) -> Result<&(Round, Option<NaiveDate>), StoreError> {
        if !self.0.contains_key(id) {
            let round: RoundId = parse("round", id)?;
            let exemption = rounds::exemption_of(reader, round, sender)?;
            let stored =
                rounds::find(reader, round)?.ok_or_else(|| StoreError::corrupt("need", "its round is gone"))?;
            let until = exemption.map(|stored| stored.exemption.until);
            self.0.insert(id.to_owned(), (stored.round, until));
        }
        self.0.get(id).ok_or_else(|| StoreError::corrupt("round", "it is gone"))
    }
}

/// What the organisation is asked, as long as it can still answer; due when the need is.
fn invitations(reader: &mut Reader, invited: &OrgNr) -> Result<Vec<Task>, StoreError> {
    let window = Window { limit: MOST, ..Window::default() };
    let pending = needs::invitations(reader, invited, Some(InvitationState::Pending), &window)?;
    let answerable: Vec<Invitation> = pending.into_iter().filter(is_answerable).collect();
    let due = due_dates(reader, answerable.iter().map(|invitation| invitation.need.to_string()).collect())?;
    let task = |invitation: Invitation| Task {
        kind: TaskKind::AnswerInvitation,
        subject: SubjectKind::Need,
        id: invitation.need.0,
        reference: None,
        title: Some(invitation.title),
        due_at: due.get(&invitation.need.to_string()).copied(),
        since: invitation.invited_at,
    };
    Ok(answerable.into_iter().map(task).collect())
}

/// A private owner may answer as long as the need is on its way, others while it is being written.
fn is_answerable(invitation: &Invitation) -> bool {
    match invitation.role {
        PartyRole::PrivateOwner => invitation.need_state.is_open(),
        PartyRole::Partner | PartyRole::Participant | PartyRole::Statped => invitation.need_state.is_editable(),
    }
}

/// When needs are due: returned ones by the day that the return names, others by the deadline of their round, or the
/// later one that their sender was given (N03).
fn due_dates(reader: &mut Reader, ids: Vec<String>) -> Result<BTreeMap<String, DateTime<Utc>>, StoreError> {
    let of_sender = round_exemptions::round_id
        .eq(need_rows::round_id)
        .and(round_exemptions::owner_orgnr.eq(need_rows::sender_orgnr));
    let rows: Vec<(String, Option<NaiveDate>, NaiveDateTime, Option<NaiveDate>)> = need_rows::table
        .inner_join(round_rows::table.on(round_rows::id.eq(need_rows::round_id)))
        .left_join(round_exemptions::table.on(of_sender))
        .filter(need_rows::id.eq_any(ids))
        .select((need_rows::id, need_rows::reply_by, round_rows::deadline_at, round_exemptions::until.nullable()))
        .load(reader.connection())?;
    let due =
        |own_day: Option<NaiveDate>, deadline| own_day.map_or_else(|| from_column(deadline), domain::time::deadline_at);
    let due = rows.into_iter().map(|(id, reply_by, deadline, exempt)| (id, due(reply_by.or(exempt), deadline)));
    Ok(due.collect())
}

/// The needs on which the other side wrote what nobody here has read, once each, since the oldest such message. The
/// county governor calls a need what its newest submission calls it.
fn unread_messages(reader: &mut Reader, viewer: &Viewer) -> Result<Vec<Task>, StoreError> {
    let newest =
        need_versions::need_id.eq(need_rows::id).and(need_versions::n.nullable().eq(need_rows::submitted_version));
    let own = need_rows::sender_orgnr.eq(viewer.orgnr.as_str());
    let of_office = need_rows::county_governor.eq(viewer.county_governor.clone().unwrap_or_default());
    let to_sender = own.and(messages::side.eq(DialogueSide::CountyGovernor.as_str()));
    let to_office = of_office.and(messages::side.eq(DialogueSide::Sender.as_str()));
    let rows: Vec<(String, Option<String>, String, NaiveDateTime)> = messages::table
        .inner_join(need_rows::table.on(need_rows::id.eq(messages::need_id)))
        .inner_join(need_versions::table.on(newest))
        .filter(messages::read_at.is_null())
        .filter(to_sender.or(to_office))
        .order((need_rows::id, messages::id))
        .limit(MOST)
        .select((need_rows::id, need_rows::reference, need_versions::title, messages::created_at))
        .load(reader.connection())?;
    let mut found: Vec<Task> = Vec::new();
    for (id, reference, title, created_at) in rows {
        let task = task_on_need(TaskKind::ReadMessages, &id, reference, title, None, from_column(created_at))?;
        if found.last().is_none_or(|last| last.id != task.id) {
            found.push(task);
        }
    }
    Ok(found)
}

/// The open coordinations that an organisation leads and has not turned into a draft.
fn coordinations_to_draft(reader: &mut Reader, lead: &OrgNr) -> Result<Vec<Task>, StoreError> {
    let rows: Vec<(String, String, NaiveDateTime)> = coordinations::table
        .filter(coordinations::lead_orgnr.eq(lead.as_str()))
        .filter(coordinations::closed.eq(false))
        .filter(not(exists(joint_drafts::table.filter(joint_drafts::coordination_id.eq(coordinations::id)))))
        .order(coordinations::id)
        .limit(MOST)
        .select((coordinations::id, coordinations::title, coordinations::updated_at))
        .load(reader.connection())?;
    rows.into_iter()
        .map(|(id, title, updated_at)| {
            Ok(Task {
                kind: TaskKind::DraftJointly,
                subject: SubjectKind::Coordination,
                id: parse("coordination", &id)?,
                reference: None,
                title: Some(title),
                due_at: None,
                since: from_column(updated_at),
            })
        })
        .collect()
}

/// Submitted needs that wait for the county governor, called what their newest submission calls them.
fn received_needs(reader: &mut Reader, office: &str) -> Result<Vec<Task>, StoreError> {
    let newest =
        need_versions::need_id.eq(need_rows::id).and(need_versions::n.nullable().eq(need_rows::submitted_version));
    let rows: Vec<(String, Option<String>, String, String, NaiveDateTime)> = need_rows::table
        .inner_join(need_versions::table.on(newest))
        .filter(need_rows::county_governor.eq(office))
        .filter(need_rows::state.eq_any(NeedState::those(|state| of_office(state).is_some()).map(NeedState::as_str)))
        .order(need_rows::id)
        .limit(MOST)
        .select((need_rows::id, need_rows::reference, need_versions::title, need_rows::state, need_rows::updated_at))
        .load(reader.connection())?;
    let mut found = Vec::new();
    for (id, reference, title, state, updated_at) in rows {
        if let Some(kind) = of_office(parse("need", &state)?) {
            found.push(task_on_need(kind, &id, reference, title, None, from_column(updated_at))?);
        }
    }
    Ok(found)
}

fn rounds_of(reader: &mut Reader, office: &str, now: DateTime<Utc>) -> Result<Vec<Task>, StoreError> {
    let filter = rounds::RoundFilter { county_governor: Some(office.to_owned()), ..rounds::RoundFilter::default() };
    let window = Window { limit: MOST, ..Window::default() };
    let waiting: Vec<NeedState> = NeedState::those(NeedState::is_under_treatment).collect();
    let mut found = Vec::new();
    for stored in rounds::list(reader, &filter, &window)? {
        // Only a closed round waits for its needs, so only then are they counted.
        let under_treatment = match stored.round.state {
            RoundState::Closed => needs::count_in_round(reader, stored.round.id, &waiting)?,
            RoundState::Planned | RoundState::Open | RoundState::Settled => 0,
        };
        let Some(kind) = of_round(&stored.round, under_treatment, now) else { continue };
        found.push(Task {
            kind,
            subject: SubjectKind::Round,
            id: stored.round.id.0,
            reference: None,
            title: None,
            due_at: None,
            since: stored.updated_at,
        });
    }
    Ok(found)
}

fn task_on_need(
    kind: TaskKind,
    id: &str,
    reference: Option<String>,
    title: String,
    due_at: Option<DateTime<Utc>>,
    since: DateTime<Utc>,
) -> Result<Task, StoreError> {
    let id = parse("need", id)?;
    Ok(Task { kind, subject: SubjectKind::Need, id, reference, title: Some(title), due_at, since })
}
