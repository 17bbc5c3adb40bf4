//! A need leaves a network: taken back by its sender, deleted, or because its sender leaves. What the network has made
//! of it goes on without it.

use domain::ids::{NeedId, NetworkId};
use domain::networks::{Coordination, Network};
use domain::orgnr::OrgNr;
use persistence::StoreError;
use persistence::networks::coordinations::{self, StoredCoordination};
use persistence::networks::{self, StoredNetwork};

use super::record;
use super::seen::in_turn;
use crate::http::write::{Stop, Write};

/// Takes the turn of a network that the caller is in, and the need out of it.
pub(crate) fn withdraw_need<T>(write: &mut Write<'_, T>, network: NetworkId, need: NeedId) -> Result<(), Stop> {
    let stored = in_turn(write, network)?;
    take_out(write, &stored.network, need)
}

/// Takes a need out of a network whose turn was taken, and out of its coordinations.
pub(super) fn take_out<T>(write: &mut Write<'_, T>, network: &Network, need: NeedId) -> Result<(), Stop> {
    for before in coordinations::naming(write, network.id, need)? {
        let needs = before.coordination.needs.iter().copied().filter(|other| *other != need).collect();
        let after = Coordination { needs, ..before.coordination.clone() };
        goes_on(write, network, "need_ids", &before, after)?;
    }
    Ok(networks::unshare(write, need, network.id)?)
}

/// Leaves what a member leads without a lead; another one takes it over.
pub(super) fn lay_down_lead<T>(write: &mut Write<'_, T>, network: &Network, lead: &OrgNr) -> Result<(), Stop> {
    for before in coordinations::led_by(write, network.id, lead)? {
        let after = Coordination { lead: None, ..before.coordination.clone() };
        goes_on(write, network, "lead_orgnr", &before, after)?;
    }
    Ok(())
}

fn goes_on<T>(
    write: &mut Write<'_, T>,
    network: &Network,
    changed: &str,
    before: &StoredCoordination,
    coordination: Coordination,
) -> Result<(), Stop> {
    let now = write.call().now;
    let after = coordinations::save(write, &StoredCoordination { coordination, ..before.clone() }, now)?;
    record::coordination(write, network, ("coordination.update", "updated"), &[changed], Some(before), &after)
}

/// Takes back everything that a member has shared, and raises the versions of its needs, which show that. The
/// network's turn was taken.
pub(super) fn take_out_all_of<T>(write: &mut Write<'_, T>, stored: &StoredNetwork, member: &OrgNr) -> Result<(), Stop> {
    let now = write.call().now;
    for id in networks::shared_by(write, stored.network.id, member)? {
        let before = persistence::needs::find_whole(write, id)?;
        let before = before.ok_or_else(|| StoreError::corrupt("share", "its need is gone"))?;
        take_out(write, &stored.network, id)?;
        let shared_with = before.shared_with.iter().copied().filter(|other| *other != stored.network.id).collect();
        let after = domain::needs::Need { shared_with, ..before.clone() };
        let after = persistence::needs::save_progress(write, &after, now)?;
        crate::needs::record::unshared(write, &before, &after)?;
    }
    Ok(())
}
