//! Why an upload is not taken in. What is wrong with single rows is no failure: it stands in the batch.

use std::io;

use crate::error::ApiError;
use crate::http::arrival::Interrupted;

/// Why an upload is not taken in.
#[derive(Debug)]
pub(super) enum Failure {
    /// It did not arrive whole.
    Interrupted(Interrupted),
    /// It cannot be read as rows.
    Unreadable(intake::Failure),
    /// More rows than allowed.
    TooManyRows {
        /// So many are allowed.
        limit: u64,
    },
    /// Our own disk or machinery.
    Own(io::Error),
}

impl From<intake::Failure> for Failure {
    fn from(failure: intake::Failure) -> Self {
        Self::Unreadable(failure)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Own(error)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Interrupted(interrupted) => interrupted.into(),
            Failure::Unreadable(failure) => unreadable(failure),
            Failure::TooManyRows { limit } => Self::new("too_many_rows").with("limit", limit),
            Failure::Own(error) => Self::internal(error),
        }
    }
}

fn unreadable(failure: intake::Failure) -> ApiError {
    use intake::Failure as F;
    match failure {
        F::BrokeOff => ApiError::new("upload_incomplete"),
        F::UnpackedTooLarge { limit } => ApiError::new("upload_unpacked_too_large").with("limit_bytes", limit),
        F::GzipBroken => ApiError::new("gzip_broken"),
        F::GzipNested => ApiError::new("gzip_nested"),
        F::GzipUndeclared => ApiError::new("gzip_undeclared"),
        F::NotUtf8 { encoding, row } => ApiError::new("not_utf8").with("encoding", encoding).with("row", row),
        F::QuoteOpen { row } => ApiError::new("csv_quote_open").with("row", row),
        F::ArrayBroken => ApiError::new("json_array_broken"),
        F::Header(faults) => ApiError::invalid(faults),
        F::NoRows => ApiError::new("upload_without_rows"),
    }
}
