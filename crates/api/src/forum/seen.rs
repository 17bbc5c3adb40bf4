//! What a caller sees of a forum, and what its secretariat is about to write to.
//!
//! A write finds its subject, asks whether the caller is the secretariat, takes the forum's turn, and then reads the
//! subject anew: what was read before the turn may be old.

use std::sync::Arc;

use domain::actor::{Actor, Viewer};
use domain::ids::{AgendaItemId, ForumId, MeetingId, RecommendationId};
use domain::organisations::OrganisationKind;
use persistence::Reader;
use persistence::forum::forums::{self, StoredForum};
use persistence::forum::items::{self, StoredItem};
use persistence::forum::meetings::{self, StoredMeeting};
use persistence::forum::recommendations::{self, StoredRecommendation};

use crate::error::ApiError;
use crate::http::write::{Stop, Write};

/// A forum that the viewer sees.
pub(super) fn forum(reader: &mut Reader, viewer: &Viewer, id: ForumId) -> Result<StoredForum, ApiError> {
    forums::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// A meeting that the viewer sees.
pub(super) fn meeting(reader: &mut Reader, viewer: &Viewer, id: MeetingId) -> Result<StoredMeeting, ApiError> {
    meetings::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// An agenda item that the viewer sees.
pub(super) fn item(reader: &mut Reader, viewer: &Viewer, id: AgendaItemId) -> Result<StoredItem, ApiError> {
    items::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// A recommendation that the viewer sees.
pub(super) fn recommendation(
    reader: &mut Reader,
    viewer: &Viewer,
    id: RecommendationId,
) -> Result<StoredRecommendation, ApiError> {
    recommendations::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// Whether the viewer keeps the books of the forums of this office (F02).
pub(super) fn is_secretariat(viewer: &Viewer, county_governor: &str) -> bool {
    viewer.kind == OrganisationKind::CountyGovernor && viewer.county_governor.as_deref() == Some(county_governor)
}

/// Refuses whoever does not.
pub(super) fn require_secretariat(viewer: &Viewer, county_governor: &str) -> Result<(), ApiError> {
    if is_secretariat(viewer, county_governor) { Ok(()) } else { Err(ApiError::not_yours()) }
}

/// The caller of a write.
pub(super) fn actor<T>(write: &Write<'_, T>) -> Arc<Actor> {
    Arc::clone(&write.call().actor)
}

/// A forum that the secretariat is about to write to, its turn taken.
pub(super) fn forum_to_write<T>(write: &mut Write<'_, T>, id: ForumId) -> Result<StoredForum, Stop> {
    let actor = actor(write);
    let seen = forum(write, &actor.viewer, id)?;
    require_secretariat(&actor.viewer, &seen.forum.county_governor)?;
    forums::take_turn(write, id)?;
    Ok(forum(write, &actor.viewer, id)?)
}

/// A meeting that the secretariat is about to write to, its forum's turn taken.
pub(super) fn meeting_to_write<T>(write: &mut Write<'_, T>, id: MeetingId) -> Result<StoredMeeting, Stop> {
    let actor = actor(write);
    let seen = meeting(write, &actor.viewer, id)?;
    require_secretariat(&actor.viewer, &seen.meeting.county_governor)?;
    forums::take_turn(write, seen.meeting.forum)?;
    Ok(meeting(write, &actor.viewer, id)?)
}

/// An item that the secretariat is about to write to, with its meeting, their forum's turn taken.
pub(super) fn item_to_write<T>(
    write: &mut Write<'_, T>,
    id: AgendaItemId,
) -> Result<(StoredItem, StoredMeeting), Stop> {
    let actor = actor(write);
    let seen = item(write, &actor.viewer, id)?;
    require_secretariat(&actor.viewer, &seen.item.county_governor)?;
    item_in_turn(write, &actor.viewer, &seen)
}

/// An item that is there, with its meeting, as they are once their forum's turn is taken.
pub(super) fn item_in_turn<T>(
    write: &mut Write<'_, T>,
    viewer: &Viewer,
    seen: &StoredItem,
) -> Result<(StoredItem, StoredMeeting), Stop> {
    forums::take_turn(write, seen.item.forum)?;
    let now = item(write, viewer, seen.item.id)?;
    let meeting = meeting(write, viewer, now.item.meeting)?;
    Ok((now, meeting))
}

/// A recommendation that the secretariat is about to write to, its forum's turn taken.
pub(super) fn recommendation_to_write<T>(
    write: &mut Write<'_, T>,
    id: RecommendationId,
) -> Result<StoredRecommendation, Stop> {
    let actor = actor(write);
    let seen = recommendation(write, &actor.viewer, id)?;
    require_secretariat(&actor.viewer, &seen.recommendation.county_governor)?;
    forums::take_turn(write, seen.recommendation.forum)?;
    Ok(recommendation(write, &actor.viewer, id)?)
}
