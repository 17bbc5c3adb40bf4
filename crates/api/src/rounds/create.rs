//! `POST /v1/rounds`: a county governor sets up a round.

use actix_web::{HttpResponse, post, web};
use contract::problem::Fault;
use contract::rounds::{CreateRound, Round as RoundView};
use domain::ids::RoundId;
use domain::rounds::{NewRound, Round, RoundState};
use persistence::rounds;
use uuid::Uuid;

use super::get::view;
use super::record::{change, trail};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Sets up a round.
///
/// The round belongs to the county governor that makes it, follows one ruleset, and opens by itself on its opening
/// date. Its deadline is over at the next midnight in Oslo.
#[utoipa::path(
    tag = "rounds",
    operation_id = "create_round",
    request_body = CreateRound,
    responses((status = 201, description = "The new round", body = RoundView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<CreateRound>) -> Result<HttpResponse, ApiError> {
    let county_governor = input.call.viewer().county_governor.clone().ok_or_else(ApiError::not_yours)?;
    let round = new_round(&app, &input, county_governor)?;
    app.write("round.create", input, move |write: &mut Write<'_, _>, _: &CreateRound| -> Result<Answer, Stop> {
        write.begin()?;
        let now = write.call().now;
        let stored = rounds::insert(write, &round, now)?;
        change(write, &stored, ("round.create", "created"), &[], (None, trail(&stored, now)))?;
        Ok(Answer::created(&view(&stored, now), stored.version, format!("/v1/rounds/{}", round.id))?)
    })
    .await
}

fn new_round(app: &App, input: &Input<CreateRound>, county_governor: String) -> Result<Round, ApiError> {
    let new = NewRound::from(input.body.clone());
    let ruleset =
        new.check(&app.rulesets).map_err(|faults| ApiError::invalid(faults.into_iter().map(Fault::from).collect()))?;
    Ok(Round {
        id: RoundId(Uuid::now_v7()),
        county_governor,
        scheme: ruleset.scheme.clone(),
        ruleset: new.ruleset.clone(),
        year: new.terms.year,
        opens_on: new.terms.opens_on,
        deadline_date: new.terms.deadline_date,
        report_due_on: new.terms.report_due_on,
        form: new.terms.form,
        state: RoundState::Planned,
    })
}
