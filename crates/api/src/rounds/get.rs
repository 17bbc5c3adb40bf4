//! `GET /v1/rounds/{id}`.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use contract::rounds::Round as RoundView;
use domain::ids::RoundId;
use persistence::rounds::{self, StoredRound};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a round.
///
/// Every caller may see every round.
#[utoipa::path(
    tag = "rounds",
    operation_id = "get_round",
    params(("id" = Uuid, Path, description = "The round's id")),
    responses((status = 200, description = "The round", body = RoundView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RoundId(id.into_inner());
    app.read::<_, ApiError>("round.get", call, move |reader, call| {
        let stored = rounds::find(reader, id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&stored, call.now), stored.version)
    })
    .await
}

/// A round as it is shown, in the state that it has at this instant.
pub(super) fn view(stored: &StoredRound, now: DateTime<Utc>) -> RoundView {
    let round = &stored.round;
    RoundView {
        id: round.id.0,
        county_governor: round.county_governor.clone(),
        scheme: round.scheme.clone(),
        ruleset: round.ruleset.clone(),
        year: round.year,
        opens_on: round.opens_on,
        deadline_date: round.deadline_date,
        deadline_at: round.deadline_at(),
        report_due_on: round.report_due_on,
        guidance: round.form.guidance.clone().map(Into::into),
        questions: round.form.questions.iter().cloned().map(Into::into).collect(),
        state: round.state_at(now),
        version: stored.version,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}
