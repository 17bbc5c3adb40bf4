//! What a caller sees of a network, and what it is about to write to.
//!
//! A write finds its network, takes the network's turn, and then reads it anew: what was read before the turn may be
//! old. So nobody shares a need with a network that they are just leaving, and no coordination names a need that is
//! just taken back.

use domain::actor::Viewer;
use domain::ids::{CoordinationId, NetworkId, NetworkMeetingId};
use persistence::Reader;
use persistence::networks::coordinations::{self, StoredCoordination};
use persistence::networks::meetings::{self, StoredNetworkMeeting};
use persistence::networks::{self, StoredNetwork};

use crate::error::ApiError;
use crate::http::write::Write;

/// A network that the viewer sees.
pub(super) fn network(reader: &mut Reader, viewer: &Viewer, id: NetworkId) -> Result<StoredNetwork, ApiError> {
    networks::find(reader, viewer, id)?.ok_or_else(ApiError::not_found)
}

/// A network that the caller sees and is about to write to, its turn taken.
pub(crate) fn in_turn<T>(write: &mut Write<'_, T>, id: NetworkId) -> Result<StoredNetwork, ApiError> {
    let viewer = write.call().viewer().clone();
    network(write, &viewer, id)?;
    networks::take_turn(write, id)?;
    network(write, &viewer, id)
}

/// A network that its coordinator is about to write to, its turn taken.
pub(super) fn in_coordinators_turn<T>(write: &mut Write<'_, T>, id: NetworkId) -> Result<StoredNetwork, ApiError> {
    let stored = in_turn(write, id)?;
    let is_coordinator = stored.network.is_coordinated_by(&write.call().viewer().orgnr);
    if is_coordinator { Ok(stored) } else { Err(ApiError::not_yours()) }
}

/// A coordination of a network that the caller has been found to see.
pub(super) fn coordination(
    reader: &mut Reader,
    network: NetworkId,
    id: CoordinationId,
) -> Result<StoredCoordination, ApiError> {
    coordinations::find(reader, network, id)?.ok_or_else(ApiError::not_found)
}

/// A meeting of a network that the caller has been found to see.
pub(super) fn meeting(
    reader: &mut Reader,
    network: NetworkId,
    id: NetworkMeetingId,
) -> Result<StoredNetworkMeeting, ApiError> {
    meetings::find(reader, network, id)?.ok_or_else(ApiError::not_found)
}
