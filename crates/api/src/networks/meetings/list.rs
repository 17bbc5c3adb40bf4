//! `GET /v1/networks/{id}/meetings`.

use actix_web::{HttpResponse, get, web};
use contract::networks::{NetworkMeeting as MeetingView, NetworkMeetingPage};
use domain::ids::NetworkId;
use persistence::networks::meetings;
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::listing::{self, Listed, Source};
use crate::http::query::ListQuery;
use crate::networks::record::meeting_view;
use crate::networks::seen;

/// The list has no filters of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NetworkMeetingQuery {}

impl Listed for MeetingView {
    fn key(&self) -> String {
        self.id.to_string()
    }
}

/// Lists the meetings of a network.
///
/// In the order in which they were called, for whoever sees the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "list_network_meetings",
    params(("id" = Uuid, Path, description = "The network's id")),
    responses((status = 200, description = "A page of meetings", body = NetworkMeetingPage)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/meetings")]
pub async fn list(
    app: web::Data<App>,
    call: Call,
    id: web::Path<Uuid>,
    query: ListQuery<NetworkMeetingQuery>,
) -> Result<HttpResponse, ApiError> {
    let id = NetworkId(id.into_inner());
    let source = Source {
        name: "network_meeting.list",
        list: move |reader: &mut _, call: &Call, _: &NetworkMeetingQuery, window: &_| {
            seen::network(reader, call.viewer(), id)?;
            Ok(meetings::list(reader, id, window)?.iter().map(meeting_view).collect())
        },
        count: move |reader: &mut _, _: &Call, _: &NetworkMeetingQuery, window: &_| {
            Ok(meetings::count(reader, id, window)?)
        },
    };
    listing::answer(app, call, query, &format!("/v1/networks/{id}/meetings"), source).await
}
