//! `GET /v1/agenda-items/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::forum::{DecisionError, Floor, ItemCommand};
use domain::ids::AgendaItemId;
use persistence::Reader;
use persistence::forum::items::StoredItem;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::hall::Hall;
use crate::forum::seen;
use crate::http::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to an agenda item now.
///
/// Every action that items of its kind take, with whether it is allowed and, where it is not, why: the forum's state,
/// conflicts that await a ruling, and the quorum at this instant included.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_agenda_item_actions",
    params(("id" = Uuid, Path, description = "The item's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.read::<_, ApiError>("agenda_item.actions", call, move |reader, call| {
        let stored = seen::item(reader, call.viewer(), id)?;
        let meeting = seen::meeting(reader, call.viewer(), stored.item.meeting)?.meeting;
        let assembly = assembly(reader, call, &stored)?;
        let kind = stored.item.subject.kind();
        let is_secretariat = seen::is_secretariat(call.viewer(), &stored.item.county_governor);
        let has_seat = call.viewer().forums().contains(&stored.item.forum);
        let verdict = |command: ItemCommand| {
            if !(is_secretariat || (has_seat && command == ItemCommand::Declare)) {
                return Err(ApiError::not_yours());
            }
            stored.item.after(command, meeting.state)?;
            match command {
                ItemCommand::Decide | ItemCommand::Adopt | ItemCommand::Return | ItemCommand::Vote => {
                    assembly.clone().map_err(ApiError::from)
                }
                _ => Ok(()),
            }
        };
        let of = |command: ItemCommand| action(call, Scope::ForumWrite, command.as_str(), verdict(command));
        let actions: Vec<Action> = ItemCommand::those(|command| kind.takes(command)).map(of).collect();
        Answer::untagged(&actions)
    })
    .await
}

/// Whether the forum is assembled to decide the item: conflicts ruled, and quorate at this instant.
fn assembly(reader: &mut Reader, call: &Call, stored: &StoredItem) -> Result<Result<(), DecisionError>, ApiError> {
    let forum = seen::forum(reader, call.viewer(), stored.item.forum)?.forum;
    let hall = Hall::of(reader, &stored.item)?;
    let quorum = hall.quorum(&forum, call.now);
    Ok(Floor { quorum: &quorum, conflicts: &hall.conflicts, vote: None }.check_assembly())
}
