//! The demo county: Vestland with its 43 municipalities, everybody who takes part, a forum, a round, a frame. Only in
//! demo mode. The municipalities and public bodies are named as in life; every organisation number, every unit and
//! every private owner is made up.

mod clients;
mod county;
mod forum;
mod guidance;
mod names;
mod numbers;
mod round;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::time::oslo_date;
use persistence::backend::Begin;
use persistence::store::transaction;
use persistence::{Store, StoreError, Tx};

use self::clients::DemoClients;
use self::county::County;
use self::forum::DemoForum;

/// The office whose county it is.
const COUNTY_GOVERNOR: &str = "vestland";

/// Where the demo clients and their secrets are.
pub fn clients_file(data_dir: &Path) -> PathBuf {
    data_dir.join("demo-clients.json")
}

/// Makes the county where the database is empty, and sees to it that a round is open, on whatever date.
///
/// The secrets are written to [`clients_file`] before the transaction ends, so that no database is without them.
pub fn prepare(store: &Store, data_dir: &Path, now: DateTime<Utc>) -> anyhow::Result<()> {
    let setup = |error: anyhow::Error| StoreError::Setup(format!("{error:#}"));
    let mut connection = store.connect()?;
    let is_new = persistence::organisations::is_empty(&mut connection)?;
    let county = is_new.then(county::vestland).transpose()?;
    transaction(&mut connection, Begin::Write, |tx| {
        if let Some(county) = &county {
            insert_county(tx, county, now)?;
            let forum = DemoForum::of(&county.organisations).map_err(setup)?;
            forum.insert(tx, now)?;
            let clients = DemoClients::of(&county.organisations);
            clients.insert(tx, now)?;
            guidance::insert(tx, &county.organisations, now)?;
            clients.write(&clients_file(data_dir)).map_err(setup)?;
        }
        round::keep_open(tx, oslo_date(now), now)
    })?;
    Ok(())
}

fn insert_county(tx: &mut Tx, county: &County, now: DateTime<Utc>) -> Result<(), StoreError> {
    for organisation in &county.organisations {
        persistence::organisations::insert(tx, organisation, now)?;
    }
    for unit in &county.units {
        persistence::organisations::insert_unit(tx, unit, now)?;
    }
    Ok(())
}
