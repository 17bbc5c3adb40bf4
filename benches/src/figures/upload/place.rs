//! A server, and municipalities with units enough for so many rows.

use std::fmt::Write as _;
use std::time::Instant;

use anyhow::ensure;
use persistence::Engine;
use persistence::kartlegging::unfold;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

use crate::database::Database;
use crate::http::{Connection, Request};
use crate::register::{GROUPS, Party, Register, areas};
use crate::server::Server;

/// What is to become of every row.
#[derive(Debug, Clone, Copy)]
pub(in crate::figures) enum Expected {
    Created,
    Unchanged,
}

impl Expected {
    const fn counted_as(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Unchanged => "unchanged",
        }
    }
}

/// What the rows say is drawn from this.
const SEED: u64 = 20_261_122;

/// A server and those who send.
pub(in crate::figures) struct Place {
    pub(in crate::figures) server: Server,
    pub(in crate::figures) register: Register,
    pub(in crate::figures) database: Database,
    areas: Vec<String>,
    engine: Engine,
}

impl Place {
    /// So many municipalities, each with room for so many rows.
    pub(in crate::figures) async fn new(engine: Engine, senders: usize, rows_each: usize) -> anyhow::Result<Self> {
        let database = Database::new(engine)?;
        let server = Server::start(&database).await?;
        let areas = areas(&database)?;
        let units = rows_each.div_ceil(areas.len() * GROUPS.len());
        let register = Register::fill(&database, senders, units)?;
        Ok(Self { server, register, database, areas, engine })
    }

    /// Makes the tables that uploads are measured against.
    pub(in crate::figures) fn with_rows(self) -> anyhow::Result<Self> {
        let mut connection = self.database.connect()?;
        for statement in include_str!("rows.sql").split_inclusive(";\n") {
            let statement = match self.engine {
                Engine::Postgres => statement.to_owned(),
                Engine::Sqlite => statement.replace(" COLLATE \"C\"", ""),
            };
            connection.execute(&statement)?;
        }
        Ok(self)
    }

    /// The first of those who send.
    pub(in crate::figures) fn sender(&self) -> &Party {
        &self.register.municipalities[0]
    }

    /// The rows as a sender writes them, the same each time; one in ten with a comment.
    pub(in crate::figures) fn csv(&self, sender: &Party, rows: usize) -> Vec<u8> {
        let mut csv = String::from("unit_orgnr,area,respondent_group,current,needed,respondents,comment\n");
        let mut random = StdRng::seed_from_u64(SEED);
        for (n, key) in sender.keys(&self.areas).take(rows).enumerate() {
            let comment = if n % 10 == 0 { "Vi trenger mer om dette" } else { "" };
            let (current, needed) = (random.random_range(10..40), random.random_range(25..50));
            let respondents = random.random_range(5..45);
            let _ = writeln!(
                csv,
                "{key},{}.{},{}.{},{respondents},{comment}",
                current / 10,
                current % 10,
                needed / 10,
                needed % 10
            );
        }
        csv.into_bytes()
    }

    /// Seconds from sending to the answer that says what became of all rows.
    pub(in crate::figures) async fn upload(
        &self,
        sender: &Party,
        period: &str,
        csv: &[u8],
        expected: Expected,
    ) -> anyhow::Result<f64> {
        let mut connection = Connection::open(self.server.address).await?;
        let token = sender.token(&mut connection).await?;
        let path = format!("/v1/kartlegging/uploads?instrument=basis-2026&period={period}");
        let request = Request::post(&path, "text/csv", csv.to_vec()).bearer(&token).to_bytes();
        let started = Instant::now();
        let batch = connection.exchange(&request).await?.expect(201)?.json();
        let took = started.elapsed().as_secs_f64();
        let counts = &batch["counts"];
        ensure!(counts["received"] == counts[expected.counted_as()], "not every row is {expected:?}: {batch}");
        Ok(took)
    }

    /// Puts the responses that are there into a table `dumped`, a row for each.
    pub(in crate::figures) fn dump(&self) -> anyhow::Result<()> {
        let mut connection = self.database.connect()?;
        unfold(&mut connection)?;
        connection.execute("DROP TABLE IF EXISTS dumped")?;
        connection.execute("CREATE TABLE dumped AS SELECT * FROM responses")?;
        Ok(())
    }

    /// Leaves no response in the tables.
    pub(in crate::figures) fn empty(&self) -> anyhow::Result<()> {
        self.clear(&["replaced_passages", "sheet_senders", "response_sheets", "response_cells"])
    }

    /// Leaves no row in the tables that uploads are measured against.
    pub(in crate::figures) fn empty_rows(&self) -> anyhow::Result<()> {
        self.clear(&["row_history", "response_rows"])
    }

    fn clear(&self, tables: &[&str]) -> anyhow::Result<()> {
        let mut connection = self.database.connect()?;
        match self.engine {
            Engine::Postgres => drop(connection.execute(&format!("TRUNCATE {}", tables.join(", ")))?),
            Engine::Sqlite => {
                for table in tables {
                    connection.execute(&format!("DELETE FROM {table}"))?;
                }
            }
        }
        Ok(())
    }

    /// The most memory that the server has held, in megabytes.
    pub(in crate::figures) fn peak_megabytes(&self) -> anyhow::Result<f64> {
        #[allow(clippy::cast_precision_loss, reason = "memory is no larger than 2^52")]
        let bytes = self.server.peak_memory()? as f64;
        Ok(bytes / 1_000_000.0)
    }
}
