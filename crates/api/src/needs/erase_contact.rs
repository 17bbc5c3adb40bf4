//! `DELETE /v1/needs/{id}/contact`: whom to ask is nobody's business any more.

use actix_web::{HttpResponse, delete, web};
use contract::needs::Need as NeedView;
use domain::ids::NeedId;
use domain::needs::{Content, Need, Reading};
use persistence::needs;
use uuid::Uuid;

use super::load::own;
use super::record::{change, trail, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Erases the contact of a need.
///
/// From the draft and from every submission, in whatever state the need is: the one part of a frozen submission that
/// goes, since it tells of people. Answers kept for retries forget it within seven days. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "delete_need_contact",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need without its contact", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}/contact")]
pub async fn erase_contact(
    app: web::Data<App>,
    input: Input<NoBody>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.erase_contact", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let content = Content { contact: None, ..before.content.clone() };
        let after = needs::save_document(write, &Need { content, ..before.clone() }, now)?;
        needs::erase_contact_from_submissions(write, id)?;
        let trails = (trail(&before), trail(&after));
        change(write, &after, "need.erase_contact", "contact_erased", &["contact"], trails)?;
        let view = view(write, &after, &Reading::Own, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}
