//! `POST /v1/rounds/{id}/exemptions`.

use actix_web::{HttpResponse, post, web};
use contract::problem::Fault;
use contract::rounds::{CreateExemption, Exemption as ExemptionView};
use domain::ids::{ExemptionId, RoundId};
use domain::rounds::{Exemption, Round, RoundCommand};
use persistence::{Tx, organisations, rounds};
use uuid::Uuid;

use super::list::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::rounds::record::{applied, change, own};

/// Exempts an owner from the deadline of a round.
///
/// The owner may submit for the first time until a day of its own, as long as the round is open. An owner has one
/// exemption at the most: to change it, take it back and give another.
#[utoipa::path(
    tag = "rounds",
    operation_id = "create_round_exemption",
    params(("id" = Uuid, Path, description = "The round's id")),
    request_body = CreateExemption,
    responses((status = 201, description = "The exemption", body = ExemptionView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/exemptions")]
pub async fn create(
    app: web::Data<App>,
    input: Input<CreateExemption>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    let new = input.body.read(ExemptionId(Uuid::now_v7()), id, app.synthetic()).map_err(ApiError::invalid)?;
    app.write("round.exempt", input, move |write: &mut Write<'_, _>, _: &CreateExemption| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let before = own(write, &viewer, id)?;
        write.begin()?;
        let now = write.call().now;
        applied(&before, RoundCommand::Exempt, now)?;
        let round = rounds::save(write, &before, now)?;
        check(write, &new, &round.round, now)?;
        let stored = rounds::insert_exemption(write, &new, now)?;
        let view = view(&stored);
        let after = serde_json::to_value(&view).ok();
        change(write, &round, ("round.exempt", "exempted"), &["exemptions"], (None, after))?;
        Ok(Answer::created(&view, round.version, format!("/v1/rounds/{id}/exemptions"))?)
    })
    .await
}

/// Whether the exemption can be given: 409 where the owner has one, 422 where it makes no sense.
fn check(tx: &mut Tx, new: &Exemption, round: &Round, now: chrono::DateTime<chrono::Utc>) -> Result<(), ApiError> {
    if let Some(present) = rounds::exemption_of(tx, round.id, &new.owner)? {
        return Err(ApiError::new("already_exists").with("exemption_id", present.exemption.id.to_string()));
    }
    let unknown = || ApiError::fault(Fault::new("unknown_reference", "/orgnr"));
    let owner = organisations::find(tx, &new.owner)?.ok_or_else(unknown)?;
    let faults: Vec<Fault> = new.faults(round, owner.kind, now).into_iter().map(Fault::from).collect();
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}
