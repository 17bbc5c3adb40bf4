//! `POST /v1/needs/{id}/transfer`: a need that the forum postponed is carried on in a later round.

use actix_web::{HttpResponse, post, web};
use contract::needs::{Need as NeedView, TransferNeed};
use contract::problem::Fault;
use domain::ids::NeedId;
use domain::needs::{Need, NeedCommand, Reading, carried_on};
use persistence::{StoreError, needs, rounds};
use uuid::Uuid;

use super::create::open_round;
use super::load::{visible, wrong_state};
use super::record::{change, step, trail, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Carries a postponed need on in a later round.
///
/// Its sender's to do, or the county governor's. A draft with the same document begins in the later round, linked both
/// ways; partners and others are invited anew there, and answers that the later round does not ask for are left out.
/// The draft is the sender's alone: the county governor is not told its id. Takes `If-Match`.
#[utoipa::path(
    tag = "needs",
    operation_id = "transfer_need",
    params(("id" = Uuid, Path, description = "The need's id")),
    request_body = TransferNeed,
    responses((status = 200, description = "The need as transferred", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/transfer")]
pub async fn transfer(
    app: web::Data<App>,
    input: Input<TransferNeed>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let id = NeedId(id.into_inner());
    let draft_id = NeedId(Uuid::now_v7());
    app.write("need.transfer", input, move |write: &mut Write<'_, _>, body: &TransferNeed| -> Result<Answer, Stop> {
        let viewer = write.call().viewer().clone();
        let (before, reading) = visible(write, &viewer, id)?;
        if !reading.is_sender_or_office() {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        let state = before.state.apply(NeedCommand::Transfer).map_err(|error| wrong_state(error.state))?;
        let draft = draft_in(write, &before, body, draft_id)?;
        let now = write.call().now;
        needs::insert(write, &draft)?;
        change(write, &draft, "need.create", "created", &[], (None, trail(&draft)))?;
        let moved = Need { state, transferred_to: Some(draft_id), ..before.clone() };
        let after = needs::save_progress(write, &moved, now)?;
        step(write, NeedCommand::Transfer, &before, &after)?;
        let told = if reading == Reading::Own { after } else { Need { transferred_to: None, ..after } };
        let view = view(write, &told, &reading, &viewer.orgnr)?;
        Ok(Answer::ok(&view, told.version)?)
    })
    .await
}

/// The draft in the later round, which belongs to the same county governor and still takes needs.
fn draft_in(
    write: &mut Write<'_, TransferNeed>,
    before: &Need,
    body: &TransferNeed,
    id: NeedId,
) -> Result<Need, ApiError> {
    let fault = |code| ApiError::fault(Fault::new(code, "/round_id"));
    let later = open_round(write, body.round())?;
    let earlier =
        rounds::find(write, before.round)?.ok_or_else(|| StoreError::corrupt("need", "its round is gone"))?.round;
    if later.county_governor != earlier.county_governor {
        return Err(fault("round_of_other_office"));
    }
    if later.deadline_date <= earlier.deadline_date {
        return Err(fault("round_not_later"));
    }
    Ok(carried_on(before, &later, id, write.call().now))
}
