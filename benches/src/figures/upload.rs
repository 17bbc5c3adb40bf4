//! An upload in one call, against `psql \copy` of the very same rows into the very same table.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, ensure};
use persistence::Engine;
use tokio::process::Command;

use super::median;
use crate::database::Database;
use crate::http::{Connection, Request};
use crate::register::{Party, Register};
use crate::server::Server;

const ROUNDS: usize = 5;
const GROUPS: [&str; 5] = ["leaders", "pedagogical_staff", "assistants", "support_service", "all"];

/// How fast 100,000 rows are in as a share of `\copy`, and the server's peak memory in megabytes.
pub(super) async fn measure() -> anyhow::Result<Vec<f64>> {
    const ROWS: usize = 100_000;
    let place = Place::with_room_for(ROWS).await?;
    let csv = place.csv(ROWS);
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        place.empty()?;
        let uploaded = place.upload(&csv, ROWS).await?;
        place.dump().await?;
        place.empty()?;
        let copied = place.copy().await?;
        eprintln!("{ROWS} rows: uploaded in {uploaded:.2} s, copied in {copied:.2} s");
        ratios.push(copied / uploaded);
    }
    Ok(vec![median(ratios), place.peak_megabytes()?])
}

/// The server's peak memory in megabytes when 1,000,000 rows come in one call.
pub(super) async fn measure_million() -> anyhow::Result<Vec<f64>> {
    const ROWS: usize = 1_000_000;
    let place = Place::with_room_for(ROWS).await?;
    let took = place.upload(&place.csv(ROWS), ROWS).await?;
    eprintln!("{ROWS} rows: uploaded in {took:.2} s");
    Ok(vec![place.peak_megabytes()?])
}

/// A server, and a municipality with enough units.
struct Place {
    server: Server,
    sender: Party,
    areas: Vec<String>,
    database: Database,
}

impl Place {
    async fn with_room_for(rows: usize) -> anyhow::Result<Self> {
        let database = Database::new(Engine::Postgres)?;
        let server = Server::start(&database).await?;
        let areas = database.connect()?.texts("SELECT code AS text FROM competence_areas ORDER BY code")?;
        let units = rows.div_ceil(areas.len() * GROUPS.len());
        let register = Register::fill(&database, 1, units)?;
        let sender = register.municipalities.into_iter().next().context("one was asked for")?;
        Ok(Self { server, sender, areas, database })
    }

    /// The rows as a sender writes them; one in ten with a comment.
    fn csv(&self, rows: usize) -> Vec<u8> {
        let mut csv = String::from("unit_orgnr,area,respondent_group,current,needed,respondents,comment\n");
        let keys = self.sender.units.iter().flat_map(|unit| {
            self.areas.iter().flat_map(move |area| GROUPS.map(|group| format!("{unit},{area},{group}")))
        });
        for (n, key) in keys.take(rows).enumerate() {
            let comment = if n % 10 == 0 { "Vi trenger mer om dette" } else { "" };
            let _ = writeln!(csv, "{key},{}.5,{},{},{comment}", 1 + n % 3, 3 + n % 3, 5 + n % 40);
        }
        csv.into_bytes()
    }

    /// Seconds from sending to the answer that says that all rows are in.
    async fn upload(&self, csv: &[u8], rows: usize) -> anyhow::Result<f64> {
        let mut connection = Connection::open(self.server.address).await?;
        let token = self.sender.token(&mut connection).await?;
        let path = "/v1/kartlegging/uploads?instrument=basis-2026&period=2026";
        let request = Request::post(path, "text/csv", csv.to_vec()).bearer(&token).to_bytes();
        let started = Instant::now();
        let batch = connection.exchange(&request).await?.expect(201)?.json();
        let took = started.elapsed().as_secs_f64();
        ensure!(batch["counts"]["created"] == rows, "not all rows are in: {batch}");
        Ok(took)
    }

    /// Leaves no response in the table.
    fn empty(&self) -> anyhow::Result<()> {
        self.database.connect()?.execute("TRUNCATE responses, response_history")?;
        Ok(())
    }

    fn file(&self) -> PathBuf {
        self.database.folder().join("responses.csv")
    }

    async fn dump(&self) -> anyhow::Result<()> {
        self.psql(&format!(r"\copy responses TO '{}' WITH (FORMAT csv)", shown(&self.file()))).await.map(drop)
    }

    /// Seconds that `\copy` of the same rows takes.
    async fn copy(&self) -> anyhow::Result<f64> {
        self.psql(&format!(r"\copy responses FROM '{}' WITH (FORMAT csv)", shown(&self.file()))).await
    }

    async fn psql(&self, command: &str) -> anyhow::Result<f64> {
        let started = Instant::now();
        let mut psql = Command::new("psql");
        psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", command]).arg(&self.database.url);
        let status = psql.status().await.context("psql is missing; it comes with PostgreSQL's client programs")?;
        ensure!(status.success(), "psql refused {command}");
        Ok(started.elapsed().as_secs_f64())
    }

    fn peak_megabytes(&self) -> anyhow::Result<f64> {
        #[allow(clippy::cast_precision_loss, reason = "memory is no larger than 2^52")]
        let bytes = self.server.peak_memory()? as f64;
        Ok(bytes / 1_000_000.0)
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
