//! `POST /v1/networks/{id}/meetings`.

use actix_web::{HttpResponse, post, web};
use contract::networks::{NetworkMeeting as MeetingView, NetworkMeetingDocument};
use domain::ids::{NetworkId, NetworkMeetingId, ThemeId};
use domain::networks::NetworkMeeting;
use domain::orgnr::OrgNr;
use persistence::networks::meetings;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, meeting_view};
use crate::networks::seen;

/// Calls a meeting of a network.
///
/// Its coordinator's to do. Members raise themes until it begins.
#[utoipa::path(
    tag = "networks",
    operation_id = "create_network_meeting",
    params(("id" = Uuid, Path, description = "The network's id")),
    request_body = NetworkMeetingDocument,
    responses((status = 201, description = "The new meeting", body = MeetingView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/meetings")]
pub async fn create(
    app: web::Data<App>,
    input: Input<NetworkMeetingDocument>,
    id: web::Path<Uuid>,
) -> Result<HttpResponse, ApiError> {
    let network = NetworkId(id.into_inner());
    let meeting = called(network, &input.body, &input.call.viewer().orgnr);
    app.write(
        "network_meeting.create",
        input,
        move |write: &mut Write<'_, _>, _: &NetworkMeetingDocument| -> Result<Answer, Stop> {
            let stored = seen::in_coordinators_turn(write, network)?;
            write.begin()?;
            let now = write.call().now;
            meeting.check_call(now).map_err(|fault| ApiError::fault(fault.into()))?;
            let after = meetings::insert(write, meeting.clone(), now)?;
            record::meeting(write, &stored.network, ("network_meeting.create", "created"), &[], None, &after)?;
            let location = format!("/v1/networks/{network}/meetings/{}", after.meeting.id);
            Ok(Answer::created(&meeting_view(&after), after.version, location)?)
        },
    )
    .await
}

/// The meeting with the themes that its caller raises.
fn called(network: NetworkId, document: &NetworkMeetingDocument, caller: &OrgNr) -> NetworkMeeting {
    let themes = document.themes.iter().map(|theme| theme.read(ThemeId(Uuid::now_v7()), caller.clone()));
    NetworkMeeting {
        id: NetworkMeetingId(Uuid::now_v7()),
        network,
        title: document.title.clone(),
        starts_at: document.starts_at,
        place: document.place.clone(),
        themes: themes.collect(),
    }
}
