//! The proof by killing: a server is killed with SIGKILL under mixed load, again and again, and started anew on the
//! same database. Afterwards nothing that it acknowledged may be missing, nothing may be half done, and nothing that
//! was retried may have happened twice.

mod caller;
mod feed;
mod ledger;
mod municipality;
mod office;
mod verify;

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use clap::Args;
use persistence::Engine;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinSet;

use self::caller::Caller;
use self::feed::Feed;
use self::ledger::Ledger;
use self::municipality::Municipality;
use self::office::Office;
use self::verify::Check;
use crate::database::Database;
use crate::register::Register;
use crate::server::Server;

/// How hard, and where.
#[derive(Debug, Args)]
pub struct Options {
    /// Kills on each engine.
    #[arg(long, default_value_t = 50)]
    kills: u32,
    /// What the load and the points of the kills are drawn from; drawn itself where left out.
    #[arg(long)]
    seed: Option<u64>,
    /// Only this engine: sqlite or postgres.
    #[arg(long, value_parser = engine)]
    engine: Option<Engine>,
}

fn engine(text: &str) -> Result<Engine, String> {
    match text {
        "sqlite" => Ok(Engine::Sqlite),
        "postgres" => Ok(Engine::Postgres),
        _ => Err("an engine is sqlite or postgres".to_owned()),
    }
}

const MUNICIPALITIES: usize = 4;
const UNITS_EACH: usize = 4;
/// A server lives for so many operations before it is killed.
const OPERATIONS: std::ops::Range<u32> = 1..50;
/// And so many milliseconds into those that are under way then.
const MORE: std::ops::Range<u64> = 0..30;
/// So long those operations may take, on any machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// Where the server is right now; it moves with every start.
type Where = watch::Receiver<SocketAddr>;

/// What everybody at work looks at.
struct Load {
    over: AtomicBool,
    /// A permit for each operation that was finished since the last kill.
    finished: Semaphore,
}

impl Load {
    fn is_over(&self) -> bool {
        self.over.load(Ordering::Relaxed)
    }

    fn note_finished(&self) {
        self.finished.add_permits(1);
    }
}

/// Kills on one engine or on both. Answers whether everything held.
#[allow(clippy::print_stdout, reason = "the report is what this command is for")]
pub async fn run(options: &Options) -> anyhow::Result<bool> {
    let seed = options.seed.unwrap_or_else(rand::random);
    println!("seed {seed}, {} kills on each engine", options.kills);
    let engines = options.engine.map_or(vec![Engine::Sqlite, Engine::Postgres], |engine| vec![engine]);
    let (mut passed, mut failed) = (0, 0);
    for engine in engines {
        for check in soak(engine, options.kills, seed).await? {
            match &check.fault {
                None => println!("{engine:?}: ok: {}", check.what),
                Some(fault) => println!("{engine:?}: FAILED: {}: {fault}", check.what),
            }
            *(if check.fault.is_none() { &mut passed } else { &mut failed }) += 1;
        }
    }
    println!("{passed} passed, {failed} failed");
    Ok(failed == 0)
}

async fn soak(engine: Engine, kills: u32, seed: u64) -> anyhow::Result<Vec<Check>> {
    let started = Instant::now();
    let database = Database::new(engine)?;
    let server = Server::start(&database).await?;
    let register = Register::fill(&database, MUNICIPALITIES, UNITS_EACH)?;
    let (moved, place) = watch::channel(server.address);
    let mut office = Office::new(Caller::new(&register.governor, &place));
    let round = office.make_round().await?;
    let load = Arc::new(Load { over: AtomicBool::new(false), finished: Semaphore::new(0) });
    let mut workers = JoinSet::new();
    for (n, party) in (1_u64..).zip(&register.municipalities) {
        let callers = (Caller::new(party, &place), Caller::new(&register.university, &place));
        let municipality = Municipality::new(callers, round.clone(), StdRng::seed_from_u64(seed.wrapping_add(n)));
        workers.spawn(municipality.work(Arc::clone(&load)));
    }
    workers.spawn(office.work(Arc::clone(&load)));
    let first = register.municipalities.first().context("there is a municipality")?;
    let feed = tokio::spawn(Feed::new(Caller::new(first, &place)).follow(Arc::clone(&load)));

    let drawn = StdRng::seed_from_u64(seed);
    let (server, killed) = kill_again_and_again((&database, server), &moved, &load, kills, drawn).await?;
    load.over.store(true, Ordering::Relaxed);
    let (mut ledger, mut surprises) = (Ledger::default(), Vec::new());
    while let Some(one) = workers.join_next().await {
        match one? {
            Ok(one) => ledger.add(one),
            Err(surprise) => surprises.push(format!("{surprise:#}")),
        }
    }
    let feed = feed.await??.finish().await?;
    let readers = Caller::of_all(&register, &place);
    let mut checks = vec![
        Check::equal(format!("{kills} kills"), &killed, &kills),
        Check::of("every answer under load was as the contract says", surprises),
    ];
    checks.extend(verify::all(&database, &ledger, &feed, readers, first).await?);
    server.kill().await?;
    report(engine, kills, &ledger, started);
    Ok(checks)
}

/// The server dies at a drawn point of its life and is started anew. Answers with the last one, alive, and how often
/// it died; less than asked for where the load came to a standstill.
async fn kill_again_and_again(
    (database, mut server): (&Database, Server),
    moved: &watch::Sender<SocketAddr>,
    load: &Load,
    kills: u32,
    mut drawn: StdRng,
) -> anyhow::Result<(Server, u32)> {
    for killed in 0..kills {
        let operations = load.finished.acquire_many(drawn.random_range(OPERATIONS));
        let Ok(operations) = tokio::time::timeout(PATIENCE, operations).await else { return Ok((server, killed)) };
        operations?.forget();
        tokio::time::sleep(Duration::from_millis(drawn.random_range(MORE))).await;
        server.kill().await?;
        server = Server::start(database).await?;
        load.finished.forget_permits(Semaphore::MAX_PERMITS);
        moved.send_replace(server.address);
    }
    Ok((server, kills))
}

#[allow(clippy::print_stdout, reason = "the report is what this command is for")]
fn report(engine: Engine, kills: u32, ledger: &Ledger, started: Instant) {
    println!(
        "{engine:?}: {kills} kills in {} s; {} writes acknowledged, {} of them retried over a kill, of which {} had \
         been done and were replayed, {} had been done and were found so",
        started.elapsed().as_secs(),
        ledger.acknowledged(),
        ledger.retried,
        ledger.replayed,
        ledger.found_done,
    );
}
