//! From the start of the process on an existing database to the moment at which it serves.

use std::time::Instant;

use persistence::Engine;

use super::median;
use crate::database::Database;
use crate::server::Server;

const STARTS: usize = 9;

/// Milliseconds.
pub(super) async fn measure() -> anyhow::Result<Vec<f64>> {
    let database = Database::new(Engine::Sqlite)?;
    // The first start makes the database.
    Server::start(&database).await?.kill().await?;
    let mut took = Vec::with_capacity(STARTS);
    for _ in 0..STARTS {
        let started = Instant::now();
        let server = Server::start(&database).await?;
        took.push(started.elapsed().as_secs_f64() * 1_000.0);
        server.kill().await?;
    }
    Ok(vec![median(took)])
}
