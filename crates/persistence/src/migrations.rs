//! The migrations, embedded in the binary, one folder per engine with the same names.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::backend::AnyConnection;
use crate::error::StoreError;
use crate::store::Tx;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Brings the schema up to this release. Answers how many migrations ran.
pub fn run(tx: &mut Tx) -> Result<usize, StoreError> {
    let ran = match tx.connection() {
        AnyConnection::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|versions| versions.len()),
        AnyConnection::Postgres(c) => c.run_pending_migrations(POSTGRES).map(|versions| versions.len()),
    };
    ran.map_err(|error| StoreError::Setup(format!("a migration failed: {error}")))
}

/// Whether migrations are waiting.
pub fn pending(tx: &mut Tx) -> Result<bool, StoreError> {
    let pending = match tx.connection() {
        AnyConnection::Sqlite(c) => c.has_pending_migration(SQLITE),
        AnyConnection::Postgres(c) => c.has_pending_migration(POSTGRES),
    };
    pending.map_err(|error| StoreError::Setup(format!("the migrations cannot be read: {error}")))
}

/// Takes the newest migration back. For tests of the way down.
pub fn revert_last(tx: &mut Tx) -> Result<(), StoreError> {
    let reverted = match tx.connection() {
        AnyConnection::Sqlite(c) => c.revert_last_migration(SQLITE).map(drop),
        AnyConnection::Postgres(c) => c.revert_last_migration(POSTGRES).map(drop),
    };
    reverted.map_err(|error| StoreError::Setup(format!("a migration cannot be taken back: {error}")))
}

/// Takes every migration back, newest first. For tests of the way down.
pub fn revert_all(tx: &mut Tx) -> Result<(), StoreError> {
    let reverted = match tx.connection() {
        AnyConnection::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
        AnyConnection::Postgres(c) => c.revert_all_migrations(POSTGRES).map(drop),
    };
    reverted.map_err(|error| StoreError::Setup(format!("a migration cannot be taken back: {error}")))
}
