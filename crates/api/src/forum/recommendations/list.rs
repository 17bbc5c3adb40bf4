//! `GET /v1/recommendations`.

use actix_web::{HttpResponse, get, web};
use contract::forum::lists;
use contract::forum::recommendations::{Recommendation, RecommendationPage};
use domain::forum::RecommendationState;
use domain::ids::ForumId;
use persistence::forum::recommendations::{self, RecommendationFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::views;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of recommendations.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RecommendationQuery {
    /// Only recommendations of this forum.
    forum_id: Option<Uuid>,
    /// Only recommendations to this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only recommendations of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only recommendations that draw on the frame of this year.
    #[param(example = 2027)]
    year: Option<i32>,
    /// Only drafts, or only adopted ones.
    #[param(value_type = Option<lists::RecommendationState>, example = "adopted")]
    state: Option<RecommendationState>,
}

impl Listed for Recommendation {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists recommendations.
///
/// Of all forums that the caller sees; for the directorate from their adoption on.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_recommendations",
    params(RecommendationQuery),
    responses((status = 200, description = "A page of recommendations", body = RecommendationPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    query: ListQuery<RecommendationQuery>,
) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "recommendation.list",
        list: |reader: &mut _, call: &Call, filter: &RecommendationQuery, window: &_| {
            let stored = recommendations::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(stored.iter().map(views::recommendation).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &RecommendationQuery, window: &_| {
            Ok(recommendations::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/recommendations", source).await
}

impl From<&RecommendationQuery> for RecommendationFilter {
    fn from(query: &RecommendationQuery) -> Self {
        Self {
            forum: query.forum_id.map(ForumId),
            county_governor: query.county_governor.clone(),
            scheme: query.scheme.clone(),
            year: query.year,
            state: query.state,
        }
    }
}
