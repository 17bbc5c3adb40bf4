//! `POST /v1/networks/{id}/meetings/{mid}/themes` (F11).

use actix_web::{HttpResponse, post, web};
use contract::networks::{NetworkMeeting as MeetingView, RaiseTheme};
use domain::ids::{NetworkId, NetworkMeetingId, ThemeId};
use domain::networks::MeetingHasBegun;
use persistence::networks::meetings::{self, StoredNetworkMeeting};
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};
use crate::networks::record::{self, meeting_view};
use crate::networks::seen;

/// Raises a theme for a meeting of a network.
///
/// By any member, Statped and universities as well as municipalities, and by the county governor in whose area the
/// network works; until the meeting begins.
#[utoipa::path(
    tag = "networks",
    operation_id = "raise_network_theme",
    params(
        ("id" = Uuid, Path, description = "The network's id"),
        ("mid" = Uuid, Path, description = "The meeting's id"),
    ),
    request_body = RaiseTheme,
    responses((status = 201, description = "The meeting with the theme", body = MeetingView)),
    security(("bearer" = ["needs:write"]))
)]
#[post("/{id}/meetings/{mid}/themes")]
pub async fn raise_theme(
    app: web::Data<App>,
    input: Input<RaiseTheme>,
    path: web::Path<(Uuid, Uuid)>,
) -> Result<HttpResponse, ApiError> {
    let (network, id) = path.into_inner();
    let (network, id) = (NetworkId(network), NetworkMeetingId(id));
    let theme = input.body.read(ThemeId(Uuid::now_v7()), input.call.viewer().orgnr.clone());
    app.write(
        "network_meeting.raise_theme",
        input,
        move |write: &mut Write<'_, _>, _: &RaiseTheme| -> Result<Answer, Stop> {
            let stored = seen::in_turn(write, network)?;
            let before = seen::meeting(write, network, id)?;
            write.begin()?;
            let now = write.call().now;
            let meeting = before.meeting.raise(theme.clone(), now);
            let meeting = meeting.map_err(|MeetingHasBegun| ApiError::new("meeting_has_begun"))?;
            let after = meetings::save(write, &StoredNetworkMeeting { meeting, ..before.clone() }, now)?;
            let deed = ("network_meeting.raise_theme", "theme_raised");
            record::meeting(write, &stored.network, deed, &["themes"], Some(&before), &after)?;
            let location = format!("/v1/networks/{network}/meetings/{id}");
            Ok(Answer::created(&meeting_view(&after), after.version, location)?)
        },
    )
    .await
}
