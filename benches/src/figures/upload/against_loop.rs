//! An upload into SQLite, against a loop over one prepared statement that inserts the very same rows into a table
//! with a row for each.

use std::time::Instant;

use anyhow::{Context, ensure};
use persistence::Engine;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::place::{Expected, Place};
use super::{ROUNDS, ROWS};
use crate::database::Database;
use crate::figures::median;

/// How fast the rows are in as a share of the loop.
pub(in crate::figures) async fn measure() -> anyhow::Result<Vec<f64>> {
    let place = Place::new(Engine::Sqlite, 1, ROWS).await?.with_rows()?;
    let csv = place.csv(place.sender(), ROWS);
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        place.empty()?;
        let uploaded = place.upload(place.sender(), "2026", &csv, Expected::Created).await?;
        place.dump()?;
        let rows = stored(&place.database)?;
        place.empty_rows()?;
        let looped = insert_all(&place.database, &rows)?;
        eprintln!("{ROWS} rows on SQLite: uploaded in {uploaded:.2} s, by a loop in {looped:.2} s");
        ratios.push(looped / uploaded);
    }
    Ok(vec![median(ratios)])
}

fn connect(database: &Database) -> anyhow::Result<Connection> {
    let path = database.url.strip_prefix("sqlite:").context("not SQLite")?;
    let connection = Connection::open(path)?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    Ok(connection)
}

fn stored(database: &Database) -> anyhow::Result<Vec<Vec<Value>>> {
    let connection = connect(database)?;
    let mut select = connection.prepare("SELECT * FROM dumped ORDER BY id")?;
    let columns = select.column_count();
    let rows = select.query_map([], |row| (0..columns).map(|n| row.get(n)).collect())?;
    let rows: Vec<Vec<Value>> = rows.collect::<Result<_, _>>()?;
    ensure!(rows.len() == ROWS, "{} rows are there", rows.len());
    Ok(rows)
}

/// Seconds that it takes in one transaction.
fn insert_all(database: &Database, rows: &[Vec<Value>]) -> anyhow::Result<f64> {
    let mut connection = connect(database)?;
    let marks = vec!["?"; rows.first().map_or(0, Vec::len)].join(", ");
    let started = Instant::now();
    let transaction = connection.transaction()?;
    {
        let mut insert = transaction.prepare(&format!("INSERT INTO response_rows VALUES ({marks})"))?;
        for row in rows {
            insert.execute(params_from_iter(row))?;
        }
    }
    transaction.commit()?;
    Ok(started.elapsed().as_secs_f64())
}
