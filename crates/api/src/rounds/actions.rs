//! `GET /v1/rounds/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::ids::RoundId;
use domain::rounds::RoundCommand;
use persistence::rounds;
use uuid::Uuid;

use super::record::{applied, is_own};
use super::settle::nothing_waits;
use crate::app::App;
use crate::error::ApiError;
use crate::http::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a round now.
///
/// Every action of the round with whether it is allowed and, where it is not, why: the codes and words that the
/// attempt would be answered with.
#[utoipa::path(
    tag = "rounds",
    operation_id = "list_round_actions",
    params(("id" = Uuid, Path, description = "The round's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    app.read::<_, ApiError>("round.actions", call, move |reader, call| {
        let stored = rounds::find(reader, id)?.ok_or_else(ApiError::not_found)?;
        let is_own = is_own(call.viewer(), &stored);
        let verdict = |command| {
            if is_own { applied(&stored, command, call.now).map(|_| ()) } else { Err(ApiError::not_yours()) }
        };
        let settle = match verdict(RoundCommand::Settle) {
            Ok(()) => nothing_waits(reader, id),
            refused => refused,
        };
        let verdicts = [
            ("update", verdict(RoundCommand::Change)),
            ("exempt", verdict(RoundCommand::Exempt)),
            ("close", verdict(RoundCommand::Close)),
            ("settle", settle),
        ];
        let told = verdicts.into_iter().map(|(name, verdict)| action(call, Scope::NeedsWrite, name, verdict));
        Answer::untagged(&told.collect::<Vec<Action>>())
    })
    .await
}
