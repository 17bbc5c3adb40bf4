//! `POST /v1/meetings/{id}/agenda-items`: the secretariat puts an item on the agenda.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::{AgendaItem as AgendaItemView, CreateAgendaItem};
use contract::problem::Fault;
use domain::forum::{AgendaItem, ItemKind, ItemState, ItemSubject, MeetingCommand, RecommendationState};
use domain::ids::{AgendaItemId, MeetingId, NeedId, RecommendationId};
use domain::needs::Need;
use domain::time::oslo_date;
use persistence::forum::meetings::StoredMeeting;
use persistence::forum::{items, recommendations};
use persistence::needs;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{agenda, hall, seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Puts an item on the agenda.
///
/// A need that has been accepted, or that an earlier meeting postponed; a recommendation to be adopted; or a theme.
/// Where a member's organisation has a stake in the need, a conflict of interest is suggested at once.
#[utoipa::path(
    tag = "forum",
    operation_id = "create_agenda_item",
    params(("id" = Uuid, Path, description = "The meeting's id")),
    request_body = CreateAgendaItem,
    responses((status = 201, description = "The new item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/agenda-items")]
pub async fn create(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<CreateAgendaItem>,
) -> Result<HttpResponse, ApiError> {
    check(&input.body)?;
    let (meeting, id) = (MeetingId(id.into_inner()), AgendaItemId(Uuid::now_v7()));
    app.write("agenda_item.create", input, move |write: &mut Write<'_, _>, body: &CreateAgendaItem| {
        let meeting = seen::meeting_to_write(write, meeting)?;
        write.begin()?;
        let now = write.call().now;
        meeting.meeting.state.apply(MeetingCommand::AddItem).map_err(ApiError::from)?;
        let (subject, title, need) = subject(write, &meeting, body)?;
        let item = AgendaItem {
            id,
            meeting: meeting.meeting.id,
            forum: meeting.meeting.forum,
            county_governor: meeting.meeting.county_governor.clone(),
            number: items::next_number(write, meeting.meeting.id)?,
            subject,
            title,
            state: ItemState::Listed,
            vote: None,
            started_at: None,
            statped_request: None,
            ending: None,
        };
        let stored = items::insert(write, item, now)?;
        if let Some(need) = &need {
            agenda::put_on(write, need)?;
            hall::suggest_conflicts(write, &stored.item, need, oslo_date(meeting.meeting.starts_at), now)?;
        }
        records::item(write, deed("agenda_item.create", "listed"), None, &stored)?;
        Ok::<_, Stop>(Answer::created(&views::item(&stored), stored.version, format!("/v1/agenda-items/{id}"))?)
    })
    .await
}

/// What an item of each kind has to name, and what it may not.
fn check(body: &CreateAgendaItem) -> Result<(), ApiError> {
    let members = [
        ("need_id", body.need_id.is_some(), body.kind == ItemKind::Need),
        ("recommendation_id", body.recommendation_id.is_some(), body.kind == ItemKind::Recommendation),
    ];
    let mut faults: Vec<Fault> = members
        .into_iter()
        .filter(|(_, given, wanted)| given != wanted)
        .map(|(member, given, _)| if given { of_other_kind(member, body.kind) } else { missing(member) })
        .collect();
    if body.title.is_none() && body.kind != ItemKind::Need {
        faults.push(missing("title"));
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// A member that items of this kind need.
pub(super) fn missing(member: &str) -> Fault {
    Fault::new("missing_member", format!("/{member}")).with("member", member)
}

/// A member that items of this kind do not have.
pub(super) fn of_other_kind(member: &str, kind: ItemKind) -> Fault {
    Fault::new("member_of_other_kind", format!("/{member}")).with("member", member).with("kind", kind.as_str())
}

/// What the item is about and called, and its need.
fn subject<T>(
    write: &mut Write<'_, T>,
    meeting: &StoredMeeting,
    body: &CreateAgendaItem,
) -> Result<(ItemSubject, String, Option<Need>), Stop> {
    let title = body.title.clone().unwrap_or_default();
    match (body.need_id, body.recommendation_id) {
        (Some(id), _) => {
            let need = need(write, meeting, NeedId(id))?;
            let title = body.title.clone().unwrap_or_else(|| need.content.title.clone());
            Ok((ItemSubject::Need(need.id), title, Some(need)))
        }
        (None, Some(id)) => {
            let id = RecommendationId(id);
            recommendation(write, meeting, id)?;
            Ok((ItemSubject::Recommendation(id), title, None))
        }
        (None, None) => Ok((ItemSubject::Theme, title, None)),
    }
}

/// The need, which lies in a county that the forum treats (F10).
fn need<T>(write: &mut Write<'_, T>, meeting: &StoredMeeting, id: NeedId) -> Result<Need, Stop> {
    let actor = seen::actor(write);
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/need_id"));
    let (need, _) = needs::find(write, &actor.viewer, id)?.ok_or_else(unknown)?;
    let forum = seen::forum(write, &actor.viewer, meeting.meeting.forum)?.forum;
    if need.county_governor != forum.county_governor || !forum.counties.contains(&need.county) {
        return Err(ApiError::fault(Fault::new("need_of_other_county", "/need_id")).into());
    }
    Ok(need)
}

/// A draft of the same forum that stands on no other agenda.
fn recommendation<T>(write: &mut Write<'_, T>, meeting: &StoredMeeting, id: RecommendationId) -> Result<(), Stop> {
    let actor = seen::actor(write);
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/recommendation_id"));
    let found = recommendations::find(write, &actor.viewer, id)?.ok_or_else(unknown)?;
    if found.recommendation.forum != meeting.meeting.forum {
        return Err(unknown().into());
    }
    if found.recommendation.state != RecommendationState::Draft {
        return Err(ApiError::state(found.recommendation.state).into());
    }
    match items::undecided_on(write, id)? {
        Some(item) => Err(ApiError::new("already_exists").with("id", item.to_string()).into()),
        None => Ok(()),
    }
}
