//! `POST /v1/needs/{id}/accept`.

use actix_web::{HttpResponse, post, web};
use contract::needs::Need as NeedView;
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, Reading};
use persistence::needs;
use uuid::Uuid;

use super::load::{for_office, wrong_state};
use super::record::{step, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Accepts a need for treatment.
///
/// The county governor finds the submission complete; from now on it can come on a meeting's agenda. Takes
/// `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "accept_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    responses((status = 200, description = "The need as accepted", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/accept")]
pub async fn accept(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.accept", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = for_office(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(NeedCommand::Accept).map_err(|error| wrong_state(error.state))?;
        let now = write.call().now;
        let after = needs::save_progress(write, &Need { state, ..before.clone() }, now)?;
        step(write, NeedCommand::Accept, &before, &after)?;
        let view = view(write, &after, &Reading::Office, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}
