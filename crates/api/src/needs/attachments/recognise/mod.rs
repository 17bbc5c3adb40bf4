//! What a file is, told by its content: never by its name, nor by what its sender declares.
//!
//! The file is on disk and read piece by piece. An office file is opened as the archive it is, within limits that hold
//! for everything inside it together; what is encrypted or can run is refused.

mod archive;
mod images;
mod office;
mod pdf;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use domain::needs::FileFormat;

use crate::error::ApiError;

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// It is nothing that is taken.
    TypeNotAllowed,
    /// Its content is not what its type promises.
    Damaged,
    /// Nobody can read it without a key.
    Encrypted,
    /// It brings programs along.
    WithMacros,
    /// It has more parts than any ordinary file.
    TooManyParts {
        /// So many are allowed.
        limit: usize,
    },
    /// It grows beyond all measure when unpacked.
    UnpacksTooLarge {
        /// So many bytes are allowed, all parts together.
        limit: u64,
    },
    /// Files inside files inside files.
    NestedTooDeep {
        /// So many levels are allowed.
        limit: usize,
    },
    /// Our own disk.
    Own(io::ErrorKind),
}

impl Unfit {
    /// Our own disk.
    fn own(error: io::Error) -> Self {
        Self::Own(error.kind())
    }
}

impl From<Unfit> for ApiError {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::TypeNotAllowed => {
                let accepted: Vec<&str> = FileFormat::ALL.iter().map(|format| format.as_str()).collect();
                Self::new("attachment_type_not_allowed").with("accepted", accepted)
            }
            Unfit::Damaged => Self::new("attachment_damaged"),
            Unfit::Encrypted => Self::new("attachment_encrypted"),
            Unfit::WithMacros => Self::new("attachment_with_macros"),
            Unfit::TooManyParts { limit } => Self::new("attachment_too_many_parts").with("limit", limit),
            Unfit::UnpacksTooLarge { limit } => Self::new("attachment_unpacks_too_large").with("limit_bytes", limit),
            Unfit::NestedTooDeep { limit } => Self::new("attachment_nested_too_deep").with("limit", limit),
            Unfit::Own(kind) => Self::internal(io::Error::from(kind)),
        }
    }
}

/// First bytes of what is looked at further.
const ZIP: &[u8] = b"PK\x03\x04";
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
const PDF: &[u8] = b"%PDF-";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// Tells what a file is, or why it is not taken. Files inside it are laid in the folder `spool_in` meanwhile. Blocks;
/// not to be called on an async thread.
pub fn recognise(mut file: File, spool_in: &Path) -> Result<FileFormat, Unfit> {
    let mut head = Vec::new();
    file.rewind().map_err(Unfit::own)?;
    file.by_ref().take(8).read_to_end(&mut head).map_err(Unfit::own)?;
    file.rewind().map_err(Unfit::own)?;
    match head.as_slice() {
        head if head.starts_with(ZIP) => office::examine(file, spool_in),
        head if head.starts_with(COMPOUND) => Err(office::of_compound(file)),
        head if head.starts_with(PDF) => pdf::examine(file),
        head if head.starts_with(PNG) => images::png(file),
        head if head.starts_with(JPEG) => images::jpeg(file),
        _ => Err(Unfit::TypeNotAllowed),
    }
}
