//! What an upload does to everybody else: reads by id and small writes beside it, against the same on an idle server.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use persistence::Engine;
use serde_json::json;

use super::ROWS;
use super::place::{Expected, Place};
use crate::http::{Connection, Request};
use crate::load::{Measured, Wired, pace, wired};
use crate::needs;

const NEEDS: usize = 100;
const LASTING: Duration = Duration::from_secs(20);
/// Each of a few callers sends a read so often, and a write.
const READ_EVERY: Duration = Duration::from_millis(20);
const WRITE_EVERY: Duration = Duration::from_millis(100);
const CALLERS: usize = 4;

/// The 99th percentile of reads and of small writes while rows are uploaded, as a multiple of the idle server's.
pub(in crate::figures) async fn measure(engine: Engine) -> anyhow::Result<Vec<f64>> {
    let place = Place::new(engine, 2, ROWS).await?;
    let (reads, writes) = small_requests(&place).await?;
    both(&place, &reads, &writes, Duration::from_secs(2)).await?;
    let idle = both(&place, &reads, &writes, LASTING).await?;
    let over = Arc::new(AtomicBool::new(false));
    let (busy, uploads) = tokio::join!(
        async {
            let measured = both(&place, &reads, &writes, LASTING).await;
            over.store(true, Ordering::Relaxed);
            measured
        },
        upload_until(&place, &over)
    );
    let (busy, uploads) = (busy?, uploads?);
    eprintln!(
        "{engine:?}, {uploads} uploads meanwhile: a read {} (idle {}), a write {} (idle {})",
        shown(&busy.0),
        shown(&idle.0),
        shown(&busy.1),
        shown(&idle.1)
    );
    Ok(vec![busy.0.p99 / idle.0.p99, busy.1.p99 / idle.1.p99])
}

fn shown(measured: &Measured) -> String {
    format!("p50 {:.2} ms, p99 {:.2} ms", measured.p50 * 1_000.0, measured.p99 * 1_000.0)
}

async fn both(place: &Place, reads: &Wired, writes: &Wired, lasting: Duration) -> anyhow::Result<(Measured, Measured)> {
    let address = place.server.address;
    tokio::try_join!(
        pace(address, reads, CALLERS, READ_EVERY, lasting),
        pace(address, writes, CALLERS, WRITE_EVERY, lasting)
    )
}

/// Uploads rows, new and the same again, until told to stop.
async fn upload_until(place: &Place, over: &AtomicBool) -> anyhow::Result<usize> {
    let sender = &place.register.municipalities[1];
    let csv = place.csv(sender, ROWS);
    for year in 2000.. {
        for expected in [Expected::Created, Expected::Unchanged] {
            if over.load(Ordering::Relaxed) {
                return Ok((year - 2000) * 2);
            }
            place.upload(sender, &year.to_string(), &csv, expected).await?;
        }
    }
    Ok(0)
}

/// Reads of needs by their sender, and changes of their titles.
async fn small_requests(place: &Place) -> anyhow::Result<(Wired, Wired)> {
    let mut connection = Connection::open(place.server.address).await?;
    let governor = place.register.governor.token(&mut connection).await?;
    let round = needs::make(&mut connection, &governor, "/v1/rounds", &needs::round()).await?;
    let token = place.sender().token(&mut connection).await?;
    let (mut reads, mut writes) = (Vec::with_capacity(NEEDS), Vec::with_capacity(NEEDS));
    for n in 0..NEEDS {
        let title = format!("Språkmiljø for alle, {n}");
        let document = needs::document(&round, &title, place.sender(), &place.register.university);
        let path = format!("/v1/needs/{}", needs::make(&mut connection, &token, "/v1/needs", &document).await?);
        reads.push(Request::get(&path).bearer(&token));
        let change = json!({"title": format!("{title}, en gang til")});
        writes.push(Request::patch(&path, &change).header("if-match", "*").bearer(&token));
    }
    Ok((wired(reads), wired(writes)))
}
