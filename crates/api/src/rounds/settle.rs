//! `POST /v1/rounds/{id}/settle`: the round is put behind, and what was never finished in it expires.

use actix_web::{HttpResponse, post, web};
use contract::rounds::Round as RoundView;
use domain::ids::RoundId;
use domain::needs::{Need, NeedCommand, NeedState};
use domain::rounds::{Round, RoundCommand};
use persistence::rounds::{self, StoredRound};
use persistence::{Reader, needs};
use uuid::Uuid;

use super::get::view;
use super::record::{applied, change, own, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};
use crate::needs::record::step;

/// Settles a round.
///
/// When it is closed and no need of it is submitted, accepted, on an agenda or postponed. Drafts and returned needs
/// expire. Takes `If-Match`.
#[utoipa::path(
    tag = "rounds",
    operation_id = "settle_round",
    params(("id" = Uuid, Path, description = "The round's id")),
    responses((status = 200, description = "The round as settled", body = RoundView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/settle")]
pub async fn settle(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    app.write("round.settle", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let state = applied(&before, RoundCommand::Settle, now)?;
        let round = Round { state, ..before.round.clone() };
        // From here on nobody begins or submits a need in it, so that what is counted is all there is.
        let after = rounds::save(write, &StoredRound { round, ..before.clone() }, now)?;
        nothing_waits(write, id)?;
        expire_unfinished(write, id)?;
        let trails = (trail(&before, now), trail(&after, now));
        change(write, &after, ("round.settle", "settled"), &["state"], trails)?;
        Ok(Answer::ok(&view(&after, now), after.version)?)
    })
    .await
}

/// Whether no need of the round is under treatment.
pub(super) fn nothing_waits(reader: &mut Reader, round: RoundId) -> Result<(), ApiError> {
    let waiting =
        needs::count_in_round(reader, round, &NeedState::those(NeedState::is_under_treatment).collect::<Vec<_>>())?;
    if waiting == 0 { Ok(()) } else { Err(ApiError::new("needs_under_treatment").with("needs", waiting)) }
}

fn expire_unfinished(write: &mut Write<'_, NoBody>, round: RoundId) -> Result<(), Stop> {
    let now = write.call().now;
    let unfinished: Vec<NeedState> = NeedState::those(|state| state.apply(NeedCommand::Expire).is_ok()).collect();
    for before in needs::drafts_in_round(write, round, &unfinished)? {
        let state = before.state.apply(NeedCommand::Expire).map_err(|error| ApiError::state(error.state))?;
        let after = needs::save_progress(write, &Need { state, returned: None, ..before.clone() }, now)?;
        step(write, NeedCommand::Expire, &before, &after)?;
    }
    Ok(())
}
