//! `GET /v1/agenda-items` and `GET /v1/meetings/{id}/agenda-items`.

use actix_web::{HttpResponse, get, web};
use contract::forum::items::{AgendaItem, AgendaItemPage};
use contract::forum::lists;
use domain::forum::{ItemKind, ItemState};
use domain::ids::{ForumId, MeetingId, NeedId};
use persistence::forum::items::{self, ItemFilter};
use serde::Deserialize;
use utoipa::IntoParams;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::{seen, views};
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;

/// Filters of lists of agenda items.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ItemQuery {
    /// Only items in any of these states.
    #[serde(default)]
    #[param(value_type = Vec<lists::AgendaItemState>, example = json!(["decided"]))]
    state: Vec<ItemState>,
    /// Only items of this kind.
    #[param(value_type = Option<lists::AgendaItemKind>, example = "need")]
    kind: Option<ItemKind>,
    /// Only items on this need.
    need_id: Option<Uuid>,
    /// Only items of this meeting.
    meeting_id: Option<Uuid>,
    /// Only items of this forum.
    forum_id: Option<Uuid>,
}

impl Listed for AgendaItem {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists agenda items.
///
/// Of all forums that the caller sees.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_agenda_items",
    params(ItemQuery),
    responses((status = 200, description = "A page of agenda items", body = AgendaItemPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("")]
pub async fn all(app: web::Data<App>, call: Call, query: ListQuery<ItemQuery>) -> Result<HttpResponse, ApiError> {
    let source = Source {
        name: "agenda_item.list",
        list: |reader: &mut _, call: &Call, filter: &ItemQuery, window: &_| {
            Ok(items::list(reader, call.viewer(), &filter.into(), window)?.iter().map(views::item).collect())
        },
        count: |reader: &mut _, call: &Call, filter: &ItemQuery, window: &_| {
            Ok(items::count(reader, call.viewer(), &filter.into(), window)?)
        },
    };
    listing::answer(app, call, query, "/v1/agenda-items", source).await
}

/// Lists the agenda of a meeting.
///
/// In the order in which the items were put on it; `number` says their place.
#[utoipa::path(
    tag = "forum",
    operation_id = "list_meeting_agenda_items",
    params(("id" = Uuid, Path, description = "The meeting's id"), ItemQuery),
    responses((status = 200, description = "A page of agenda items", body = AgendaItemPage)),
    security(("bearer" = ["forum:read"]))
)]
#[get("/{id}/agenda-items")]
pub async fn of_meeting(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<ItemQuery>,
) -> Result<HttpResponse, ApiError> {
    let meeting = MeetingId(id.into_inner());
    let within = move |filter: &ItemQuery| ItemFilter { meeting: Some(meeting), ..filter.into() };
    let source = Source {
        name: "agenda_item.list_of_meeting",
        list: move |reader: &mut _, call: &Call, filter: &ItemQuery, window: &_| {
            seen::meeting(reader, call.viewer(), meeting)?;
            Ok(items::list(reader, call.viewer(), &within(filter), window)?.iter().map(views::item).collect())
        },
        count: move |reader: &mut _, call: &Call, filter: &ItemQuery, window: &_| {
            Ok(items::count(reader, call.viewer(), &within(filter), window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/meetings/{meeting}/agenda-items"), source).await
}

impl From<&ItemQuery> for ItemFilter {
    fn from(query: &ItemQuery) -> Self {
        Self {
            meeting: query.meeting_id.map(MeetingId),
            forum: query.forum_id.map(ForumId),
            need: query.need_id.map(NeedId),
            kind: query.kind,
            states: query.state.clone(),
        }
    }
}
