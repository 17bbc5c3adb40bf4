//! `GET /v1/guidance/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::guidance::{Guidance as GuidanceView, GuidanceDocument};
use domain::ids::GuidanceId;
use persistence::guidance::answers::{self, StoredGuidance};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a question with its answer.
///
/// Everybody sees it once it is published; until then only its keeper does.
#[utoipa::path(
    tag = "guidance",
    operation_id = "get_guidance",
    params(("id" = Uuid, Path, description = "The question's id")),
    responses((status = 200, description = "The question with its answer", body = GuidanceView)),
    security(("bearer" = []))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = GuidanceId(id.into_inner());
    app.read::<_, ApiError>("guidance.get", call, move |reader, call| {
        let stored = answers::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&stored), stored.version)
    })
    .await
}

/// A question as it is shown.
pub(super) fn view(stored: &StoredGuidance) -> GuidanceView {
    let keeper = stored.guidance.keeper.clone();
    let document = GuidanceDocument::from(stored.guidance.clone());
    GuidanceView {
        id: stored.guidance.id.0,
        owner_orgnr: keeper.orgnr.to_string(),
        county_governor: keeper.county_governor,
        scheme: document.scheme,
        round_id: document.round_id,
        question: document.question,
        answer: document.answer,
        source: document.source,
        areas: document.areas,
        about: document.about,
        position: document.position,
        state: document.state,
        version: stored.version,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}
