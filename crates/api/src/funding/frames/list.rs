//! `GET /v1/frames`.

use actix_web::{HttpResponse, get, web};
use contract::funding::frames::{Frame as FrameView, FramePage};
use persistence::funding::frames::{self, FrameFilter};
use serde::Deserialize;
use utoipa::IntoParams;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of the list of frames.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrameQuery {
    /// Only frames of this county governor.
    #[param(example = "vestland")]
    county_governor: Option<String>,
    /// Only frames of this scheme.
    #[param(example = "kollektiv")]
    scheme: Option<String>,
    /// Only frames of this calendar year.
    #[param(example = 2027)]
    year: Option<i32>,
}

impl Listed for FrameView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists frames.
///
/// Oldest first. The county governor sees its own frames, the directorate all.
#[utoipa::path(
    tag = "funding",
    operation_id = "list_frames",
    params(FrameQuery),
    responses((status = 200, description = "A page of frames", body = FramePage)),
    security(("bearer" = ["funding:read"]))
)]
#[get("")]
pub async fn list(app: web::Data<App>, call: Call, query: ListQuery<FrameQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "frame.list",
        list: |reader: &mut _, call: &Call, filter: &FrameQuery, window: &_| {
            Ok(frames::list(reader, call.viewer(), &filter.into(), window)?.iter().map(view).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &FrameQuery, window: &_| {
            Ok(frames::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/frames", source).await
}

impl From<&FrameQuery> for FrameFilter {
    fn from(query: &FrameQuery) -> Self {
        Self { county_governor: query.county_governor.clone(), scheme: query.scheme.clone(), year: query.year }
    }
}
