//! `POST /v1/agenda-items/{id}/postpone`: the forum leaves an item for a later meeting.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::{AgendaItem as AgendaItemView, WithReason};
use domain::ids::AgendaItemId;
use persistence::forum::items;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Postpones an item.
///
/// It takes no quorum: where none can be reached, this is all that is left to do. Needs `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "postpone_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    request_body = WithReason,
    responses((status = 200, description = "The item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/postpone")]
pub async fn postpone(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<WithReason>,
) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.postpone", input, move |write: &mut Write<'_, _>, body: &WithReason| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let mut after = before.clone();
        after.item.postpone(body.reason.clone(), meeting.meeting.state, now).map_err(ApiError::from)?;
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.postpone", "postponed"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}
