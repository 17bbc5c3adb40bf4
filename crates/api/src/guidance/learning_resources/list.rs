//! `GET /v1/learning-resources`.

use actix_web::{HttpResponse, get, web};
use contract::guidance::{LearningResource as ResourceView, LearningResourcePage, lists};
use domain::guidance::{PublicationState, ResourceLanguage};
use domain::orgnr::OrgNr;
use domain::search::SearchTerms;
use persistence::guidance::resources::{self, ResourceFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of learning resources.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ResourceQuery {
    /// Only learning resources about this competence area.
    #[param(example = "language_speech")]
    area: Option<String>,
    /// Only learning resources of this kind.
    #[param(example = "e_learning")]
    kind: Option<String>,
    /// Only learning resources in this language.
    #[param(value_type = Option<lists::ResourceLanguage>, example = "nn")]
    language: Option<ResourceLanguage>,
    /// Only learning resources that this organisation offers.
    #[param(value_type = Option<String>, example = "974760673")]
    provider: Option<OrgNr>,
    /// Only learning resources with all these words, or words that begin so, in title, description or provider.
    /// Capitals and marks do not matter.
    #[param(value_type = Option<String>, example = "språk barnehage", min_length = 1, max_length = 200)]
    q: Option<SearchTerms>,
    /// Only learning resources that this organisation keeps.
    #[param(value_type = Option<String>, example = "974760673")]
    owner: Option<OrgNr>,
    /// Only learning resources in this state.
    #[param(value_type = Option<lists::PublicationState>, example = "published")]
    state: Option<PublicationState>,
}

impl Listed for ResourceView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists learning resources.
///
/// Oldest first. Everybody sees what is published, and the drafts that it keeps itself.
#[utoipa::path(
    tag = "guidance",
    operation_id = "list_learning_resources",
    params(ResourceQuery),
    responses((status = 200, description = "A page of learning resources", body = LearningResourcePage)),
    security(("bearer" = []))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<ResourceQuery>) -> Result<HttpResponse, ApiError> {
    let query = query.map(|query| ResourceFilter {
        area: query.area,
        kind: query.kind,
        language: query.language,
        provider: query.provider,
        owner: query.owner,
        state: query.state,
        terms: query.q,
    });
    let source = Source {
        name: "learning_resource.list",
        list: |reader: &mut _, call: &Call, filter: &ResourceFilter, window: &_| {
            Ok(resources::list(reader, call.viewer(), filter, window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &ResourceFilter, window: &_| {
            Ok(resources::count(reader, call.viewer(), filter, window)?)
        },
    };
    listing::answer(app, call, query, "/v1/learning-resources", source).await
}
