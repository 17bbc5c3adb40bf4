//! `GET /v1/meetings` and `GET /v1/forums/{id}/meetings`.

use actix_web::{HttpResponse, get, web};
use chrono::{DateTime, Utc};
use contract::forum::lists;
use contract::forum::meetings::{Meeting, MeetingPage};
use domain::forum::MeetingState;
use domain::ids::ForumId;
use persistence::forum::meetings::{self, MeetingFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of lists of meetings.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MeetingQuery {
    /// Only meetings in any of these states.
    #[serde(default)]
    #[param(value_type = Vec<lists::MeetingState>, example = json!(["convened"]))]
    state: Vec<MeetingState>,
    /// Only meetings that begin at this instant or after it.
    #[param(example = "2027-03-01T00:00:00Z")]
    starts_from: Option<DateTime<Utc>>,
    /// Only meetings that begin before this instant.
    #[param(example = "2027-04-01T00:00:00Z")]
    starts_before: Option<DateTime<Utc>>,
    /// Only the meeting with this reference.
    #[param(example = "M-2027-VL-0003")]
    reference: Option<String>,
    /// Only meetings for which you keep a key in this system.
    #[param(example = "elements")]
    external_system: Option<String>,
    /// Only meetings for which you keep this key.
    #[param(example = "2027/1234")]
    external_key: Option<String>,
    /// Only meetings of this forum.
    forum_id: Option<Uuid>,
}

impl Listed for Meeting {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists meetings.
///
/// Of all forums that the caller sees.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_meetings",
    params(MeetingQuery),
    responses((status = 200, description = "A page of meetings", body = MeetingPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("")]
pub async fn all(app: web::Data<App>, call: Call, query: ListQuery<MeetingQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "meeting.list",
        list: |reader: &mut _, call: &Call, filter: &MeetingQuery, window: &_| {
            let stored = meetings::list(reader, call.viewer(), &filter.into(), window)?;
            Ok(stored.iter().map(views::meeting).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &MeetingQuery, window: &_| {
            Ok(meetings::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/meetings", source).await
}

/// Lists the meetings of a forum.
///
/// The same list, for one forum.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_forum_meetings",
    params(("id" = Uuid, Path, description = "The forum's id"), MeetingQuery),
    responses((status = 200, description = "A page of meetings", body = MeetingPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/meetings")]
pub async fn of_forum(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<MeetingQuery>,
) -> Result<HttpResponse, ApiError> {
    let forum = ForumId(id.into_inner());
    let within = move |filter: &MeetingQuery| MeetingFilter { forum: Some(forum), ..filter.into() };
    let source = Source {
        name: "meeting.list_of_forum",
        list: move |reader: &mut _, call: &Call, filter: &MeetingQuery, window: &_| {
            seen::forum(reader, call.viewer(), forum)?;
            let stored = meetings::list(reader, call.viewer(), &within(filter), window)?;
            Ok(stored.iter().map(views::meeting).collect())
        },
        count: move |reader: &mut _, call: &Call, filter: &MeetingQuery, window: &_| {
            Ok(meetings::count(reader, call.viewer(), &within(filter), window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/forums/{forum}/meetings"), source).await
}

impl From<&MeetingQuery> for MeetingFilter {
    fn from(query: &MeetingQuery) -> Self {
        Self {
            forum: query.forum_id.map(ForumId),
            states: query.state.clone(),
            starts_from: query.starts_from,
            starts_before: query.starts_before,
            reference: query.reference.clone(),
            external_system: query.external_system.clone(),
            external_key: query.external_key.clone(),
        }
    }
}
