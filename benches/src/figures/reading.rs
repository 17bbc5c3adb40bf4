//! Reading a need by id with a token, against `/healthz` of the same process.

use std::time::Duration;

use persistence::Engine;

use super::median;
use crate::database::Database;
use crate::http::{Connection, Request};
use crate::load::{self, Wired, wired};
use crate::needs;
use crate::register::Register;
use crate::server::Server;

const NEEDS_EACH: usize = 200;
const MUNICIPALITIES: usize = 5;
const WARM_UP: Duration = Duration::from_secs(1);
const ROUNDS: usize = 7;
const LASTING: Duration = Duration::from_secs(2);

/// Answers per second as a share of those of `/healthz`, and how much longer the 99th of 100 takes than the 50th.
pub(super) async fn measure(engine: Engine) -> anyhow::Result<Vec<f64>> {
    let database = Database::new(engine)?;
    let server = Server::start(&database).await?;
    let register = Register::fill(&database, MUNICIPALITIES, 4)?;
    let reads = reads(&server, &register).await?;
    let health = wired([Request::get("/healthz")]);
    for requests in [&health, &reads] {
        load::drive(server.address, requests, WARM_UP).await?;
    }
    let (mut ratios, mut tails) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let alive = load::drive(server.address, &health, LASTING).await?;
        let read = load::drive(server.address, &reads, LASTING).await?;
        eprintln!(
            "{engine:?}: /healthz {:.0}/s, a need {:.0}/s, p50 {:.2} ms, p99 {:.2} ms",
            alive.per_second,
            read.per_second,
            read.p50 * 1_000.0,
            read.p99 * 1_000.0
        );
        ratios.push(read.per_second / alive.per_second);
        tails.push(read.p99 / read.p50);
    }
    Ok(vec![median(ratios), median(tails)])
}

/// Requests for needs, each by its sender.
async fn reads(server: &Server, register: &Register) -> anyhow::Result<Wired> {
    let mut connection = Connection::open(server.address).await?;
    let governor = register.governor.token(&mut connection).await?;
    let round = needs::make(&mut connection, &governor, "/v1/rounds", &needs::round()).await?;
    let mut reads = Vec::with_capacity(MUNICIPALITIES * NEEDS_EACH);
    for sender in &register.municipalities {
        let token = sender.token(&mut connection).await?;
        for n in 0..NEEDS_EACH {
            let document = needs::document(&round, &format!("Språkmiljø for alle, {n}"), sender, &register.university);
            let id = needs::make(&mut connection, &token, "/v1/needs", &document).await?;
            reads.push(Request::get(&format!("/v1/needs/{id}")).bearer(&token));
        }
    }
    Ok(wired(reads))
}
