//! `POST /v1/agenda-items/{id}/recusals/{seat_id}/declare`: a member declares a conflict of interest (F04).

use actix_web::{HttpResponse, post, web};
use contract::forum::recusals::{DeclareConflict, Recusal};
use contract::problem::Fault;
use domain::actor::Viewer;
use domain::forum::{ItemCommand, Seat, SeatConflicts};
use domain::ids::{AgendaItemId, SeatId};
use persistence::forum::items::StoredItem;
use persistence::forum::recusals;
use uuid::Uuid;

use super::save::save;
use crate::app::App;
use crate::error::ApiError;
use crate::forum::attendance::put::seat_of;
use crate::forum::records::deed;
use crate::forum::seen;
use crate::http::input::Input;
use crate::http::write::Write;

/// Declares a conflict of interest.
///
/// By the organisation that holds the seat, or by the secretariat where the member says it in the meeting. The forum
/// then rules, without the member concerned. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "declare_recusal",
    params(
        ("id" = Uuid, Path, description = "The item's id"),
        ("seat_id" = Uuid, Path, description = "The seat's id"),
    ),
    request_body = DeclareConflict,
    responses((status = 200, description = "The conflicts of the seat", body = Recusal)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/recusals/{seat_id}/declare")]
pub async fn declare(
    app: web::Data<App>,
    path: web::Path<(Uuid, Uuid)>,
    input: Input<DeclareConflict>,
) -> Result<HttpResponse, ApiError> {
    let (item, seat) = path.into_inner();
    let (item, seat) = (AgendaItemId(item), SeatId(seat));
    app.write("recusal.declare", input, move |write: &mut Write<'_, _>, body: &DeclareConflict| {
        let actor = seen::actor(write);
        let seen_item = seen::item(write, &actor.viewer, item)?;
        let seat = seat_of(write, seen_item.item.forum, seat)?;
        require_member(&actor.viewer, &seat, body, &seen_item)?;
        let (item, meeting) = seen::item_in_turn(write, &actor.viewer, &seen_item)?;
        let before = recusals::find(write, item.item.id, seat.id)?;
        match &before {
            Some(stored) => write.begin_on(stored.version)?,
            None => write.begin()?,
        }
        item.item.after(ItemCommand::Declare, meeting.meeting.state).map_err(ApiError::from)?;
        if seat.organisation_of(body.member).is_none() {
            return Err(ApiError::fault(Fault::new("seat_has_no_such_member", "/member")).into());
        }
        let known = before.as_ref().map(|stored| stored.conflicts.clone());
        let mut conflicts = known.unwrap_or_else(|| SeatConflicts::unknown(seat.id));
        conflicts.of_mut(body.member).declare(body.reason.clone());
        let deed = deed("recusal.declare", "conflict_declared");
        save(write, &item, before.as_ref(), conflicts, deed)
    })
    .await
}

/// Members declare their own; the secretariat records what is said in the meeting.
fn require_member(viewer: &Viewer, seat: &Seat, body: &DeclareConflict, item: &StoredItem) -> Result<(), ApiError> {
    let is_own = seat.organisation_of(body.member).is_some_and(|orgnr| *orgnr == viewer.orgnr);
    if is_own || seen::is_secretariat(viewer, &item.item.county_governor) { Ok(()) } else { Err(ApiError::not_yours()) }
}
