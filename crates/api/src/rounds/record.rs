//! Finding a round for its county governor, and what a change of it leaves behind.

use domain::actor::Viewer;
use domain::event::{Subject, SubjectKind};
use domain::ids::RoundId;
use domain::rounds::{RoundCommand, RoundState};
use persistence::Reader;
use persistence::rounds::{self, StoredRound};
use serde_json::Value;

use super::get::view;
use crate::error::ApiError;
use crate::http::write::{Change, Stop, Write};

/// The round, for what the county governor whose round it is does alone.
pub(super) fn own(reader: &mut Reader, viewer: &Viewer, id: RoundId) -> Result<StoredRound, ApiError> {
    let stored = rounds::find(reader, id)?.ok_or_else(ApiError::not_found)?;
    if is_own(viewer, &stored) { Ok(stored) } else { Err(ApiError::not_yours()) }
}

/// Whether the viewer is the county governor whose round it is.
pub(super) fn is_own(viewer: &Viewer, stored: &StoredRound) -> bool {
    viewer.county_governor.as_ref() == Some(&stored.round.county_governor)
}

/// Where a command leads the round now.
pub(super) fn applied(
    stored: &StoredRound,
    command: RoundCommand,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<RoundState, ApiError> {
    stored.round.state_at(now).apply(command).map_err(|error| ApiError::state(error.state))
}

/// Leaves the audit row and the event of a change of a round, or of something that hangs on it.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    round: &StoredRound,
    (action, happened): (&'static str, &'static str),
    changed: &[&str],
    (before, after): (Option<Value>, Option<Value>),
) -> Result<(), Stop> {
    let now = write.call().now;
    write.record(Change {
        subject: Subject::new(SubjectKind::Round, round.round.id.0),
        action,
        happened,
        county_governor: Some(&round.round.county_governor),
        reference: None,
        version: round.version,
        state: round.round.state_at(now).as_str(),
        changed,
        before,
        after,
    })
}

/// A round as the trail keeps it.
pub(super) fn trail(stored: &StoredRound, now: chrono::DateTime<chrono::Utc>) -> Option<Value> {
    serde_json::to_value(view(stored, now)).ok()
}
