//! `POST /v1/needs/{id}/return`.

use actix_web::{HttpResponse, post, web};
use contract::needs::{Need as NeedView, ReturnNeed};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, NeedState, Reading, ReturnError, ReturnTerms, send_back as sent_back};
use persistence::needs;
use uuid::Uuid;

use super::load::{for_office, wrong_state};
use super::record::{step, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Returns a need for correction.
///
/// Its sender can change it and submit it again until the day named, which may lie after the round's deadline. A need
/// on an agenda is returned by treating its item. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "return_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = ReturnNeed,
    responses((status = 200, description = "The need as returned", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/return")]
pub async fn send_back(
    app: web::Data<App>,
    input: Input<ReturnNeed>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    app.write("need.return", input, move |write: &mut Write<'_, _>, body: &ReturnNeed| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = for_office(write, &viewer, id)?;
        write.begin_on(before.version)?;
        if before.state == NeedState::OnAgenda {
            return Err(wrong_state(before.state).into());
        }
        let now = write.call().now;
        let terms = ReturnTerms::from(body);
        let state = sent_back(before.state, &terms, now).map_err(refused)?;
        let after = needs::save_progress(write, &Need { state, returned: Some(terms), ..before.clone() }, now)?;
        step(write, NeedCommand::Return, &before, &after)?;
        let view = view(write, &after, &Reading::Office, &viewer.orgnr)?;
        Ok(Answer::ok(&view, after.version)?)
    })
    .await
}

fn refused(error: ReturnError) -> ApiError {
    match error {
        ReturnError::WrongState(error) => wrong_state(error.state),
        ReturnError::ReplyByPassed(_) => ApiError::fault(Fault::new("reply_by_in_past", "/reply_by")),
    }
}
