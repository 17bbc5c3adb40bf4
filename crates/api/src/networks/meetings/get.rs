//! `GET /v1/networks/{id}/meetings/{mid}`.

use actix_web::{HttpResponse, get, web};
use contract::networks::NetworkMeeting as MeetingView;
use domain::ids::{NetworkId, NetworkMeetingId};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::networks::record::meeting_view;
use crate::networks::seen;

/// Reads a meeting of a network.
///
/// With its themes and what came of them, for whoever sees the network.
#[utoipa::path(
    tag = "networks",
    operation_id = "get_network_meeting",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("mid" = Uuid, Path, description = "The meeting's id"),
    ),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["needs:read"]))
)]
#[get("/{id}/meetings/{mid}")]
pub async fn get(app: web::Data<App>, call: Call, path: web::Path<(Uuid, Uuid)>) -> Result<HttpResponse, ApiError> {
    let (network, id) = path.into_inner();
    let (network, id) = (NetworkId(network), NetworkMeetingId(id));
    app.read::<_, ApiError>("network_meeting.get", call, move |reader, call| {
        seen::network(reader, call.viewer(), network)?;
        let stored = seen::meeting(reader, network, id)?;
        Answer::ok(&meeting_view(&stored), stored.version)
    })
    .await
}
