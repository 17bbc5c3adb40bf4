//! `POST /v1/needs/{id}/withdraw`.

use actix_web::{HttpResponse, post, web};
use contract::needs::Need as NeedView;
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, Reading};
use persistence::needs;
use uuid::Uuid;

use super::load::{own, wrong_state};
use super::record::{step, view};
use crate::app::App;
use crate::error::ApiError;
use crate::forum::withdrawal;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Withdraws a need.
///
/// In any state before it is decided. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "withdraw_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need as withdrawn", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/withdraw")]
pub async fn withdraw(
    app: web::Data<App>,
    input: Input<NoBody>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.withdraw", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(NeedCommand::Withdraw).map_err(|error| wrong_state(error.state))?;
        let now = write.call().now;
        let after = needs::save_progress(write, &Need { state, returned: None, ..before.clone() }, now)?;
        step(write, NeedCommand::Withdraw, &before, &after)?;
        withdrawal::let_go(write, &after)?;
        let view = view(write, &after, &Reading::Own, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}
