//! `PATCH /v1/networks/{id}/meetings/{mid}`.

use actix_web::{HttpResponse, patch, web};
use contract::networks::{ChangeNetworkMeeting, NetworkMeeting as MeetingView};
use contract::problem::Fault;
use domain::ids::{NetworkId, NetworkMeetingId};
use domain::networks::{CannotMove, MeetingFault, NetworkMeeting};
use persistence::networks::meetings::{self, StoredNetworkMeeting};
use serde_json::json;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::patch::Patch;
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, meeting_view};
use crate::networks::seen;

/// Changes a meeting of a network, or notes what came of its themes.
///
/// The network's coordinator's to do. `notes` takes a text per theme, by the theme's id, from the beginning of the
/// meeting on; null takes a note away.
#[utoipa::path(
    tag = "networks",
    operation_id = "update_network_meeting",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("mid" = Uuid, Path, description = "The meeting's id"),
    ),
    request_body(content = ChangeNetworkMeeting, content_type = "application/merge-patch+json"),
    responses((status = 200, description = "The meeting", body = MeetingView)),
    security(("bearer" = ["needs:write"]))
)]
#[patch("/{id}/meetings/{mid}")]
pub async fn patch(
    app: web::Data<App>,
    input: Input<Patch>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (network, id) = path.into_inner();
    let (network, id) = (NetworkId(network), NetworkMeetingId(id));
    app.write("network_meeting.update", input, move |write: &mut Write<'_, _>, patch: &Patch| -> Result<Answer, Stop> {
        let stored = seen::in_turn(write, network)?;
        let before = seen::meeting(write, network, id)?;
        if !stored.network.is_coordinated_by(&write.call().viewer().orgnr) {
            return Err(ApiError::not_yours().into());
        }
        write.begin_on(before.version)?;
        let now = write.call().now;
        let wanted: ChangeNetworkMeeting = patch.apply_to(json!(ChangeNetworkMeeting::of(&before.meeting)))?;
        let noted = before
            .meeting
            .noted(&wanted.read_notes(), now)
            .map_err(|faults| ApiError::invalid(faults.into_iter().map(Fault::from).collect()))?;
        let (title, place) = (wanted.title, wanted.place);
        let moved = noted.moved_to(wanted.starts_at, now).map_err(not_moved)?;
        let meeting = NetworkMeeting { title, place, ..moved };
        let after = meetings::save(write, &StoredNetworkMeeting { meeting, ..before.clone() }, now)?;
        let deed = ("network_meeting.update", "updated");
        record::meeting(write, &stored.network, deed, &patch.members(), Some(&before), &after)?;
        Ok(Answer::ok(&meeting_view(&after), after.version)?)
    })
    .await
}

fn not_moved(why: CannotMove) -> ApiError {
    match why {
        CannotMove::HasBegun => ApiError::new("meeting_has_begun"),
        CannotMove::ToThePast => ApiError::fault(MeetingFault::MeetingInPast.into()),
    }
}
