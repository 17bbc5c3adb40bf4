//! Clients, and what a caller's organisation may see.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use domain::actor::{Scope, Viewer};
use domain::orgnr::OrgNr;

use crate::error::StoreError;
use crate::forum::seats;
use crate::networks;
use crate::schema::{clients, organisations};
use crate::store::{Reader, Tx};
use crate::time::to_column;

/// A client that may ask for tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its public name.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The organisation that it acts for.
    pub orgnr: OrgNr,
    /// SHA-256 of its secret, 64 hexadecimal digits; the secret has 256 random bits, so nothing slower is needed.
    pub secret_hash: String,
    /// What it may ask for.
    pub scopes: Vec<Scope>,
    /// Whether it may be used.
    pub active: bool,
}

/// The client with this id.
pub fn find_client(reader: &mut Reader, id: &str) -> Result<Option<Client>, StoreError> {
    let row: Option<(String, String, String, String, String, bool)> = clients::table
        .find(id)
        .select((clients::id, clients::name, clients::orgnr, clients::secret_hash, clients::scopes, clients::active))
        .first(reader.connection())
        .optional()?;
    row.map(|(id, name, orgnr, secret_hash, scopes, active)| {
        let scopes = scopes
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()
            .map_err(|e| StoreError::corrupt("client", e))?;
        Ok(Client { id, name, orgnr: OrgNr::from_register(orgnr), secret_hash, scopes, active })
    })
    .transpose()
}

/// Adds a client.
pub fn insert_client(tx: &mut Tx, client: &Client, at: DateTime<Utc>) -> Result<(), StoreError> {
    let scopes: Vec<&str> = client.scopes.iter().map(|scope| scope.as_str()).collect();
    diesel::insert_into(clients::table)
        .values((
            clients::id.eq(&client.id),
            clients::name.eq(&client.name),
            clients::orgnr.eq(client.orgnr.as_str()),
            clients::secret_hash.eq(&client.secret_hash),
            clients::scopes.eq(scopes.join(" ")),
            clients::active.eq(client.active),
            clients::version.eq(1),
            clients::created_at.eq(to_column(at)),
            clients::updated_at.eq(to_column(at)),
        ))
        .execute(tx.connection())?;
    Ok(())
}

/// How an organisation sees, from our own register: its kind, its county, its seats on a day. `None` where we do
/// not know it, or it takes part no longer.
pub fn find_viewer(reader: &mut Reader, orgnr: &OrgNr, today: NaiveDate) -> Result<Option<Viewer>, StoreError> {
    let row: Option<(String, Option<String>, Option<String>)> = organisations::table
        .find(orgnr.as_str())
        .filter(organisations::active.eq(true))
        .select((organisations::kind, organisations::county_number, organisations::county_governor))
        .first(reader.connection())
        .optional()?;
    row.map(|(kind, county, county_governor)| {
        let corrupt = |why: String| StoreError::corrupt("organisation", why);
        Ok(Viewer {
            orgnr: orgnr.clone(),
            kind: kind.parse().map_err(|e: domain::codes::UnknownCode| corrupt(e.to_string()))?,
            county: county
                .map(|number| number.parse())
                .transpose()
                .map_err(|e: domain::municipality::NumberError| corrupt(e.to_string()))?,
            county_governor,
            seats: seats::held_by(reader, orgnr, today)?,
            in_network: networks::is_member_of_any(reader, orgnr)?,
        })
    })
    .transpose()
}
