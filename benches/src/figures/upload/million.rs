//! A million rows in one call: as little memory as for a tenth of them, and about as fast a row.

use persistence::Engine;

use super::ROWS;
use super::place::{Expected, Place};
use crate::figures::median;

const MILLION: usize = 1_000_000;

/// The server's peak memory in megabytes, and rows per second as a share of those of a tenth of the rows.
pub(in crate::figures) async fn measure() -> anyhow::Result<Vec<f64>> {
    let place = Place::new(Engine::Postgres, 1, MILLION).await?;
    let few = place.csv(place.sender(), ROWS);
    let mut seconds = Vec::new();
    for period in ["2023", "2024", "2025"] {
        seconds.push(place.upload(place.sender(), period, &few, Expected::Created).await?);
    }
    let a_tenth = median(seconds);
    let all = place.upload(place.sender(), "2026", &place.csv(place.sender(), MILLION), Expected::Created).await?;
    eprintln!("{ROWS} rows in {a_tenth:.2} s, {MILLION} in {all:.2} s");
    Ok(vec![place.peak_megabytes()?, 10.0 * a_tenth / all])
}
