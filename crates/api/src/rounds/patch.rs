//! `PATCH /v1/rounds/{id}`: dates and form change while the round goes on.

use actix_web::{HttpResponse, patch, web};
use contract::problem::Fault;
use contract::rounds::{ChangeRound, Round as RoundView};
use domain::ids::RoundId;
use domain::rounds::ChangeError;
use persistence::rounds::{self, StoredRound};
use serde_json::json;
use uuid::Uuid;

use super::get::view;
use super::record::{change, own, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};

/// Changes a round.
///
/// Its county governor's to do. Year, opening and what is asked stand fast once it is open, the deadline once it is
/// closed, and everything once it is settled; scheme and ruleset stand fast always. The words of guidance and questions
/// may be mended until then. A deadline is moved to a day that is not over.
/// Whoever submits meanwhile is held against the deadline that stands when the submission is written.
#[utoipa::path(
    tag = "rounds",
    operation_id = "update_round",
    params(("id" = Uuid, Path, description = "The round's id")),
    request_body(content = ChangeRound, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The round", body = RoundView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}")]
pub async fn patch(app: web::Data<App>, input: Input<Patch>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    app.write("round.change", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let whole = json!(ChangeRound::from(before.round.terms()));
        let terms = patch.apply_to::<ChangeRound>(whole)?.into();
        let round = before.round.under(terms, now).map_err(refused)?;
        let after = rounds::save(write, &StoredRound { round, ..before.clone() }, now)?;
        let trails = (trail(&before, now), trail(&after, now));
        change(write, &after, ("round.change", "changed"), &patch.members(), trails)?;
        Ok(Answer::ok(&view(&after, now), after.version)?)
    })
    .await
}

fn refused(error: ChangeError) -> ApiError {
    match error {
        ChangeError::WrongState(error) => ApiError::state(error.state),
        ChangeError::Faults(faults) => ApiError::invalid(faults.into_iter().map(Fault::from).collect()),
    }
}
