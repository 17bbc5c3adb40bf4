//! The summary of a county in which a million responses are stored.

use std::time::Instant;

use persistence::Engine;

use super::median;
use super::upload::{Expected, Place};
use crate::http::{Connection, Request};

const MUNICIPALITIES: usize = 10;
const ROWS_EACH: usize = 100_000;
const ROUNDS: usize = 20;
const BY: [&str; 4] = ["area", "unit_kind", "municipality", "respondent_group"];

/// Milliseconds that the slowest of the ways to sum up takes.
pub(super) async fn measure() -> anyhow::Result<Vec<f64>> {
    let place = Place::new(Engine::Postgres, MUNICIPALITIES, ROWS_EACH).await?;
    for sender in &place.register.municipalities {
        place.upload(sender, "2026", &place.csv(sender, ROWS_EACH), Expected::Created).await?;
    }
    let mut connection = Connection::open(place.server.address).await?;
    let token = place.register.governor.token(&mut connection).await?;
    let mut slowest: f64 = 0.0;
    for by in BY {
        let path = format!("/v1/kartlegging/summary?by={by}&instrument=basis-2026&county=46");
        let request = Request::get(&path).bearer(&token).to_bytes();
        let mut took = Vec::with_capacity(ROUNDS);
        for _ in 0..ROUNDS {
            let started = Instant::now();
            connection.exchange(&request).await?.expect(200)?;
            took.push(started.elapsed().as_secs_f64() * 1_000.0);
        }
        let took = median(took);
        eprintln!("summary of 1,000,000 responses by {by}: {took:.1} ms");
        slowest = slowest.max(took);
    }
    Ok(vec![slowest])
}
