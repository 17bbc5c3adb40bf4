//! An upload in one call, against `psql \copy` of the very same rows into a table with a row for each.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, ensure};
use persistence::Engine;
use tokio::process::Command;

use super::place::{Expected, Place};
use super::{ROUNDS, ROWS};
use crate::database::Database;
use crate::figures::median;

/// How fast the rows are in as a share of `\copy`, how fast the same rows are found to be there already, and the
/// server's peak memory in megabytes.
pub(in crate::figures) async fn measure() -> anyhow::Result<Vec<f64>> {
    let place = Place::new(Engine::Postgres, 1, ROWS).await?.with_rows()?;
    let csv = place.csv(place.sender(), ROWS);
    let (mut new, mut unchanged) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        place.empty()?;
        let created = place.upload(place.sender(), "2026", &csv, Expected::Created).await?;
        let same = place.upload(place.sender(), "2026", &csv, Expected::Unchanged).await?;
        place.dump()?;
        write_out(&place.database).await?;
        place.empty_rows()?;
        let copied = copy(&place.database).await?;
        eprintln!("{ROWS} rows: new in {created:.2} s, the same in {same:.2} s, copied in {copied:.2} s");
        new.push(copied / created);
        unchanged.push(copied / same);
    }
    Ok(vec![median(new), median(unchanged), place.peak_megabytes()?])
}

fn file(database: &Database) -> PathBuf {
    database.folder().join("responses.csv")
}

async fn write_out(database: &Database) -> anyhow::Result<()> {
    let command =
        format!(r"\copy (SELECT * FROM dumped ORDER BY id) TO '{}' WITH (FORMAT csv)", shown(&file(database)));
    psql(database, &command).await.map(drop)
}

/// Seconds that `\copy` of the same rows takes.
async fn copy(database: &Database) -> anyhow::Result<f64> {
    psql(database, &format!(r"\copy response_rows FROM '{}' WITH (FORMAT csv)", shown(&file(database)))).await
}

async fn psql(database: &Database, command: &str) -> anyhow::Result<f64> {
    let started = Instant::now();
    let mut psql = Command::new("psql");
    psql.args(["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command", command]).arg(&database.url);
    let status = psql.status().await.context("psql is missing; it comes with PostgreSQL's client programs")?;
    ensure!(status.success(), "psql refused {command}");
    Ok(started.elapsed().as_secs_f64())
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
