//! `GET /v1/agenda-items/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::forum::items::AgendaItem;
use domain::ids::AgendaItemId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads an agenda item.
///
/// For those who see its forum. The sender of a need sees what its item ended in on the need itself, when the meeting
/// is closed.
#[utoipa::path(
    tag = "forum",
    operation_id = "get_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    responses((status = 200, description = "The item", body = AgendaItem)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.read::<_, ApiError>("agenda_item.get", call, move |reader, call| {
        let stored = seen::item(reader, call.viewer(), id)?;
        Answer::ok(&views::item(&stored), stored.version)
    })
    .await
}
