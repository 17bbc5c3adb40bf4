//! Rows of networks, and their way into the domain.

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::prelude::*;
use domain::ids::NetworkId;
use domain::networks::{Member, Network};
use domain::orgnr::OrgNr;

use crate::codec::parse;
use crate::error::StoreError;
use crate::schema::networks;
use crate::time::{from_column, to_column};

/// A network with what the database keeps beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNetwork {
    /// The network.
    pub network: Network,
    /// Raised by every change of the network and of its members.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Queryable, Insertable)]
#[diesel(table_name = networks)]
pub(super) struct NetworkRow {
    pub(super) id: String,
    name: String,
    county_governor: String,
    coordinator_orgnr: String,
    version: i64,
    created_at: NaiveDateTime,
    updated_at: NaiveDateTime,
}

impl NetworkRow {
    /// A new network's row.
    pub(super) fn new(network: &Network, at: DateTime<Utc>) -> Self {
        Self {
            id: network.id.to_string(),
            name: network.name.clone(),
            county_governor: network.county_governor.clone(),
            coordinator_orgnr: network.coordinator.to_string(),
            version: 1,
            created_at: to_column(at),
            updated_at: to_column(at),
        }
    }

    /// The network of this row, with its members.
    pub(super) fn with(self, members: Vec<Member>) -> Result<StoredNetwork, StoreError> {
        let id: NetworkId = parse("network", &self.id)?;
        Ok(StoredNetwork {
            network: Network {
                id,
                name: self.name,
                county_governor: self.county_governor,
                coordinator: OrgNr::from_register(self.coordinator_orgnr),
                members,
            },
            version: self.version,
            created_at: from_column(self.created_at),
            updated_at: from_column(self.updated_at),
        })
    }
}
