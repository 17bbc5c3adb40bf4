//! The two engines behind one connection type, and what truly differs between them.

use diesel::connection::{AnsiTransactionManager, Connection, SimpleConnection, TransactionManager};
use diesel::pg::PgConnection;
use diesel::sqlite::SqliteConnection;
use diesel::{RunQueryDsl, sql_query};

pub use crate::connection::AnyConnection;
use crate::error::StoreError;

/// Which database a store runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// An embedded file.
    Sqlite,
    /// A server.
    Postgres,
}

/// Pastes one body into both arms, for what the enum cannot do: `ON CONFLICT`, batch inserts, `UNION`.
#[macro_export]
macro_rules! on_backend {
    ($connection:expr, $inner:ident => $body:expr) => {
        match $connection {
            $crate::backend::AnyConnection::Postgres($inner) => $body,
            $crate::backend::AnyConnection::Sqlite($inner) => $body,
        }
    };
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// Path of the SQLite file.
    Sqlite(String),
    /// URL of the PostgreSQL database, as libpq reads it.
    Postgres(String),
}

impl Address {
    /// Reads `sqlite:PATH` or `postgres://…`.
    pub fn parse(url: &str) -> Result<Self, StoreError> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let wants_tls = ["sslmode=require", "sslmode=verify"].iter().any(|part| url.contains(part));
            if wants_tls && !cfg!(feature = "tls") {
                return Err(StoreError::Setup(
                    "this build has no TLS to PostgreSQL: build with the feature `tls`, or leave out sslmode"
                        .to_owned(),
                ));
            }
            return Ok(Self::Postgres(url.to_owned()));
        }
        Err(StoreError::Setup("a database URL begins with sqlite: or postgres://".to_owned()))
    }

    /// The engine at this address.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// What a connection is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Reads and writes.
    Write,
    /// Reads only; SQLite holds us to it.
    Read,
}

/// How carefully SQLite syncs: production waits for the disk at every commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `synchronous=FULL`: a commit survives a power failure.
    Full,
    /// `synchronous=NORMAL`: the last commits may be lost with the power, not with the process.
    Normal,
}

/// Opens a connection. The concrete type is connected, because the enum hides the engine's real message.
pub fn connect(address: &Address, purpose: Purpose, durability: Durability) -> Result<AnyConnection, StoreError> {
    let unreachable = |error: diesel::ConnectionError| StoreError::Unavailable(error.to_string());
    match address {
        Address::Sqlite(path) => {
            let mut connection = SqliteConnection::establish(path).map_err(unreachable)?;
            connection.batch_execute(&sqlite_pragmas(purpose, durability))?;
            Ok(AnyConnection::Sqlite(connection))
        }
        Address::Postgres(url) => {
            let mut connection = PgConnection::establish(url).map_err(unreachable)?;
            connection.batch_execute(
                "SET TIME ZONE 'UTC'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'",
            )?;
            Ok(AnyConnection::Postgres(connection))
        }
    }
}

fn sqlite_pragmas(purpose: Purpose, durability: Durability) -> String {
    let synchronous = match durability {
        Durability::Full => "FULL",
        Durability::Normal => "NORMAL",
    };
    let read_only = match purpose {
        Purpose::Read => "PRAGMA query_only = ON;",
        Purpose::Write => "",
    };
    format!(
        "PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY; {read_only}"
    )
}

/// Which kind of transaction to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// A write: SQLite takes its one write lock at once, so that no read is promoted in the middle.
    Write,
    /// A write of much. Its commit leaves the log of SQLite as it is (ADR 0019); `checkpoint` it afterwards, on another
    /// connection, so that the next writer does not wait for that.
    LargeWrite,
    /// A read of several statements that must agree.
    Snapshot,
}

/// Opens a transaction, so that diesel's transaction manager knows of it.
pub fn begin(connection: &mut AnyConnection, kind: Begin) -> Result<(), StoreError> {
    match connection {
        AnyConnection::Postgres(c) => {
            let sql = match kind {
                Begin::Write | Begin::LargeWrite => "BEGIN",
                Begin::Snapshot => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            };
            AnsiTransactionManager::begin_transaction_sql(c, sql)?;
        }
        AnyConnection::Sqlite(c) => {
            let sql = match kind {
                Begin::Write => "PRAGMA wal_autocheckpoint = 1000; BEGIN IMMEDIATE",
                Begin::LargeWrite => "PRAGMA wal_autocheckpoint = 0; BEGIN IMMEDIATE",
                Begin::Snapshot => "BEGIN",
            };
            AnsiTransactionManager::begin_transaction_sql(c, sql)?;
        }
    }
    Ok(())
}

/// Moves what is in SQLite's log into the database, as far as readers let it, without waiting for anybody.
pub(crate) fn checkpoint(connection: &mut AnyConnection) -> Result<(), StoreError> {
    if let AnyConnection::Sqlite(c) = connection {
        c.batch_execute("PRAGMA wal_checkpoint(PASSIVE)")?;
    }
    Ok(())
}

type Manager = <AnyConnection as Connection>::TransactionManager;

/// Ends a transaction for good.
pub fn commit(connection: &mut AnyConnection) -> Result<(), StoreError> {
    Ok(Manager::commit_transaction(connection)?)
}

/// Takes a transaction back.
pub fn rollback(connection: &mut AnyConnection) -> Result<(), StoreError> {
    Ok(Manager::rollback_transaction(connection)?)
}

/// Whether the connection is at rest: no transaction open, nothing broken. A connection that is not is thrown away.
pub fn is_at_rest(connection: &mut AnyConnection) -> bool {
    matches!(Manager::transaction_manager_status_mut(connection).transaction_depth(), Ok(None))
}

/// Takes a lock that dies with the transaction, without waiting. SQLite has one writer at a time, so there the
/// lock is always free.
pub fn try_transaction_lock(connection: &mut AnyConnection, key: i64) -> Result<bool, StoreError> {
    #[derive(diesel::QueryableByName)]
    struct Taken {
        #[diesel(sql_type = diesel::sql_types::Bool)]
        taken: bool,
    }
    match connection {
        AnyConnection::Sqlite(_) => Ok(true),
        AnyConnection::Postgres(c) => {
            let row: Taken = sql_query("SELECT pg_try_advisory_xact_lock($1) AS taken")
                .bind::<diesel::sql_types::BigInt, _>(key)
                .get_result(c)?;
            Ok(row.taken)
        }
    }
}

/// Takes a lock that dies with the transaction, and waits for it. SQLite's one writer holds it already.
pub fn transaction_lock(connection: &mut AnyConnection, key: i64) -> Result<(), StoreError> {
    if let AnyConnection::Postgres(c) = connection {
        sql_query("SELECT pg_advisory_xact_lock($1)").bind::<diesel::sql_types::BigInt, _>(key).execute(c)?;
    }
    Ok(())
}
