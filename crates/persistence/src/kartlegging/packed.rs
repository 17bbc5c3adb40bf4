//! Rows as they are kept: lines of JSON, compressed in chunks that each can be read alone, so that any later release
//! reads them and none has to hold all of them.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codec::document;
use crate::error::StoreError;

/// Most rows in one chunk: few enough to read, change and send one after the other.
const CHUNK_ROWS: usize = 5_000;
/// A chunk of rows with much in them ends earlier.
const CHUNK_BYTES: usize = 4 << 20;

/// Packs rows into chunks.
pub(super) struct Packer<Keep, Kept> {
    /// Where a chunk goes, and what is kept of it here.
    keep: Keep,
    chunks: Vec<Kept>,
    /// The lines of the chunk that is under way.
    lines: Vec<u8>,
    rows: usize,
}

impl<Kept, Keep: Fn(Vec<u8>) -> io::Result<Kept>> Packer<Keep, Kept> {
    /// Nothing packed yet.
    pub(super) fn new(keep: Keep) -> Self {
        Self { keep, chunks: Vec::new(), lines: Vec::new(), rows: 0 }
    }

    /// Takes a row.
    pub(super) fn push(&mut self, row: &impl Serialize) -> Result<(), StoreError> {
        serde_json::to_writer(&mut self.lines, row).map_err(|why| StoreError::corrupt("row", why))?;
        self.lines.push(b'\n');
        self.rows += 1;
        if self.rows == CHUNK_ROWS || self.lines.len() >= CHUNK_BYTES { self.close_chunk() } else { Ok(()) }
    }

    /// The chunks.
    pub(super) fn finish(mut self) -> Result<Vec<Kept>, StoreError> {
        self.close_chunk()?;
        Ok(self.chunks)
    }

    fn close_chunk(&mut self) -> Result<(), StoreError> {
        if self.rows > 0 {
            let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
            packed.write_all(&self.lines).map_err(StoreError::Spool)?;
            let kept = packed.finish().and_then(&self.keep).map_err(StoreError::Spool)?;
            self.chunks.push(kept);
            self.lines.clear();
            self.rows = 0;
        }
        Ok(())
    }
}

/// The rows of one chunk.
pub(super) fn unpack<T: DeserializeOwned>(what: &'static str, content: &[u8]) -> Result<Vec<T>, StoreError> {
    let mut lines = String::new();
    GzDecoder::new(content).read_to_string(&mut lines).map_err(|why| StoreError::corrupt(what, why))?;
    lines.lines().map(|line| document(what, line)).collect()
}
