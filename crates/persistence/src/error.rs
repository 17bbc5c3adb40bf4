//! What can go wrong between us and the database, without HTTP.

use diesel::result::{DatabaseErrorKind, Error as DieselError};
use thiserror::Error;

/// A fault of the database or of our use of it. None of them is the caller's fault.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Every lane is busy and the queue is full; try again in a moment.
    #[error("the queue for {0} is full")]
    Busy(&'static str),
    /// The database cannot be reached; nothing is known to be done.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// Two transactions could not both be done as if one came after the other; the work may run again.
    #[error("a concurrent write got in the way: {0}")]
    Serialization(String),
    /// A unique key exists already. `constraint` names the index (PostgreSQL) or its columns (SQLite).
    #[error("the key already exists: {constraint}")]
    Duplicate {
        /// Which key.
        constraint: String,
    },
    /// The version of a row moved between reading and writing it.
    #[error("the row was changed by another write")]
    Stale,
    /// A row does not convert into its domain type: our data is broken.
    #[error("a stored {what} is corrupt: {why}")]
    Corrupt {
        /// Which kind of row.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// The work panicked; the connection was thrown away.
    #[error("the work {0} panicked")]
    Panicked(&'static str),
    /// The database was made by another mode, or an address is unusable.
    #[error("{0}")]
    Setup(String),
    /// The spool of an upload cannot be read or written.
    #[error("the spool of an upload failed: {0}")]
    Spool(std::io::Error),
    /// Anything else that the database said.
    #[error("the database refused: {0}")]
    Refused(DieselError),
}

impl StoreError {
    /// Whether the same work may succeed when it runs once more.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::Serialization(_) | Self::Stale)
    }

    /// Whether this is the breach of a unique key whose name or columns contain `part`.
    pub fn is_duplicate_of(&self, part: &str) -> bool {
        matches!(self, Self::Duplicate { constraint } if constraint.contains(part))
    }

    /// The same, or a clash where it is the breach of that unique key: two writers made the same row at once, and the
    /// second one, run again, finds the first one's.
    #[must_use]
    pub fn or_clash(self, part: &str) -> Self {
        if self.is_duplicate_of(part) { Self::Serialization(format!("{part} was written meanwhile")) } else { self }
    }

    /// A stored row that does not convert.
    pub fn corrupt(what: &'static str, why: impl ToString) -> Self {
        Self::Corrupt { what, why: why.to_string() }
    }
}

/// An error of a write's closure: our own faults must fit in, and be found again to decide on a retry.
pub trait WriteError: From<StoreError> + Send + 'static {
    /// The store's fault inside, where there is one.
    fn store_error(&self) -> Option<&StoreError>;
}

impl WriteError for StoreError {
    fn store_error(&self) -> Option<&StoreError> {
        Some(self)
    }
}

impl From<DieselError> for StoreError {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::DatabaseError(kind, info) => {
                let message = info.message().to_owned();
                match kind {
                    DatabaseErrorKind::UniqueViolation => {
                        Self::Duplicate { constraint: info.constraint_name().map_or(message, str::to_owned) }
                    }
                    DatabaseErrorKind::SerializationFailure => Self::Serialization(message),
                    DatabaseErrorKind::ClosedConnection | DatabaseErrorKind::UnableToSendCommand => {
                        Self::Unavailable(message)
                    }
                    _ => from_message(message, DieselError::DatabaseError(kind, info)),
                }
            }
            DieselError::BrokenTransactionManager => Self::Unavailable("the connection is broken".to_owned()),
            other => Self::Refused(other),
        }
    }
}

/// Faults that diesel files under "unknown" and only the message tells apart.
fn from_message(message: String, error: DieselError) -> StoreError {
    const TRANSIENT: [&str; 4] =
        ["deadlock detected", "database is locked", "could not obtain lock", "due to lock timeout"];
    const GONE: [&str; 5] = [
        "server closed the connection",
        "terminating connection",
        "no connection to the server",
        "the database system is",
        "SSL connection has been closed",
    ];
    if TRANSIENT.iter().any(|part| message.contains(part)) {
        StoreError::Serialization(message)
    } else if GONE.iter().any(|part| message.contains(part)) {
        StoreError::Unavailable(message)
    } else {
        StoreError::Refused(error)
    }
}
