//! `GET /v1/learning-resources/{id}`.

use actix_web::{HttpResponse, get, web};
use contract::guidance::{LearningResource as ResourceView, LearningResourceDocument};
use domain::ids::LearningResourceId;
use persistence::guidance::resources::{self, StoredResource};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Reads a learning resource.
///
/// Everybody sees it once it is published; until then only its keeper does.
#[utoipa::path(
    tag = "guidance",
    operation_id = "get_learning_resource",
    params(("id" = Uuid, Path, description = "The resource's id")),
    responses((status = 200, description = "The learning resource", body = ResourceView)),
    security(("bearer" = []))
)]
#[get("/{id}")]
pub async fn get(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = LearningResourceId(id.into_inner());
    app.read::<_, ApiError>("learning_resource.get", call, move |reader, call| {
        let stored = resources::find(reader, call.viewer(), id)?.ok_or_else(ApiError::not_found)?;
        Answer::ok(&view(&stored), stored.version)
    })
    .await
}

/// A learning resource as it is shown.
pub(super) fn view(stored: &StoredResource) -> ResourceView {
    let keeper = stored.resource.keeper.clone();
    let document = LearningResourceDocument::from(stored.resource.clone());
    ResourceView {
        id: stored.resource.id.0,
        owner_orgnr: keeper.orgnr.to_string(),
        county_governor: keeper.county_governor,
        kind: document.kind,
        title: document.title,
        description: document.description,
        provider: document.provider,
        provider_orgnr: document.provider_orgnr,
        languages: document.languages,
        areas: document.areas,
        url: document.url,
        state: document.state,
        version: stored.version,
        created_at: stored.created_at,
        updated_at: stored.updated_at,
    }
}
