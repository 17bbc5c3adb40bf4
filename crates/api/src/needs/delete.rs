//! `DELETE /v1/needs/{id}`: the sender throws a draft away.

use actix_web::{HttpResponse, delete, web};
use domain::ids::NeedId;
use domain::needs::NeedState;
use persistence::needs;
use uuid::Uuid;

use super::load::{own, wrong_state};
use super::record::{change, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::networks::withdrawal::withdraw_need;

/// Throws a draft away.
///
/// Only a draft that was never submitted; what was submitted is withdrawn instead.
#[utoipa::path(
    tag = "needs",
    operation_id = "delete_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 204, description = "The draft is gone")),
    security(("bearer" = ["needs:write"]))
)]
#[delete("/{id}")]
pub async fn delete(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.delete", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let need = own(write, &viewer, id)?;
        write.begin_on(need.version)?;
        if need.state != NeedState::Draft {
            return Err(wrong_state(need.state).into());
        }
        for network in &need.shared_with {
            withdraw_need(write, *network, id)?;
        }
        needs::delete_draft(write, &need)?;
        change(write, &need, "need.delete", "deleted", &[], (trail(&need), None))?;
        Ok(Answer::no_content())
    })
    .await
}
