//! Why an upload cannot be read. What is wrong with single rows is no failure: it stands in the batch.

use std::io;

use contract::problem::Fault;

/// Why an upload cannot be read.
#[derive(Debug)]
pub enum Failure {
    /// It ended before its end. Whoever brings the bytes knows why.
    BrokeOff,
    /// More bytes than allowed, once unpacked.
    UnpackedTooLarge {
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
}

impl Failure {
    /// As an error of reading, to be found again at the other end of the readers between.
    pub fn into_io(self) -> io::Error {
        io::Error::other(Carried(self))
    }

    /// What an error of reading means: a failure that was carried, or else broken gzip, since nothing else on the
    /// way makes errors.
    pub(crate) fn from_io(error: io::Error) -> Self {
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
