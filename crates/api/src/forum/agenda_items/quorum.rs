//! `GET /v1/agenda-items/{id}/quorum`: who takes part in an item (F03).

use actix_web::{HttpResponse, get, web};
use contract::forum::items::{ItemQuorum, Quorum as QuorumView};
use domain::forum::Floor;
use domain::ids::AgendaItemId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::seen;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Counts the quorum of an item.
///
/// At this instant; for an item that has been decided, at the instant of its decision.
#[utoipa::path(
    tag = "forum",
    operation_id = "get_quorum",
    params(("id" = Uuid, Path, description = "The item's id")),
    responses((status = 200, description = "The count", body = ItemQuorum)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/quorum")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.read::<_, ApiError>("agenda_item.quorum", call, move |reader, call| {
        let stored = seen::item(reader, call.viewer(), id)?;
        let hall = Hall::of(reader, &stored.item)?;
        let decided =
            stored.item.ending.as_ref().and_then(|ending| ending.quorum.clone().map(|quorum| (ending.at, quorum)));
        let (at, quorum) = if let Some(decided) = decided {
            decided
        } else {
            let forum = seen::forum(reader, call.viewer(), stored.item.forum)?.forum;
            (call.now, hall.quorum(&forum, call.now))
        };
        let unruled = Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: None }.unruled();
        Answer::untagged(&ItemQuorum {
            at,
            conflicts_unruled: unruled.iter().map(|seat| seat.0).collect(),
            quorum: QuorumView::of(&quorum),
        })
    })
    .await
}
