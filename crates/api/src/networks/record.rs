//! What a change in a network leaves behind, and what is shown of it.

use contract::networks::{
    CoordinatedNeeds, Coordination as CoordinationView, Network as NetworkView, NetworkMeeting as MeetingView,
};
use domain::actor::Viewer;
use domain::event::{Subject, SubjectKind};
use domain::networks::Network;
use persistence::networks::StoredNetwork;
use persistence::networks::coordinations::StoredCoordination;
use persistence::networks::meetings::StoredNetworkMeeting;
use persistence::{Reader, StoreError};
use serde_json::Value;

use crate::http::write::{Change, Stop, Write};

/// What was done and what thereby happened, such as `network.create` and `created`.
pub(super) type Deed = (&'static str, &'static str);

/// A network as it is shown.
pub(super) fn network_view(stored: &StoredNetwork) -> NetworkView {
    NetworkView::of(&stored.network, stored.version, stored.created_at, stored.updated_at)
}

/// A coordination as the viewer sees it: with those of its needs that the viewer sees.
pub(super) fn coordination_view(
    reader: &mut Reader,
    viewer: &Viewer,
    stored: &StoredCoordination,
) -> Result<CoordinationView, StoreError> {
    let coordination = &stored.coordination;
    let named: Vec<_> = coordination.needs.iter().chain(&coordination.draft).map(|need| need.0).collect();
    let seen = CoordinatedNeeds(persistence::needs::visible_ids(reader, viewer, &named)?);
    Ok(whole_coordination(stored, &seen))
}

fn whole_coordination(stored: &StoredCoordination, seen: &CoordinatedNeeds) -> CoordinationView {
    CoordinationView::of(&stored.coordination, seen, stored.version, (stored.created_at, stored.updated_at))
}

/// A meeting as it is shown.
pub(super) fn meeting_view(stored: &StoredNetworkMeeting) -> MeetingView {
    MeetingView::of(&stored.meeting, stored.version, (stored.created_at, stored.updated_at))
}

/// Leaves the audit row and the event of a change of a network or of its members.
pub(super) fn network<T>(
    write: &mut Write<'_, T>,
    (action, happened): Deed,
    changed: &[&str],
    before: Option<&StoredNetwork>,
    after: &StoredNetwork,
) -> Result<(), Stop> {
    let trail = |stored: &StoredNetwork| serde_json::to_value(network_view(stored)).ok();
    write.record(Change {
        subject: Subject::new(SubjectKind::Network, after.network.id.0),
        action,
        happened,
        county_governor: Some(&after.network.county_governor),
        reference: None,
        version: after.version,
        state: "",
        changed,
        before: before.and_then(trail),
        after: trail(after),
    })
}

/// Leaves the audit row and the event of a change of a coordination.
pub(super) fn coordination<T>(
    write: &mut Write<'_, T>,
    network: &Network,
    (action, happened): Deed,
    changed: &[&str],
    before: Option<&StoredCoordination>,
    after: &StoredCoordination,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Coordination, after.coordination.id.0),
        action,
        happened,
        county_governor: Some(&network.county_governor),
        reference: None,
        version: after.version,
        state: after.coordination.state().as_str(),
        changed,
        before: before.and_then(coordination_trail),
        after: coordination_trail(after),
    })
}

/// A coordination as the trail keeps it: with all its needs.
fn coordination_trail(stored: &StoredCoordination) -> Option<Value> {
    let coordination = &stored.coordination;
    let named = coordination.needs.iter().chain(&coordination.draft).map(|need| need.0).collect();
    serde_json::to_value(whole_coordination(stored, &CoordinatedNeeds(named))).ok()
}

/// Leaves the audit row and the event of a change of a meeting or of its themes.
pub(super) fn meeting<T>(
    write: &mut Write<'_, T>,
    network: &Network,
    (action, happened): Deed,
    changed: &[&str],
    before: Option<&StoredNetworkMeeting>,
    after: &StoredNetworkMeeting,
) -> Result<(), Stop> {
    let trail = |stored: &StoredNetworkMeeting| serde_json::to_value(meeting_view(stored)).ok();
    write.record(Change {
        subject: Subject::new(SubjectKind::NetworkMeeting, after.meeting.id.0),
        action,
        happened,
        county_governor: Some(&network.county_governor),
        reference: None,
        version: after.version,
        state: "",
        changed,
        before: before.and_then(trail),
        after: trail(after),
    })
}
