//! `PUT /v1/agenda-items/{id}/vote`: a vote is recorded (F05).

use actix_web::{HttpResponse, put, web};
use contract::forum::items::{AgendaItem as AgendaItemView, PutVote};
use contract::problem::Fault;
use domain::forum::{Floor, ItemCommand, ItemKind, count_vote};
use domain::ids::AgendaItemId;
use persistence::forum::items;
use uuid::Uuid;

use super::create::{missing, of_other_kind};
use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Records a vote on an item.
///
/// For an item in treatment on which agreement failed, in place of an earlier vote. For, against and abstained are
/// together the eligible members present; more for than against carries, and at a tie the chair's vote decides.
#[utoipa::path(
    tag = "forum",
    operation_id = "put_vote",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = PutVote,
    responses((status = 200, description = "The item, its vote counted", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[put("/{id}/vote")]
pub async fn put(app: web::Data<App>, id: web::Path<Uuid>, input: Input<PutVote>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.vote", input, move |write: &mut Write<'_, _>, body: &PutVote| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        before.item.after(ItemCommand::Vote, meeting.meeting.state).map_err(ApiError::from)?;
        check_proposal(before.item.subject.kind(), body)?;
        let forum = seen::forum(write, &actor.viewer, before.item.forum)?.forum;
        let hall = Hall::of(write, &before.item)?;
        let quorum = hall.quorum(&forum, now);
        let floor = Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: None };
        floor.check_assembly().map_err(ApiError::from)?;
        let vote = count_vote(body.votes(), body.proposal(), &quorum, hall.room(now).chair(), forum.majority, now)
            .map_err(|faults| ApiError::invalid(faults.into_iter().map(Fault::from).collect()))?;
        let mut after = before.clone();
        after.item.vote = Some(vote);
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.vote", "voted"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}

/// A vote on a need names what is proposed; one on a recommendation is on its adoption.
fn check_proposal(kind: ItemKind, body: &PutVote) -> Result<(), ApiError> {
    let on_need = kind == ItemKind::Need;
    let faults: Vec<Fault> = match (body.outcome, body.amount_nok) {
        (None, _) if on_need => vec![missing("outcome")],
        (Some(_), _) if !on_need => vec![of_other_kind("outcome", kind)],
        (None, Some(_)) => vec![of_other_kind("amount_nok", kind)],
        _ => return Ok(()),
    };
    Err(ApiError::invalid(faults))
}
