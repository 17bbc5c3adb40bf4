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

/// Packs rows into chunks.
#[derive(Default)]
pub(super) struct Packer {
    chunks: Vec<Vec<u8>>,
    under_way: Option<GzEncoder<Vec<u8>>>,
    rows: usize,
}

impl Packer {
    /// Takes a row.
    pub(super) fn push(&mut self, row: &impl Serialize) -> Result<(), StoreError> {
        let lines = self.under_way.get_or_insert_with(|| GzEncoder::new(Vec::new(), Compression::fast()));
        let line = to_document("row", row)?;
        lines.write_all(line.as_bytes()).and_then(|()| lines.write_all(b"\n")).map_err(StoreError::Spool)?;
        self.rows += 1;
        if self.rows == CHUNK_ROWS { self.close_chunk() } else { Ok(()) }
    }

    /// The chunks.
    pub(super) fn finish(mut self) -> Result<Vec<Vec<u8>>, StoreError> {
        self.close_chunk()?;
        Ok(self.chunks)
    }

    fn close_chunk(&mut self) -> Result<(), StoreError> {
        if let Some(lines) = self.under_way.take() {
            self.chunks.push(lines.finish().map_err(StoreError::Spool)?);
        }
        self.rows = 0;
        Ok(())
    }
}

/// The rows of one chunk.
pub(super) fn unpack<T: DeserializeOwned>(what: &'static str, content: &[u8]) -> Result<Vec<T>, StoreError> {
    let mut lines = String::new();
    GzDecoder::new(content).read_to_string(&mut lines).map_err(|why| StoreError::corrupt(what, why))?;
    lines.lines().map(|line| document(what, line)).collect()
}
