//! Why an upload cannot be read. What is wrong with single rows is no failure: it stands in the batch.

use std::io;

use contract::problem::Fault;

use crate::error::ApiError;
use crate::http::arrival::Interrupted;

/// Why an upload cannot be read.
#[derive(Debug)]
pub enum Failure {
    /// It did not arrive whole.
    Interrupted(Interrupted),
    /// More bytes than allowed, once unpacked.
    UnpackedTooLarge {
        /// So many are allowed.
        limit: u64,
    },
    /// More rows than allowed.
    TooManyRows {
        /// So many are allowed.
        limit: u64,
    },
    /// The gzip content is damaged.
    GzipBroken,
    /// What was unpacked is packed again.
    GzipNested,
    /// It is packed, but does not say so.
    GzipUndeclared,
    /// Not UTF-8.
    NotUtf8 {
        /// What it seems to be.
        encoding: &'static str,
        /// The row that gives it away.
        row: u64,
    },
    /// A quotation mark that is never closed, so that nobody can tell where its row ends.
    QuoteOpen {
        /// The row in which it stands.
        row: u64,
    },
    /// Not an array of JSON objects.
    ArrayBroken,
    /// The header names the wrong columns.
    Header(Vec<Fault>),
    /// There is nothing in it.
    NoRows,
    /// Our own disk or machinery.
    Own(io::Error),
}

impl Failure {
    /// As an error of reading, to be found again by [`Failure::from_io`] at the other end of the readers between.
    pub(super) fn into_io(self) -> io::Error {
        io::Error::other(Carried(self))
    }

    /// What an error of reading means: a failure that was carried, or else broken gzip, since nothing else on the
    /// way makes errors.
    pub(super) fn from_io(error: io::Error) -> Self {
        match error.downcast::<Carried>() {
            Ok(Carried(failure)) => failure,
            Err(_) => Self::GzipBroken,
        }
    }
}

#[derive(Debug)]
struct Carried(Failure);

impl std::fmt::Display for Carried {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for Carried {}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Interrupted(interrupted) => interrupted.into(),
            Failure::UnpackedTooLarge { limit } => Self::new("upload_unpacked_too_large").with("limit_bytes", limit),
            Failure::TooManyRows { limit } => Self::new("too_many_rows").with("limit", limit),
            Failure::GzipBroken => Self::new("gzip_broken"),
            Failure::GzipNested => Self::new("gzip_nested"),
            Failure::GzipUndeclared => Self::new("gzip_undeclared"),
            Failure::NotUtf8 { encoding, row } => Self::new("not_utf8").with("encoding", encoding).with("row", row),
            Failure::QuoteOpen { row } => Self::new("csv_quote_open").with("row", row),
            Failure::ArrayBroken => Self::new("json_array_broken"),
            Failure::Header(faults) => Self::invalid(faults),
            Failure::NoRows => Self::new("upload_without_rows"),
            Failure::Own(error) => Self::internal(error),
        }
    }
}
