//! An upload in one call, against the same upload to a service on `FastAPI` and `asyncpg` (`benches/peers/fastapi`).

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use persistence::Engine;
use tokio::process::{Child, Command};

use super::place::{Expected, Place};
use super::{ROUNDS, ROWS};
use crate::figures::median;
use crate::http::{Connection, Request};

/// How often as fast as the peer rows are in, and found to be there already.
pub(in crate::figures) async fn measure() -> anyhow::Result<Vec<f64>> {
    let place = Place::new(Engine::Postgres, 1, ROWS).await?.with_rows()?;
    let peer = Peer::start(&place).await?;
    let csv = place.csv(place.sender(), ROWS);
    let (mut new, mut unchanged) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        place.empty()?;
        let ours = place.upload(place.sender(), "2026", &csv, Expected::Created).await?;
        let ours_again = place.upload(place.sender(), "2026", &csv, Expected::Unchanged).await?;
        place.empty_rows()?;
        let theirs = peer.upload(&place, &csv, "created").await?;
        let theirs_again = peer.upload(&place, &csv, "unchanged").await?;
        eprintln!(
            "{ROWS} rows: new in {ours:.2} s, by the peer in {theirs:.2} s; the same in {ours_again:.2} s, \
             by the peer in {theirs_again:.2} s"
        );
        new.push(theirs / ours);
        unchanged.push(theirs_again / ours_again);
    }
    peer.stop().await?;
    Ok(vec![median(new), median(unchanged)])
}

/// The peer as a process of its own, with two workers.
struct Peer {
    address: SocketAddr,
    process: Child,
}

impl Peer {
    /// Starts it on the place's database. The first time it installs its packages.
    async fn start(place: &Place) -> anyhow::Result<Self> {
        let address = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("peers/fastapi/serve");
        let process = Command::new(&program)
            .arg(address.port().to_string())
            .env("PEER_DATABASE_URL", &place.database.url)
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let until = Instant::now() + Duration::from_mins(5);
        while !serves(address).await {
            ensure!(Instant::now() < until, "the peer does not serve");
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        Ok(Self { address, process })
    }

    /// Asks it to end, which its workers do with it.
    async fn stop(mut self) -> anyhow::Result<()> {
        let id = self.process.id().context("the peer is gone")?;
        Command::new("kill").arg(id.to_string()).status().await?;
        self.process.wait().await?;
        Ok(())
    }

    async fn upload(&self, place: &Place, csv: &[u8], counted_as: &str) -> anyhow::Result<f64> {
        let path = format!("/uploads?instrument=basis-2026&period=2026&sender={}", place.sender().orgnr);
        let mut connection = Connection::open(self.address).await?;
        let request = Request::post(&path, "text/csv", csv.to_vec()).to_bytes();
        let started = Instant::now();
        let batch = connection.exchange(&request).await?.expect(201)?.json();
        let took = started.elapsed().as_secs_f64();
        ensure!(batch["counts"]["received"] == batch["counts"][counted_as], "not every row is {counted_as}: {batch}");
        Ok(took)
    }
}

async fn serves(address: SocketAddr) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    let health = Request::get("/health").to_bytes();
    connection.exchange(&health).await.is_ok_and(|answer| answer.status == 200)
}
