//! `POST /v1/agenda-items/{id}/request-statped`: the forum asks for Statped (N07).

use actix_web::{HttpResponse, post, web};
use contract::forum::items::AgendaItem as AgendaItemView;
use contract::forum::statped::RequestStatped;
use contract::problem::Fault;
use domain::forum::StatpedRequest;
use domain::ids::{AgendaItemId, SeatId};
use persistence::forum::{items, seats};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Records that the forum asks for Statped.
///
/// While an item on a need is in treatment: on the proposal of which seat, and why. A measure that Statped carries out
/// without a university is given money only after this (N07). A later request takes the place of an earlier one. Needs
/// `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "request_statped",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = RequestStatped,
    responses((status = 200, description = "The item, with the request", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/request-statped")]
pub async fn request_statped(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<RequestStatped>,
) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.request_statped", input, move |write: &mut Write<'_, _>, body: &RequestStatped| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let (seat, mut after) = (SeatId(body.seat_id), before.clone());
        let request = StatpedRequest { seat, reason: body.reason.clone(), at: now };
        after.item.request_statped(request, meeting.meeting.state).map_err(ApiError::from)?;
        if !seats::of_forum(write, before.item.forum)?.iter().any(|known| known.id == seat) {
            return Err(ApiError::fault(Fault::new("unknown_reference", "/seat_id")).into());
        }
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.request_statped", "statped_requested"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}
