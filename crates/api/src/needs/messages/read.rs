//! `POST /v1/needs/{id}/messages/{mid}/read`.

use actix_web::{HttpResponse, post, web};
use contract::needs::Message as MessageView;
use domain::ids::{MessageId, NeedId};
use persistence::needs::messages;
use uuid::Uuid;

use super::record::{change, dialogue, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Marks a message as read.
///
/// By the side that it was written to; the writer sees when. Once is enough: marking it again, or marking one's own,
/// changes nothing. A message never changes otherwise, so no version has to be named.
#[utoipa::path(
    tag = "needs",
    operation_id = "read_message",
    params(
        ("id" = Uuid, Path, description = "The need's id"),
        ("mid" = Uuid, Path, description = "The message's id"),
    ),
    responses((status = 200, description = "The message", body = MessageView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/messages/{mid}/read")]
pub async fn read(
    app: web::Data<App>,
    input: Input<NoBody>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (id, message) = path.into_inner();
    let (id, message) = (NeedId(id), MessageId(message));
    app.write("message.read", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (need, side) = dialogue(write, &viewer, id)?;
        let mut shown = messages::find(write, id, message)?.ok_or_else(ApiError::not_found)?;
        write.begin()?;
        let now = domain::time::to_microseconds(write.call().now);
        let before = view(&shown, side);
        let Some(read) = shown.message.read_by(side, now) else { return Ok(Answer::ok(&before, before.version)?) };
        messages::save_read(write, &read)?;
        shown.message = read;
        let after = view(&shown, side);
        change(write, &need, ("message.read", "read"), Some(&before), &after)?;
        Ok(Answer::ok(&after, after.version)?)
    })
    .await
}
