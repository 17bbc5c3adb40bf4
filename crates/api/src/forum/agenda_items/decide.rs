//! `POST /v1/agenda-items/{id}/decide`: the forum comes to an end with an item.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::{AgendaItem as AgendaItemView, DecideItem};
use contract::problem::Fault;
use domain::forum::{DecidedBy, Floor, ItemCommand, ItemKind, ItemSubject, Treatment};
use domain::ids::{AgendaItemId, NeedId};
use domain::money::Nok;
use persistence::forum::items::{self, StoredItem};
use persistence::forum::meetings::StoredMeeting;
use uuid::Uuid;

use super::create::{missing, of_other_kind};
use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::records::{self, deed};
use crate::forum::{agenda, drawing, seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Decides an item.
///
/// An item on a need ends as prioritised with rank and amount, partly prioritised, or not prioritised, always with a
/// reason and with how each allocation criterion is met (F06). It takes every conflict ruled (F04), a quorum at this
/// instant (F03), and agreement or a vote that carried (F05); and the forum's own request where Statped carries
/// the measure out without a university (N07). An item on a theme ends as noted. A recommendation is
/// decided by its own `adopt`. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "decide_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = DecideItem,
    responses((status = 200, description = "The item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/decide")]
pub async fn decide(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<DecideItem>,
) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.decide", input, move |write: &mut Write<'_, _>, body: &DecideItem| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let after = match before.item.subject {
            ItemSubject::Need(need) => decide_need(write, &before, &meeting, need, body)?,
            _ => note(write, &before, &meeting, body)?,
        };
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}

fn decide_need<T>(
    write: &mut Write<'_, T>,
    before: &StoredItem,
    meeting: &StoredMeeting,
    need: NeedId,
    body: &DecideItem,
) -> Result<StoredItem, Stop> {
    let now = write.call().now;
    before.item.after(ItemCommand::Decide, meeting.meeting.state).map_err(ApiError::from)?;
    let (treatment, by) = treatment(body)?;
    let need = agenda::submitted(write, need)?;
    let treated_for = drawing::scheme_and_year(write, &need)?;
    let season = drawing::season(before.item.forum, &treated_for);
    let hall = Hall::of(write, &before.item)?;
    let actor = seen::actor(write);
    let quorum = hall.quorum(&seen::forum(write, &actor.viewer, before.item.forum)?.forum, now);
    let floor = Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: before.item.vote.as_ref() };
    floor.check(Some(treatment.proposal()), by).map_err(ApiError::from)?;
    if before.item.waits_for_statped_request(&need.content, treatment.outcome) {
        return Err(ApiError::new("statped_not_requested").into());
    }
    let faults = treatment.check(need.content.amount, &drawing::ranks_taken(write, season)?);
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults.into_iter().map(Fault::from).collect()).into());
    }
    let mut after = before.clone();
    after.item.decide(treatment, by, quorum, meeting.meeting.state, now).map_err(ApiError::from)?;
    let after = items::update(write, after, now)?;
    records::item(write, deed("agenda_item.decide", "decided"), Some(before), &after)?;
    drawing::redraw(write, season)?;
    Ok(after)
}

/// The treatment that the body describes, and how the forum came to it.
fn treatment(body: &DecideItem) -> Result<(Treatment, DecidedBy), ApiError> {
    let (Some(outcome), Some(by), Some(reason)) = (body.outcome, body.decided_by, body.reason.clone()) else {
        let members = [
            ("outcome", body.outcome.is_none()),
            ("decided_by", body.decided_by.is_none()),
            ("reason", body.reason.is_none()),
        ];
        let absent = members.into_iter().filter(|(_, absent)| *absent);
        return Err(ApiError::invalid(absent.map(|(member, _)| missing(member)).collect()));
    };
    let treatment = Treatment {
        outcome,
        rank: body.rank,
        amount: body.amount_nok.map(Nok::new),
        reason,
        criteria: body.criteria.iter().cloned().map(Into::into).collect(),
    };
    Ok((treatment, by))
}

/// Ends an item on a theme, with what was said as its reason (F11).
fn note<T>(
    write: &mut Write<'_, T>,
    before: &StoredItem,
    meeting: &StoredMeeting,
    body: &DecideItem,
) -> Result<StoredItem, Stop> {
    let now = write.call().now;
    let mut after = before.clone();
    after.item.note(body.reason.clone(), meeting.meeting.state, now).map_err(ApiError::from)?;
    let decisive = [
        ("outcome", body.outcome.is_some()),
        ("rank", body.rank.is_some()),
        ("amount_nok", body.amount_nok.is_some()),
        ("criteria", !body.criteria.is_empty()),
        ("decided_by", body.decided_by.is_some()),
    ];
    let faults: Vec<Fault> = decisive
        .into_iter()
        .filter(|(_, given)| *given)
        .map(|(member, _)| of_other_kind(member, ItemKind::Theme))
        .collect();
    if !faults.is_empty() {
        return Err(ApiError::invalid(faults).into());
    }
    let after = items::update(write, after, now)?;
    records::item(write, deed("agenda_item.note", "noted"), Some(before), &after)?;
    Ok(after)
}
