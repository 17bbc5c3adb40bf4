//! `GET /v1/needs/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::ids::NeedId;
use domain::needs::{AttachmentPurpose, InvitationState, Need, NeedCommand, NeedState, Reading, may_add, submit};
use persistence::{Reader, needs};
use uuid::Uuid;

use super::attachments::record::not_added;
use super::load::{examine, visible, wrong_state};
use super::messages::record::writable;
use super::parties::Side;
use super::submit::refused;
use crate::app::App;
use crate::error::ApiError;
use crate::http::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a need now.
///
/// Every action of the need with whether it is allowed and, where it is not, why: the codes and words that the
/// attempt would be answered with.
#[utoipa::path(
    tag = "needs",
    operation_id = "list_need_actions",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let inside = app.clone();
    app.read::<_, ApiError>("need.actions", call, move |reader, call| {
        let (need, reading) = visible(reader, call.viewer(), id)?;
        let verdicts = verdicts(&inside, reader, call, &need, &reading)?;
        let actions: Vec<Action> =
            verdicts.into_iter().map(|(name, verdict)| action(call, Scope::NeedsWrite, name, verdict)).collect();
        Answer::untagged(&actions)
    })
    .await
}

type Verdict = (&'static str, Result<(), ApiError>);

fn verdicts(
    app: &App,
    reader: &mut Reader,
    call: &Call,
    need: &Need,
    reading: &Reading,
) -> Result<Vec<Verdict>, ApiError> {
    let by_sender =
        |possible: Result<(), ApiError>| if *reading == Reading::Own { possible } else { Err(ApiError::not_yours()) };
    let by_office = |possible: Result<(), ApiError>| {
        if *reading == Reading::Office { possible } else { Err(ApiError::not_yours()) }
    };
    let applies = |command| need.state.apply(command).map(|_| ()).map_err(|error| wrong_state(error.state));
    let editable = || super::load::editable(need);
    let is_draft = || if need.state == NeedState::Draft { Ok(()) } else { Err(wrong_state(need.state)) };
    let returnable =
        if need.state == NeedState::OnAgenda { Err(wrong_state(need.state)) } else { applies(NeedCommand::Return) };
    Ok(vec![
        ("update", by_sender(editable())),
        ("delete", by_sender(is_draft())),
        ("invite", by_sender(editable())),
        ("submit", by_sender(if *reading == Reading::Own { submittable(app, reader, call, need)? } else { Ok(()) })),
        ("dismiss", by_office(applies(NeedCommand::Dismiss))),
        (
            "transfer",
            if reading.is_sender_or_office() { applies(NeedCommand::Transfer) } else { Err(ApiError::not_yours()) },
        ),
        ("withdraw", by_sender(applies(NeedCommand::Withdraw))),
        ("accept", by_office(applies(NeedCommand::Accept))),
        ("return", by_office(returnable)),
        ("attach", may_add(AttachmentPurpose::Case, need, reading).map(|_| ()).map_err(not_added)),
        ("write_message", if reading.is_sender_or_office() { writable(need) } else { Err(ApiError::not_yours()) }),
        ("answer_as_partner", as_party(reader, call, need, Side::Partners)?),
        ("answer_as_participant", as_party(reader, call, need, Side::Participants)?),
        ("answer_as_private_owner", as_private_owner(reader, call, need)?),
    ])
}

fn submittable(app: &App, reader: &mut Reader, call: &Call, need: &Need) -> Result<Result<(), ApiError>, ApiError> {
    let examined = examine(reader, &app.rulesets, need)?;
    let outcome = submit(need.state, &need.content, &examined.facts, examined.ruleset, call.now);
    Ok(outcome.map(|_| ()).map_err(refused))
}

fn as_party(reader: &mut Reader, call: &Call, need: &Need, side: Side) -> Result<Result<(), ApiError>, ApiError> {
    let party = needs::find_party(reader, need.id, &call.viewer().orgnr)?.filter(|party| side.holds(party.role));
    Ok(match party {
        None => Err(ApiError::not_yours()),
        Some(_) if !need.state.is_editable() => Err(wrong_state(need.state)),
        Some(party) if party.state != InvitationState::Pending => Err(ApiError::state(party.state)),
        Some(_) => Ok(()),
    })
}

fn as_private_owner(reader: &mut Reader, call: &Call, need: &Need) -> Result<Result<(), ApiError>, ApiError> {
    let owner = needs::find_private_owner(reader, need.id, &call.viewer().orgnr)?;
    Ok(match owner {
        None => Err(ApiError::not_yours()),
        Some(_) if !need.state.is_open() => Err(wrong_state(need.state)),
        Some(_) => Ok(()),
    })
}
