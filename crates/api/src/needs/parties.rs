//! Partners, participants and Statped: invited by the sender, answering for themselves. All are shown and answer alike,
//! in two lists.

use actix_web::{HttpResponse, web};
use contract::needs::{InvitationReply, Party as PartyView, PartyPage};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{InvitationCommand, Need, PartyRole, Reading};
use domain::orgnr::OrgNr;
use persistence::needs::{self, Party};
use persistence::{Reader, StoreError};
use uuid::Uuid;

use super::load::{editable, visible};
use super::record::change;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// In which of the two lists a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The partners, and Statped.
    Partners,
    /// The participants.
    Participants,
}

impl Side {
    /// Whether those in this role stand in it.
    pub(super) fn holds(self, role: PartyRole) -> bool {
        match self {
            Self::Partners => matches!(role, PartyRole::Partner | PartyRole::Statped),
            Self::Participants => role == PartyRole::Participant,
        }
    }

    /// The member of the need that names its parties, which is also what events call them.
    const fn member(self) -> &'static str {
        match self {
            Self::Partners => "partners",
            Self::Participants => "participants",
        }
    }

    /// The fault of inviting somebody whom the need does not name there.
    pub(super) const fn not_named(self) -> &'static str {
        match self {
            Self::Partners => "not_named_as_partner",
            Self::Participants => "not_named_as_participant",
        }
    }

    /// What an answer is called in the trail and in events.
    const fn names(self, command: InvitationCommand) -> (&'static str, &'static str) {
        match (self, command) {
            (Self::Partners, InvitationCommand::Confirm) => ("need.confirm_partner", "partner_confirmed"),
            (Self::Partners, _) => ("need.decline_partner", "partner_declined"),
            (Self::Participants, InvitationCommand::Confirm) => ("need.confirm_participant", "participant_confirmed"),
            (Self::Participants, _) => ("need.decline_participant", "participant_declined"),
        }
    }

    /// An invited party of this list, as the reader of the need meets it.
    fn find(self, reader: &mut Reader, need: &Need, reading: &Reading, orgnr: &OrgNr) -> Result<Party, ApiError> {
        let mut met = met(reader, need, reading)?.into_iter();
        met.find(|party| party.orgnr == *orgnr && self.holds(party.role)).ok_or_else(ApiError::not_found)
    }
}

/// The invited parties as the reader meets them: of the draft, or as they were at the newest submission.
fn met(reader: &mut Reader, need: &Need, reading: &Reading) -> Result<Vec<Party>, StoreError> {
    if reading.of_draft() { needs::parties(reader, need.id) } else { needs::parties_as_submitted(reader, need) }
}

/// Those invited, by number.
pub(super) async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    side: Side,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.read::<_, ApiError>("party.list", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let parties = met(reader, &need, &reading)?;
        let items = parties.iter().filter(|party| side.holds(party.role)).map(view).collect();
        Answer::untagged(&PartyPage { items, next_cursor: None, total: None })
    })
    .await
}

/// One of them.
pub(super) async fn get(
    app: web::Data<App>,
    call: Call,
    path: web::Path<(Uuid, String)>,
    side: Side,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    app.read::<_, ApiError>("party.get", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let party = side.find(reader, &need, &reading, &orgnr)?;
        Answer::ok(&view(&party), party.version)
    })
    .await
}

/// A party answers for itself, on what it has read.
pub(super) async fn answer(
    app: web::Data<App>,
    input: Input<InvitationReply>,
    path: web::Path<(Uuid, String)>,
    side: Side,
    command: InvitationCommand,
) -> Result<HttpResponse, ApiError> {
    let (id, orgnr) = path.into_inner();
    let (id, orgnr) = (NeedId(id), OrgNr::parse(&orgnr, app.synthetic()).map_err(|_| ApiError::not_found())?);
    let (action, happened) = side.names(command);
    app.write("party.answer", input, move |write: &mut Write<'_, _>, body: &InvitationReply| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (need, reading) = visible(write, &viewer, id)?;
        let before = side.find(write, &need, &reading, &orgnr)?;
        if viewer.orgnr != orgnr {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        editable(&need)?;
        needs::hold(write, &need)?;
        let state = before.state.apply(command).map_err(|error| ApiError::state(error.state))?;
        if command == InvitationCommand::Decline && body.reason.is_none() {
            return Err(ApiError::fault(Fault::new("missing_member", "/reason").with("member", "reason")).into());
        }
        if body.asks_for_statped && (before.role, command) != (PartyRole::Partner, InvitationCommand::Confirm) {
            return Err(ApiError::fault(Fault::new("not_yours_to_ask_for_statped", "/asks_for_statped")).into());
        }
        let now = write.call().now;
        let answered = Party {
            state,
            answered_at: Some(now),
            reason: body.reason.clone(),
            asks_for_statped: body.asks_for_statped,
            ..before.clone()
        };
        let after = needs::save_party(write, &answered, now)?;
        let trail = |party| serde_json::to_value(view(party)).ok();
        change(write, &need, action, happened, &[side.member()], (trail(&before), trail(&after)))?;
        Ok(Answer::ok(&view(&after), after.version)?)
    })
    .await
}

/// A party as everybody sees it who sees the need.
pub(super) fn view(party: &Party) -> PartyView {
    PartyView {
        need_id: party.need.0,
        orgnr: party.orgnr.to_string(),
        name: party.name.clone(),
        role: party.role,
        state: party.state,
        invited_at: party.invited_at,
        answered_at: party.answered_at,
        reason: party.reason.clone(),
        asks_for_statped: party.asks_for_statped,
        version: party.version,
        updated_at: party.updated_at,
    }
}
