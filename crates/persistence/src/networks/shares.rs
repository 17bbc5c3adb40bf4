//! Which needs are shared with which networks. Who reads a need because of it is said where needs are read.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::ids::{NeedId, NetworkId};
use domain::orgnr::OrgNr;

use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::{need_shares, needs};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// The networks with which a need is shared, by id.
pub fn networks_of(reader: &mut Reader, need: NeedId) -> Result<Vec<NetworkId>, StoreError> {
    let ids: Vec<String> = need_shares::table
        .filter(need_shares::need_id.eq(need.to_string()))
        .order(need_shares::network_id)
        .select(need_shares::network_id)
        .load(reader.connection())?;
    ids.iter().map(|id| parse("share", id)).collect()
}

/// The needs that are shared with a network, by id.
pub fn shared_with(reader: &mut Reader, network: NetworkId) -> Result<Vec<NeedId>, StoreError> {
    let ids: Vec<String> = need_shares::table
        .filter(need_shares::network_id.eq(network.to_string()))
        .order(need_shares::need_id)
        .select(need_shares::need_id)
        .load(reader.connection())?;
    ids.iter().map(|id| parse("share", id)).collect()
}

/// The needs that one sender has shared with a network, by id.
pub fn shared_by(reader: &mut Reader, network: NetworkId, sender: &OrgNr) -> Result<Vec<NeedId>, StoreError> {
    let ids: Vec<String> = need_shares::table
        .inner_join(needs::table.on(needs::id.eq(need_shares::need_id)))
        .filter(need_shares::network_id.eq(network.to_string()))
        .filter(needs::sender_orgnr.eq(sender.as_str()))
        .order(need_shares::need_id)
        .select(need_shares::need_id)
        .load(reader.connection())?;
    ids.iter().map(|id| parse("share", id)).collect()
}

/// Shares a need with a network. The network's turn was taken.
pub fn share(tx: &mut Tx, need: NeedId, network: NetworkId, at: DateTime<Utc>) -> Result<(), StoreError> {
    diesel::insert_into(need_shares::table)
        .values((
            need_shares::need_id.eq(need.to_string()),
            need_shares::network_id.eq(network.to_string()),
            need_shares::shared_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// Takes a need back from a network. The network's turn was taken, and no coordination of it names the need any more.
pub fn unshare(tx: &mut Tx, need: NeedId, network: NetworkId) -> Result<(), StoreError> {
    let row = need_shares::table.find((need.to_string(), network.to_string()));
    let gone = diesel::delete(row).execute(tx.connection())?;
    if gone == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
