//! Numbers in references: given in the transaction that uses them, so there are no gaps and no doubles.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use crate::error::StoreError;
use crate::on_backend;
use crate::store::Tx;

#[derive(QueryableByName)]
struct Raised {
    #[diesel(sql_type = BigInt)]
    value: i64,
}

/// The next number of a kind (`B`, `M`, `T`), office and year, from 1. The row stays locked until the transaction
/// ends, so call it last of all, just before the audit row.
pub fn next(tx: &mut Tx, kind: &str, office: &str, year: i32) -> Result<i64, StoreError> {
    const PLACEHOLDERS: [&str; 2] = ["$1, $2, $3", "?, ?, ?"];
    let placeholders = match tx.engine() {
        crate::Engine::Postgres => PLACEHOLDERS[0],
        crate::Engine::Sqlite => PLACEHOLDERS[1],
    };
    let statement = format!(
        "INSERT INTO counters (kind, office, year, value) VALUES ({placeholders}, 1) \
         ON CONFLICT (kind, office, year) DO UPDATE SET value = counters.value + 1 RETURNING value"
    );
    let raised: Raised = on_backend!(tx.connection(), c => diesel::sql_query(statement)
        .bind::<Text, _>(kind)
        .bind::<Text, _>(office)
        .bind::<BigInt, _>(i64::from(year))
        .get_result(c)?);
    Ok(raised.value)
}

/// A reference such as `B-2026-VL-0012`: kind, year in Oslo, the office's short code, number.
pub fn next_reference(tx: &mut Tx, kind: &str, office: &str, year: i32) -> Result<String, StoreError> {
    let number = next(tx, kind, office, year)?;
    Ok(format!("{kind}-{year}-{office}-{number:04}"))
}
