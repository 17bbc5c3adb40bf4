//! `POST /v1/needs/{id}/dismiss`.

use actix_web::{HttpResponse, post, web};
use contract::needs::{DismissNeed, Need as NeedView};
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, Reading};
use persistence::needs;
use uuid::Uuid;

use super::load::{for_office, wrong_state};
use super::record::{step, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Dismisses a need.
///
/// The county governor finds it outside the scheme and says why; sender and county governor read the reason. It ends
/// there: the sender may begin another. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "dismiss_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = DismissNeed,
    responses((status = 200, description = "The need as dismissed", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/dismiss")]
pub async fn dismiss(
    app: web::Data<App>,
    input: Input<DismissNeed>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.dismiss", input, move |write: &mut Write<'_, _>, body: &DismissNeed| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = for_office(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let state = before.state.apply(NeedCommand::Dismiss).map_err(|error| wrong_state(error.state))?;
        let now = write.call().now;
        let dismissed = Need { state, dismissal: Some(body.reason.clone()), ..before.clone() };
        let after = needs::save_progress(write, &dismissed, now)?;
        step(write, NeedCommand::Dismiss, &before, &after)?;
        let view = view(write, &after, &Reading::Office, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}
