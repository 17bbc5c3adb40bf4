//! `POST /v1/forums/{id}/meetings`: the secretariat plans a meeting.

use actix_web::{HttpResponse, post, web};
use contract::forum::meetings::{Meeting as MeetingView, MeetingDocument};
use contract::problem::Fault;
use domain::forum::{Forum, Meeting, MeetingState};
use domain::ids::{ForumId, MeetingId};
use persistence::StoreError;
use persistence::forum::meetings;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::forum::records::{self, deed};
use crate::forum::{seen, views};
use crate::http::answer::Answer;
use crate::http::input::Input;
use crate::http::write::{Stop, Write};

/// Plans a meeting.
///
/// The forum's secretariat plans it, puts items on its agenda, and convenes it when the notice goes out.
#[utoipa::path(
    tag = "forum",
    operation_id = "create_meeting",
    params(("id" = Uuid, Path, description = "The forum's id")),
    request_body = MeetingDocument,
    responses((status = 201, description = "The new meeting", body = MeetingView)),
    security(("bearer" = ["forum:write"]))
)]
#[post("/{id}/meetings")]
pub async fn create(
    app: web::Data<App>,
    id: web::Path<Uuid>,
    input: Input<MeetingDocument>,
) -> Result<HttpResponse, ApiError> {
    check(&input.body)?;
    let (forum, id) = (ForumId(id.into_inner()), MeetingId(Uuid::now_v7()));
    app.write("meeting.create", input, move |write: &mut Write<'_, _>, body: &MeetingDocument| {
        let forum = seen::forum_to_write(write, forum)?.forum;
        write.begin()?;
        let (actor, now) = (seen::actor(write), write.call().now);
        let stored =
            meetings::insert(write, planned(id, &forum, body.clone()), &actor.viewer.orgnr, now).map_err(taken_key)?;
        records::meeting(write, deed("meeting.create", "created"), None, &stored)?;
        Ok::<_, Stop>(Answer::created(&views::meeting(&stored), stored.version, format!("/v1/meetings/{id}"))?)
    })
    .await
}

/// What the schema cannot say of the document.
pub(super) fn check(document: &MeetingDocument) -> Result<(), ApiError> {
    if document.ends_before_it_begins() {
        return Err(ApiError::fault(Fault::new("ends_before_it_begins", "/ends_at")));
    }
    Ok(())
}

/// An external key that another meeting of the caller has already.
pub(super) fn taken_key(error: StoreError) -> ApiError {
    if error.is_duplicate_of("meeting_external_refs") {
        ApiError::new("already_exists").with("member", "external_refs")
    } else {
        error.into()
    }
}

fn planned(id: MeetingId, forum: &Forum, document: MeetingDocument) -> Meeting {
    let mut meeting = Meeting {
        id,
        forum: forum.id,
        county_governor: forum.county_governor.clone(),
        title: String::new(),
        starts_at: document.starts_at,
        ends_at: None,
        place: None,
        state: MeetingState::Planned,
        reference: None,
        convened_at: None,
        opened_at: None,
        closed_at: None,
        external_refs: Vec::new(),
    };
    document.write_to(&mut meeting);
    meeting
}
