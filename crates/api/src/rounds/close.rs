//! `POST /v1/rounds/{id}/close`: no need is submitted for the first time any more.

use actix_web::{HttpResponse, post, web};
use contract::rounds::Round as RoundView;
use domain::ids::RoundId;
use domain::rounds::{Round, RoundCommand};
use persistence::rounds::{self, StoredRound};
use uuid::Uuid;

use super::get::view;
use super::record::{applied, change, own, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::{Input, NoBody};
use crate::http::write::{Stop, Write};

/// Closes a round.
///
/// No need is begun in it or submitted for the first time any more, whatever its deadline says and whoever is exempt
/// from it; a returned need still is, until the day that its return names. Takes `If-Match`.
#[utoipa::path(
    tag = "rounds",
    operation_id = "close_round",
    params(("id" = Uuid, Path, description = "The round's id")),
    responses((status = 200, description = "The round as closed", body = RoundView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/close")]
pub async fn close(app: web::Data<App>, input: Input<NoBody>, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    app.write("round.close", input, move |write: &mut Write<'_, _>, _: &NoBody| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin_on(before.version)?;
        let now = write.call().now;
        let state = applied(&before, RoundCommand::Close, now)?;
        let round = Round { state, ..before.round.clone() };
        let after = rounds::save(write, &StoredRound { round, ..before.clone() }, now)?;
        let trails = (trail(&before, now), trail(&after, now));
        change(write, &after, ("round.close", "closed"), &["state"], trails)?;
        Ok(Answer::ok(&view(&after, now), after.version)?)
    })
    .await
}
