//! Load: so many connections, each sending its next request when the last one is answered.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::task::JoinSet;

use crate::http::{Connection, Request};

/// Connections at a time.
pub const CONNECTIONS: usize = 32;

/// What a load came to.
#[derive(Debug, Clone, Copy)]
pub struct Measured {
    /// Answers per second.
    pub per_second: f64,
    /// Half of the answers took no longer, in seconds.
    pub p50: f64,
    /// 99 of 100 took no longer.
    pub p99: f64,
}

/// Requests as they go over the wire.
pub type Wired = Arc<Vec<Vec<u8>>>;

/// Requests ready to be sent over and over.
pub fn wired(requests: impl IntoIterator<Item = Request>) -> Wired {
    Arc::new(requests.into_iter().map(|request| request.to_bytes()).collect())
}

/// Sends the requests over and over for a while; every answer has to be 200.
pub async fn drive(address: SocketAddr, requests: &Wired, lasting: Duration) -> anyhow::Result<Measured> {
    let mut connections = JoinSet::new();
    let started = Instant::now();
    for n in 0..CONNECTIONS {
        // Each begins elsewhere, so that they do not ask for the same at the same time.
        let first = n * requests.len() / CONNECTIONS;
        connections.spawn(drive_one(address, Arc::clone(requests), first, started + lasting));
    }
    measured(connections, started).await
}

/// Sends the requests at a steady pace over so many connections for a while; every answer has to be 200. What a request
/// waits because the one before it took long is part of its time, as it is for whoever sent it.
pub async fn pace(
    address: SocketAddr,
    requests: &Wired,
    connections: usize,
    every: Duration,
    lasting: Duration,
) -> anyhow::Result<Measured> {
    let mut callers = JoinSet::new();
    let started = Instant::now();
    for n in 0..connections {
        let (first, between) = (n * requests.len() / connections, every / u32::try_from(connections)?);
        let begin = started + between * u32::try_from(n)?;
        callers.spawn(pace_one(address, Arc::clone(requests), first, (begin, every, started + lasting)));
    }
    measured(callers, started).await
}

async fn measured(mut callers: JoinSet<anyhow::Result<Vec<f64>>>, started: Instant) -> anyhow::Result<Measured> {
    let mut took = Vec::new();
    while let Some(one) = callers.join_next().await {
        took.extend(one??);
    }
    let lasted = started.elapsed().as_secs_f64();
    took.sort_unstable_by(f64::total_cmp);
    anyhow::ensure!(!took.is_empty(), "nothing was answered");
    let at = |hundredths: usize| took[(took.len() - 1) * hundredths / 100];
    #[allow(clippy::cast_precision_loss, reason = "some millions at most")]
    let per_second = took.len() as f64 / lasted;
    Ok(Measured { per_second, p50: at(50), p99: at(99) })
}

/// How long each answer on one connection took since its time had come, in seconds.
async fn pace_one(
    address: SocketAddr,
    requests: Wired,
    first: usize,
    (begin, every, until): (Instant, Duration, Instant),
) -> anyhow::Result<Vec<f64>> {
    let mut connection = Connection::open(address).await?;
    let mut took = Vec::new();
    let mut due = begin;
    for request in requests.iter().cycle().skip(first) {
        if due >= until {
            break;
        }
        tokio::time::sleep_until(due.into()).await;
        connection.exchange(request).await?.expect(200)?;
        took.push(due.elapsed().as_secs_f64());
        due += every;
    }
    Ok(took)
}

/// How long each answer on one connection took, in seconds.
async fn drive_one(address: SocketAddr, requests: Wired, first: usize, until: Instant) -> anyhow::Result<Vec<f64>> {
    let mut connection = Connection::open(address).await?;
    let mut took = Vec::with_capacity(100_000);
    for request in requests.iter().cycle().skip(first) {
        let sent = Instant::now();
        if sent >= until {
            break;
        }
        connection.exchange(request).await?.expect(200)?;
        took.push(sent.elapsed().as_secs_f64());
    }
    Ok(took)
}
