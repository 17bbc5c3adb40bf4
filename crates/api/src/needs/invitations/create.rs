//! `POST /v1/needs/{id}/invitations`.

use actix_web::{HttpResponse, post, web};
use contract::needs::{InvitationsSent, Invite, Invited};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{
    Content, InvitationCommand, InvitationState, Need, PartyRole, PrivateOwnerAnswer, PrivateOwnerFact, RecordedAnswer,
};
use domain::orgnr::OrgNr;
use domain::time::oslo_date;
use persistence::needs::{Party, PrivateOwner};
use persistence::{Reader, needs};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::needs::load::{editable, own};
use crate::needs::parties::Side;
use crate::needs::record::change;

/// Invites partners, participants and private owners.
///
/// Those named in the body; without any, every partner and participant that the need names and every private owner it
/// concerns that was not asked yet, and Statped once a partner asks for it. Whoever declined is invited again when it is
/// named. Whoever is invited reads the
/// need from now on, also as a draft, and answers for itself.
#[utoipa::path(
    tag = "needs",
    operation_id = "create_need_invitations",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = Invite,
    responses((status = 201, description = "Who was invited now", body = InvitationsSent)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/invitations")]
pub async fn create(app: web::Data<App>, input: Input<Invite>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let invited = input.body.read(app.synthetic()).map_err(ApiError::invalid)?;
    app.write("need.invite", input, move |write: &mut Write<'_, _>, _: &Invite| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let need = own(write, &viewer, id)?;
        write.begin()?;
        editable(&need)?;
        needs::hold(write, &need)?;
        let guests = whom(write, &need, &invited)?;
        invite(write, &need, &guests)?;
        let sent = InvitationsSent {
            partners: guests.of_side(Side::Partners),
            participants: guests.of_side(Side::Participants),
            private_owners: guests.owners.iter().map(ToString::to_string).collect(),
        };
        let after = json!({
            "partner_orgnr": sent.partners,
            "participant_orgnr": sent.participants,
            "private_owner_orgnr": sent.private_owners,
        });
        let changed = ["partners", "participants", "private_owners"];
        change(write, &need, "need.invite", "invited", &changed, (None, Some(after)))?;
        Ok(Answer::created(&sent, need.version, format!("/v1/needs/{id}/partners"))?)
    })
    .await
}

fn invite(write: &mut Write<'_, Invite>, need: &Need, guests: &Guests) -> Result<(), ApiError> {
    let now = write.call().now;
    for (role, orgnr) in &guests.first {
        needs::invite(write, need.id, *role, orgnr, now)?;
    }
    for party in &guests.again {
        let state = party.state.apply(InvitationCommand::InviteAgain).map_err(|error| ApiError::state(error.state))?;
        let again =
            Party { state, invited_at: now, answered_at: None, reason: None, asks_for_statped: false, ..party.clone() };
        needs::save_party(write, &again, now)?;
    }
    for owner in &guests.owners {
        needs::insert_private_owner(write, &asked(need, owner, now))?;
    }
    Ok(())
}

/// A private owner that was asked today and has not answered.
fn asked(need: &Need, owner: &OrgNr, now: chrono::DateTime<chrono::Utc>) -> PrivateOwner {
    PrivateOwner {
        need: need.id,
        owner: owner.clone(),
        answer: PrivateOwnerAnswer { invited_on: oslo_date(now), recorded: RecordedAnswer::NoAnswer, own: None },
        answered_at: None,
        reason: None,
        version: 1,
        updated_at: now,
    }
}

/// Whom to invite now.
struct Guests {
    /// Parties that were not invited yet, each in its role.
    first: Vec<(PartyRole, OrgNr)>,
    /// Parties that declined and are invited again.
    again: Vec<Party>,
    /// Private owners.
    owners: Vec<OrgNr>,
}

impl Guests {
    fn of_side(&self, side: Side) -> Vec<String> {
        let first = self.first.iter().map(|(role, orgnr)| (*role, orgnr));
        let all = first.chain(self.again.iter().map(|party| (party.role, &party.orgnr)));
        all.filter(|(role, _)| side.holds(*role)).map(|(_, orgnr)| orgnr.to_string()).collect()
    }
}

/// Whom to invite, or what is wrong with those named.
fn whom(reader: &mut Reader, need: &Need, invited: &Invited) -> Result<Guests, ApiError> {
    let named: Vec<(PartyRole, &OrgNr)> = need.content.named().filter(|(_, orgnr)| **orgnr != need.sender).collect();
    let known = needs::parties(reader, need.id)?;
    let statped_waits = is_statped_waiting(&need.content, &known);
    let known = |orgnr: &OrgNr| known.iter().find(|party| party.orgnr == *orgnr);
    let sender = needs::sender_of(reader, &need.sender)?;
    let facts = needs::private_owner_facts(reader, &sender, &need.content, Some(need.id))?;
    let Invited::These { partners, participants, private_owners } = invited else {
        let first = named
            .iter()
            .filter(|(role, orgnr)| known(orgnr).is_none() && !(statped_waits && *role == PartyRole::Statped));
        let owners = facts.iter().filter(|owner| owner.answer.is_none() && owner.is_concerned_by(&need.content));
        return Ok(Guests {
            first: first.map(|(role, orgnr)| (*role, (*orgnr).clone())).collect(),
            again: Vec::new(),
            owners: owners.map(|owner| owner.orgnr.clone()).collect(),
        });
    };
    let is_asked = |orgnr: &OrgNr| known(orgnr).is_some_and(|party| party.state != InvitationState::Declined);
    let party_fault = |side: Side, orgnr: &OrgNr| match () {
        () if !named.iter().any(|(role, named)| side.holds(*role) && *named == orgnr) => Some(side.not_named()),
        () if is_asked(orgnr) => Some("already_invited"),
        () if statped_waits && named.contains(&(PartyRole::Statped, orgnr)) => Some("statped_not_asked_yet"),
        () => None,
    };
    let mut faults = faults_of(partners, "partners", |orgnr| party_fault(Side::Partners, orgnr));
    faults.extend(faults_of(participants, "participants", |orgnr| party_fault(Side::Participants, orgnr)));
    faults.extend(faults_of(private_owners, "private_owners", |orgnr| owner_fault(&facts, orgnr)));
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults));
    }
    let chosen = |orgnr: &OrgNr| partners.contains(orgnr) || participants.contains(orgnr);
    let chosen: Vec<_> = named.into_iter().filter(|(_, orgnr)| chosen(orgnr)).collect();
    let first = chosen.iter().filter(|(_, orgnr)| known(orgnr).is_none());
    Ok(Guests {
        first: first.map(|(role, orgnr)| (*role, (*orgnr).clone())).collect(),
        again: chosen.iter().filter_map(|(_, orgnr)| known(orgnr).cloned()).collect(),
        owners: private_owners.clone(),
    })
}

/// Statped is asked for a contribution once a partner has asked for it too (N07).
fn is_statped_waiting(content: &Content, known: &[Party]) -> bool {
    let contributes = content.statped.is_some() && !content.is_provided_by_statped();
    let asks = |party: &Party| party.asks_for_statped && party.state == InvitationState::Confirmed;
    contributes && !known.iter().any(asks)
}

fn owner_fault(facts: &[PrivateOwnerFact], orgnr: &OrgNr) -> Option<&'static str> {
    match facts.iter().find(|owner| owner.orgnr == *orgnr) {
        None => Some("private_owner_not_concerned"),
        Some(owner) if owner.answer.is_some() => Some("already_invited"),
        Some(_) => None,
    }
}

fn faults_of(numbers: &[OrgNr], member: &str, fault: impl Fn(&OrgNr) -> Option<&'static str>) -> Vec<Fault> {
    let faults = numbers.iter().enumerate().filter_map(|(i, orgnr)| {
        let code = fault(orgnr)?;
        Some(Fault::new(code, format!("/{member}/{i}")))
    });
    faults.collect()
}
