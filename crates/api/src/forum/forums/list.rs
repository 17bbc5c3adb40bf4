//! `GET /v1/forums`.

use actix_web::{HttpResponse, get, web};
use contract::forum::forums::{Forum, ForumPage};
use persistence::forum::forums::{self, ForumFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::views;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of forums.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ForumQuery {
    /// Only forums that this county governor keeps.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only forums that treat the needs of this county.
    #[param(example = "46")]
    county: Option<String>,
}

impl Listed for Forum {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists forums.
///
/// Those that the caller keeps, or holds a seat in today; for the directorate, all.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_forums",
    params(ForumQuery),
    responses((status = 200, description = "A page of forums", body = ForumPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<ForumQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "forum.list",
        list: |reader: &mut _, call: &Call, filter: &ForumQuery, window: &_| {
            let stored = forums::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(stored.iter().map(views::forum).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &ForumQuery, window: &_| {
            Ok(forums::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/forums", source).await
}

impl From<&ForumQuery> for ForumFilter {
    fn from(query: &ForumQuery) -> Self {
        Self { county_governor: query.county_governor.clone(), county: query.county.clone() }
    }
}
