//! `POST /v1/agenda-items/{id}/start`: the forum takes an item up.

use actix_web::{HttpResponse, post, web};
use contract::forum::items::AgendaItem as AgendaItemView;
use domain::forum::ItemSubject;
use domain::ids::AgendaItemId;
use domain::time::oslo_date;
use persistence::forum::items;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{agenda, hall, seen, views};
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Takes an item up.
///
/// In an open meeting. Conflicts of interest are looked for once more, among those who hold a seat today. Needs
/// `If-Match`.
#[utoipa::path(
    tag = "forum",
    operation_id = "start_agenda_item",
    params(("id" = Uuid, Path, description = "The item's id")),
    responses((status = 200, description = "The item", body = AgendaItemView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/start")]
pub async fn start(app: web::Data<App>, id: web::Path<Uuid>, input: Input<NoBody>) -> Result<HttpResponse, ApiError> {
    let id = AgendaItemId(id.into_inner());
    app.write("agenda_item.start", input, move |write: &mut Write<'_, _>, _: &NoBody| {
        let (before, meeting) = seen::item_to_write(write, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let mut after = before.clone();
        after.item.start(meeting.meeting.state, now).map_err(ApiError::from)?;
        if let ItemSubject::Need(need) = after.item.subject {
            let need = agenda::submitted(write, need)?;
            hall::suggest_conflicts(write, &after.item, &need, oslo_date(now), now)?;
        }
        let after = items::update(write, after, now)?;
        records::item(write, deed("agenda_item.start", "started"), Some(&before), &after)?;
        Ok::<_, Stop>(Answer::ok(&views::item(&after), after.version)?)
    })
    .await
}
