//! One connection type for two engines, made by diesel's derive.

#![allow(missing_docs, reason = "the derive makes items that cannot carry documentation")]

use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;

/// A connection to either engine. Most queries run on it as it is; what it cannot do goes through `on_backend!`.
#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}
