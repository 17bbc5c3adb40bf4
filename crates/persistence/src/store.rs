//! The store: where handlers send their reads and writes.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;
use std::time::Duration;

use diesel::RunQueryDsl;
use rand::Rng;

use crate::backend::{self, Address, AnyConnection, Begin, Durability, Engine, Purpose};
use crate::background::Place;
use crate::error::{StoreError, WriteError};
use crate::lane::{Lanes, OnTheSpot};

/// A connection for reading. Query functions that only read take this.
pub struct Reader {
    connection: AnyConnection,
    lost: bool,
}

impl Reader {
    /// The connection beneath, for queries in this crate.
    pub(crate) fn connection(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    /// Whether the server at the other end is gone.
    pub(crate) fn is_lost(&self) -> bool {
        self.lost
    }

    /// Which engine answers.
    pub fn engine(&self) -> Engine {
        match self.connection {
            AnyConnection::Postgres(_) => Engine::Postgres,
            AnyConnection::Sqlite(_) => Engine::Sqlite,
        }
    }
}

/// A connection inside a writing transaction. Query functions that write take this; it reads as a [`Reader`].
pub struct Tx(Reader);

impl Tx {
    pub(crate) fn owning(connection: AnyConnection) -> Self {
        Self(Reader { connection, lost: false })
    }

    fn note(&mut self, error: Option<&StoreError>) {
        self.0.lost |= matches!(error, Some(StoreError::Unavailable(_)));
    }
}

impl Deref for Tx {
    type Target = Reader;
    fn deref(&self) -> &Reader {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Reader {
        &mut self.0
    }
}

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// How carefully SQLite syncs.
    pub durability: Durability,
    /// Lanes for PostgreSQL, or reading lanes for SQLite.
    pub lanes: usize,
    /// Jobs that may wait per queue before the answer is "busy".
    pub waiting: usize,
}

/// The database, ready for work.
pub struct Store {
    address: Address,
    durability: Durability,
    on_the_spot: Option<OnTheSpot>,
    reads: Arc<Lanes>,
    writes: Arc<Lanes>,
    preparations: Arc<Lanes>,
    uploads: Arc<Lanes>,
    /// SQLite's, see [`Begin::LargeWrite`].
    checkpoints: Option<Lanes>,
}

/// How often a write runs before a clash is given back to the caller.
const ATTEMPTS: u32 = 8;

/// Uploads that a process works at, at a time.
pub const UPLOADS: usize = 2;

impl Store {
    /// Starts the lanes. SQLite: one writer, uploads included, some readers, two that prepare uploads, one for
    /// checkpoints, and connections that answer on the spot. PostgreSQL: lanes that do both, and two of their own for uploads.
    pub fn open(options: &StoreOptions) -> Result<Self, StoreError> {
        let address = Address::parse(&options.url)?;
        let durability = options.durability;
        let connector = |purpose| {
            let address = address.clone();
            move || backend::connect(&address, purpose, durability)
        };
        let checkpoints = (address.engine() == Engine::Sqlite)
            .then(|| Lanes::start(("checkpoint", Place::InFront), 1, 1, connector(Purpose::Write)));
        let (on_the_spot, reads, writes, preparations, uploads) = match address.engine() {
            Engine::Sqlite => {
                let on_the_spot = OnTheSpot::new(connector(Purpose::Read));
                let writer =
                    Arc::new(Lanes::start(("writer", Place::InFront), 1, options.waiting, connector(Purpose::Write)));
                let readers =
                    Lanes::start(("reader", Place::InFront), options.lanes, options.waiting, connector(Purpose::Read));
                let preparing =
                    Lanes::start(("upload", Place::Behind), UPLOADS, options.waiting, connector(Purpose::Read));
                (Some(on_the_spot), Arc::new(readers), Arc::clone(&writer), Arc::new(preparing), writer)
            }
            Engine::Postgres => {
                let lanes = Arc::new(Lanes::start(
                    ("lane", Place::InFront),
                    options.lanes,
                    options.waiting,
                    connector(Purpose::Write),
                ));
                let uploads =
                    Lanes::start(("upload", Place::Behind), UPLOADS, options.waiting, connector(Purpose::Write));
                let uploads = Arc::new(uploads);
                (None, Arc::clone(&lanes), lanes, Arc::clone(&uploads), uploads)
            }
        };
        Ok(Self { address, durability, on_the_spot, reads, writes, preparations, uploads, checkpoints })
    }

    /// The engine behind this store.
    pub fn engine(&self) -> Engine {
        self.address.engine()
    }

    /// Jobs that wait now: for reading, for writing.
    pub fn depths(&self) -> (usize, usize) {
        (self.reads.depth(), self.writes.depth())
    }

    /// A connection outside the lanes, for start and for commands that run alone.
    pub fn connect(&self) -> Result<Tx, StoreError> {
        backend::connect(&self.address, Purpose::Write, self.durability).map(Tx::owning)
    }

    /// Reads one thing by its key, without a transaction around it. SQLite, which is in this process and answers from
    /// memory, does so in the asking thread: what may take long goes by [`Store::snapshot`].
    pub async fn read<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: FnOnce(&mut Reader) -> Result<T, E> + Send + 'static,
    {
        let work = move |tx: &mut Tx| noted(tx, |tx| work(tx));
        match &self.on_the_spot {
            Some(here) => here.run(name, work),
            None => self.reads.run(name, work).await,
        }
    }

    /// Runs several reading statements that see one state of the database.
    pub async fn snapshot<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: FnOnce(&mut Reader) -> Result<T, E> + Send + 'static,
    {
        self.reads.run(name, move |tx| transaction(tx, Begin::Snapshot, |tx| work(tx))).await
    }

    /// As [`Store::snapshot`], for what may take long; it has lanes of its own, so that nobody waits for it.
    pub async fn prepare<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: FnOnce(&mut Reader) -> Result<T, E> + Send + 'static,
    {
        self.preparations.run(name, move |tx| transaction(tx, Begin::Snapshot, |tx| work(tx))).await
    }

    /// Runs a write in one transaction: all of it is there afterwards, or nothing.
    ///
    /// The work may run again after a clash with a concurrent write, so it must make no ids and read no clock;
    /// waiting between attempts happens in the caller's task, not on the lane.
    pub async fn write<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + Sync + 'static,
    {
        retried(&self.writes, Begin::Write, name, work).await
    }

    /// A write that may take long; it has lanes of its own where the engine allows, so that nobody waits for it.
    pub async fn upload<T, E, F>(&self, name: &'static str, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: WriteError,
        F: Fn(&mut Tx) -> Result<T, E> + Send + Sync + 'static,
    {
        let outcome = retried(&self.uploads, Begin::LargeWrite, name, work).await;
        if let Some(checkpoints) = &self.checkpoints {
            checkpoints.post(|tx| backend::checkpoint(tx.connection()));
        }
        outcome
    }
}

async fn retried<T, E, F>(lanes: &Lanes, kind: Begin, name: &'static str, work: F) -> Result<T, E>
where
    T: Send + 'static,
    E: WriteError,
    F: Fn(&mut Tx) -> Result<T, E> + Send + Sync + 'static,
{
    let work = Arc::new(work);
    let mut attempt = 1;
    loop {
        let again = Arc::clone(&work);
        let outcome = lanes.run(name, move |tx| transaction(tx, kind, |tx| again(tx))).await;
        match outcome {
            Err(error) if attempt < ATTEMPTS && error.store_error().is_some_and(StoreError::is_transient) => {
                log::info!("{name} clashed with a concurrent write, attempt {attempt}");
                tokio::time::sleep(pause_after(attempt)).await;
                attempt += 1;
            }
            other => return other,
        }
    }
}

/// Between a half and the whole of 5, 10, 20 … milliseconds, at most 320.
fn pause_after(attempt: u32) -> Duration {
    let most = 5_u64 << attempt.min(6);
    Duration::from_millis(rand::rng().random_range(most / 2..=most))
}

/// Runs work in a transaction on a connection that the caller owns. Used by the lanes and at start.
pub fn transaction<T, E: WriteError>(
    tx: &mut Tx,
    kind: Begin,
    work: impl FnOnce(&mut Tx) -> Result<T, E>,
) -> Result<T, E> {
    noted(tx, |tx| {
        backend::begin(tx.connection(), kind)?;
        match work(tx) {
            Ok(value) => {
                backend::commit(tx.connection())?;
                Ok(value)
            }
            Err(error) => {
                if let Err(rollback) = backend::rollback(tx.connection()) {
                    log::warn!("a rollback failed, the connection will be replaced: {rollback}");
                }
                Err(error)
            }
        }
    })
}

fn noted<T, E: WriteError>(tx: &mut Tx, work: impl FnOnce(&mut Tx) -> Result<T, E>) -> Result<T, E> {
    let outcome = work(tx);
    tx.note(outcome.as_ref().err().and_then(WriteError::store_error));
    outcome
}

/// For maintenance, and for tests of the store itself.
impl Tx {
    /// Opens a transaction that the caller ends.
    pub fn begin(&mut self, kind: Begin) -> Result<(), StoreError> {
        backend::begin(self.connection(), kind)
    }

    /// Ends a transaction that the caller opened.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        backend::commit(self.connection())
    }

    /// The rows of a query with one column, named `text`.
    pub fn texts(&mut self, sql: &str) -> Result<Vec<String>, StoreError> {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            text: String,
        }
        let rows: Vec<Row> = crate::on_backend!(self.connection(), c => diesel::sql_query(sql).load(c)?);
        Ok(rows.into_iter().map(|row| row.text).collect())
    }

    /// Runs one statement as it is written. Answers how many rows it touched.
    pub fn execute(&mut self, sql: &str) -> Result<usize, StoreError> {
        Ok(crate::on_backend!(self.connection(), c => diesel::sql_query(sql).execute(c)?))
    }
}
