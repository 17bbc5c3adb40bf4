//! `POST /v1/needs`: an owner begins a need.

use actix_web::{HttpResponse, post, web};
use contract::needs::{Need as NeedView, NeedDocument};
use contract::problem::Fault;
use domain::ids::{NeedId, RoundId};
use domain::municipality::CountyNumber;
use domain::needs::{Need, Reading};
use domain::organisations::{Organisation, OrganisationKind};
use domain::rounds::{Round, RoundState};
use persistence::{Reader, needs, rounds};
use uuid::Uuid;

use super::fit::fits;
use super::load::organisation_of;
use super::patch::keep_external_refs;
use super::record::{begun, view};
use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Begins a need.
///
/// It is a draft until it is submitted, and may be as incomplete as its sender likes; `check` says what is missing.
/// A municipality or county authority sends in a round of its own county; a private owner in a round of a county
/// where it has an active unit.
#[utoipa::path(
    tag = "needs",
    operation_id = "create_need",
    request_body = NeedDocument,
    responses((status = 201, description = "The draft", body = NeedView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("")]
pub async fn create(app: web::Data<App>, input: Input<NeedDocument>) -> Result<HttpResponse, ApiError> {
    let content = input.body.to_content(app.synthetic()).map_err(ApiError::invalid)?;
    let id = NeedId(Uuid::now_v7());
    app.write("need.create", input, move |write: &mut Write<'_, _>, document: &NeedDocument| -> Result<Answer, Stop> {
        write.begin()?;
        let viewer = write.call().viewer().clone();
        let sender = organisation_of(write, &viewer)?;
        let round = open_round(write, document.round())?;
        let county = county_in(write, &sender, &round)?;
        fits(write, &sender.orgnr, &round, document, &content)?;
        let need = Need::draft(id, sender.orgnr, &round, county, content.clone(), write.call().now);
        needs::insert(write, &need)?;
        keep_external_refs(write, &need, &document.external_refs)?;
        begun(write, &need)?;
        let view = view(write, &need, &Reading::Own, &viewer.orgnr)?;
        Ok(Answer::created(&view, need.version, format!("/v1/needs/{id}"))?)
    })
    .await
}

/// The round named, as long as it takes new needs (N03).
pub(crate) fn open_round<T>(write: &mut Write<'_, T>, id: RoundId) -> Result<Round, ApiError> {
    let fault = |code| ApiError::fault(Fault::new(code, "/round_id"));
    rounds::hold(write, id)?;
    let stored = rounds::find(write, id)?.ok_or_else(|| fault("unknown_reference"))?;
    match stored.round.state_at(write.call().now) {
        RoundState::Planned | RoundState::Open => Ok(stored.round),
        RoundState::Closed | RoundState::Settled => Err(fault("round_closed")),
    }
}

/// The county for which an owner sends a need in a round (N01).
pub(crate) fn county_in(reader: &mut Reader, sender: &Organisation, round: &Round) -> Result<CountyNumber, ApiError> {
    let counties = needs::counties_of(reader, &round.county_governor)?;
    let own = sender.county.clone().filter(|county| counties.contains(county));
    let county = match sender.kind {
        OrganisationKind::PrivateOwner => needs::first_county_with_unit(reader, &sender.orgnr, &counties)?,
        _ => own,
    };
    county.ok_or_else(|| ApiError::fault(Fault::new("round_of_other_county", "/round_id")))
}
