//! `POST /v1/agenda-items/{id}/remove`: the secretariat takes an item off the agenda.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::{AgendaItem as AgendaItemView, WithReason};
use domain::ids::AgendaItemId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{agenda, seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Takes an item off the agenda.
///
/// Before it is taken up. Its need is accepted again and waits for another meeting. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "remove_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = WithReason,
    responses((status = 200, description = "The item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/remove")]
pub async fn remove(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<WithReason>,
) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.remove", input, move |write: &mut Write<'_, _>, body: &WithReason| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let after = agenda::remove(write, before, meeting.meeting.state, &body.reason)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}
