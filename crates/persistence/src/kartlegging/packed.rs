//! Rows as they are kept: lines of JSON, compressed in chunks that each can be read alone, so that any later release
//! reads them and none has to hold all of them.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::{document, to_document};
use crate::error::StoreError;

/// Rows in one chunk: small enough to read, change and send one after the other.
const CHUNK_ROWS: usize = 5_000;

/// Packs rows into chunks and hands each full one to `store`, with its number from 0.
pub(super) struct Packer<S> {
    lines: GzEncoder<Vec<u8>>,
    rows: usize,
    number: i64,
    store: S,
}

impl<S: FnMut(i64, Vec<u8>) -> Result<(), StoreError>> Packer<S> {
    pub(super) fn new(store: S) -> Self {
        Self { lines: encoder(), rows: 0, number: 0, store }
    }

    /// Takes a row.
    pub(super) fn push(&mut self, row: &impl Serialize) -> Result<(), StoreError> {
        let line = to_document("row", row)?;
        self.lines.write_all(line.as_bytes()).and_then(|()| self.lines.write_all(b"\n")).map_err(StoreError::Spool)?;
        self.rows += 1;
        if self.rows == CHUNK_ROWS { self.hand_over() } else { Ok(()) }
    }

    /// Hands over what is left.
    pub(super) fn finish(mut self) -> Result<(), StoreError> {
        if self.rows == 0 { Ok(()) } else { self.hand_over() }
    }

    fn hand_over(&mut self) -> Result<(), StoreError> {
        let full = std::mem::replace(&mut self.lines, encoder());
        let content = full.finish().map_err(StoreError::Spool)?;
        (self.store)(self.number, content)?;
        (self.rows, self.number) = (0, self.number + 1);
        Ok(())
    }
}

fn encoder() -> GzEncoder<Vec<u8>> {
    GzEncoder::new(Vec::new(), Compression::fast())
}

/// The rows of one chunk.
pub(super) fn unpack<T: DeserializeOwned>(what: &'static str, content: &[u8]) -> Result<Vec<T>, StoreError> {
    let mut lines = String::new();
    GzDecoder::new(content).read_to_string(&mut lines).map_err(|why| StoreError::corrupt(what, why))?;
    lines.lines().map(|line| document(what, line)).collect()
}
