//! `POST /v1/agenda-items/{id}/return`: the forum sends a need back to its sender.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::{AgendaItem as AgendaItemView, ReturnItem};
use contract::problem::Fault;
use domain::forum::{Floor, ItemCommand, Outcome, Proposal};
use domain::ids::AgendaItemId;
use domain::money::Nok;
use domain::needs::ReturnTerms;
use domain::time::deadline_at;
use persistence::forum::items;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Sends a need back to its sender.
///
/// The forum decides it as it decides on the need: conflicts ruled, quorate, agreed or voted. The sender gets it back
/// when the meeting is closed, and may send it again until `reply_by`. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "return_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = ReturnItem,
    responses((status = 200, description = "The item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/return")]
pub async fn send_back(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<ReturnItem>,
) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.return", input, move |write: &mut Write<'_, _>, body: &ReturnItem| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let (actor, now) = (seen::actor(write), write.call().now);
        before.item.after(ItemCommand::Return, meeting.meeting.state).map_err(ApiError::from)?;
        let hall = Hall::of(write, &before.item)?;
        let quorum = hall.quorum(&seen::forum(write, &actor.viewer, before.item.forum)?.forum, now);
        let floor = Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: before.item.vote.as_ref() };
        let proposal = Proposal { outcome: Outcome::Returned, amount: Nok::ZERO };
        floor.check(Some(proposal), body.decided_by).map_err(ApiError::from)?;
        if now >= deadline_at(body.reply_by) {
            let fault = Fault::new("reply_by_in_the_past", "/reply_by").with("reply_by", body.reply_by.to_string());
            return Err(ApiError::fault(fault).into());
        }
        let mut after = before.clone();
        after
            .item
            .send_back(terms(body), body.decided_by, quorum, meeting.meeting.state, now)
            .map_err(ApiError::from)?;
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.return", "returned"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}

fn terms(body: &ReturnItem) -> ReturnTerms {
    ReturnTerms { reply_by: body.reply_by, reason: body.reason.clone(), may_ask_for_more: body.may_ask_for_more }
}
