//! `PUT /v1/agenda-items/{id}/recusals/{seat_id}`: the forum rules on a member's conflict of interest (F04).

use actix_web::{HttpResponse, put, web};
use contract::forum::recusals::{PutRuling, Recusal};
use contract::problem::Fault;
use domain::forum::{ItemCommand, Ruling, SeatConflicts, require_quorum};
use domain::ids::{AgendaItemId, SeatId};
use persistence::forum::recusals;
use uuid::Uuid;

use super::save::save;
use crate::app::App;
use crate::error::ApiError;
use crate::forum::attendance::put::seat_of;
use crate::forum::hall::Hall;
use crate::forum::records::deed;
use crate::forum::seen;
use crate::http::input::Input;
use crate::http::write::Write;

/// Records the forum's ruling on a conflict of interest.
///
/// The forum rules in an open meeting, quorate without the member concerned. A recused member counts neither to the
/// quorum nor to the vote; an eligible deputy takes the seat for the item. The first ruling takes
/// `If-None-Match: *`, later ones `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "put_recusal",
    params(
        ("id" = Uuid, Path, description = "The item's id"),
        ("seat_id" = Uuid, Path, description = "The seat's id"),
    ),
    request_body = PutRuling,
    responses((status = 200, description = "The conflicts of the seat", body = Recusal)),
    security(("bearer" = ["forum:write"]))
)]
#[put("/{id}/recusals/{seat_id}")]
pub async fn put(
    app: web::Data<App>,
    path: web::Path<(Uuid, Uuid)>,
    input: Input<PutRuling>,
) -> Result<HttpResponse, ApiError> {
    let (item, seat) = path.into_inner();
    let (item, seat) = (AgendaItemId(item), SeatId(seat));
    app.write("recusal.rule", input, move |write: &mut Write<'_, _>, body: &PutRuling| {
        let (item, meeting) = seen::item_to_write(write, item)?;
        let seat = seat_of(write, item.item.forum, seat)?;
        let before = recusals::find(write, item.item.id, seat.id)?;
        write.begin_put(before.as_ref().map(|stored| stored.version))?;
        let (actor, now) = (seen::actor(write), write.call().now);
        item.item.after(ItemCommand::Rule, meeting.meeting.state).map_err(ApiError::from)?;
        if seat.organisation_of(body.member).is_none() {
            return Err(ApiError::fault(Fault::new("seat_has_no_such_member", "/member")).into());
        }
        let forum = seen::forum(write, &actor.viewer, item.item.forum)?.forum;
        let hall = Hall::of(write, &item.item)?;
        require_quorum(&hall.room(now).quorum_for_ruling(forum.quorum, seat.id, body.member))
            .map_err(ApiError::from)?;
        let known = before.as_ref().map(|stored| stored.conflicts.clone());
        let mut conflicts = known.unwrap_or_else(|| SeatConflicts::unknown(seat.id));
        let ruling = Ruling { recused: body.recused, reason: body.reason.clone(), ruled_at: now };
        conflicts.of_mut(body.member).ruling = Some(ruling);
        let deed = deed("recusal.rule", "conflict_ruled");
        save(write, &item, before.as_ref(), conflicts, deed)
    })
    .await
}
