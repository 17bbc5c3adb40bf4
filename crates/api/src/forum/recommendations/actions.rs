//! `GET /v1/recommendations/{id}/actions`.

use actix_web::{HttpResponse, get, web};
use contract::actions::Action;
use domain::actor::Scope;
use domain::forum::{AdoptionError, RecommendationCommand};
use domain::ids::RecommendationId;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::seen;
use crate::http::actions::action;
use crate::http::answer::Answer;
use crate::http::call::Call;

/// Tells what the caller may do to a recommendation now.
///
/// Whether the forum is quorate and properly composed is told by the item on it, and by the composition.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_recommendation_actions",
    params(("id" = Uuid, Path, description = "The recommendation's id")),
    responses((status = 200, description = "The actions", body = Vec<Action>)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/actions")]
pub async fn actions(app: web::Data<App>, call: Call, id: web::Path<Uuid>) -> Result<HttpResponse, ApiError> {
    let id = RecommendationId(id.into_inner());
    app.read::<_, ApiError>("recommendation.actions", call, move |reader, call| {
        let recommendation = seen::recommendation(reader, call.viewer(), id)?.recommendation;
        let adoptable = seen::require_secretariat(call.viewer(), &recommendation.county_governor)
            .and_then(|()| recommendation.state.apply(RecommendationCommand::Adopt).map_err(ApiError::from))
            .and_then(|_| if recommendation.has_lines() { Ok(()) } else { Err(AdoptionError::NoLines.into()) });
        let adopt = action(call, Scope::ForumWrite, RecommendationCommand::Adopt.as_str(), adoptable);
        Answer::untagged(&[adopt])
    })
    .await
}
