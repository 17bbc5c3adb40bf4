//! The content of a sheet in its column: passages as JSON, compressed by zlib (ADR 0018). One from before that is plain.

use std::io::{self, Read, Write};

use flate2::Compression;
use flate2::bufread::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::sheets::Passage;
use crate::codec::to_document;
use crate::error::StoreError;

/// What stands on a sheet, as JSON.
#[derive(Debug)]
pub(super) struct Content(String);

/// No compressed content begins like this.
const BEGIN_OF_PLAIN: &[u8] = b"[";

/// How much longer than its compressed form a content often is.
const USUAL_RATIO: usize = 5;

impl TryFrom<Vec<u8>> for Content {
    type Error = io::Error;

    fn try_from(column: Vec<u8>) -> Result<Self, io::Error> {
        if column.starts_with(BEGIN_OF_PLAIN) {
            return String::from_utf8(column).map(Self).map_err(io::Error::other);
        }
        let mut json = String::with_capacity(USUAL_RATIO * column.len());
        ZlibDecoder::new(column.as_slice()).read_to_string(&mut json)?;
        Ok(Self(json))
    }
}

impl Content {
    /// The JSON itself.
    pub(super) fn json(&self) -> &str {
        &self.0
    }

    /// The passages.
    pub(super) fn passages(&self) -> Result<Vec<Passage<'_>>, StoreError> {
        serde_json::from_str(&self.0).map_err(|why| StoreError::corrupt("sheet", why))
    }
}

/// Compresses one content after the other, in the same memory.
pub(super) struct Compressor(ZlibEncoder<Vec<u8>>);

impl Default for Compressor {
    fn default() -> Self {
        Self(ZlibEncoder::new(Vec::new(), Compression::fast()))
    }
}

impl Compressor {
    /// Passages as they go into a column.
    pub(super) fn compress(&mut self, passages: &[Passage<'_>]) -> Result<Vec<u8>, StoreError> {
        let json = to_document("sheet", &passages)?;
        self.0.write_all(json.as_bytes()).map_err(StoreError::Spool)?;
        self.0.reset(Vec::new()).map_err(StoreError::Spool)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const JSON: &str = r#"[{"sender":"310279617","batch":"0190b5a0-0000-7000-8000-000000000000","version":1,"created_at":"2026-11-22T13:00:00.000001Z","updated_at":"2026-11-22T13:00:00.000001Z","responses":[[1,"vision","leaders",25,40,12,null],[2,"vision","all",25,40,12,"støtte"]]}]"#;

    #[test]
    fn a_content_is_what_the_documentation_says_compressed_or_plain() {
        let plain = Content::try_from(JSON.as_bytes().to_vec()).unwrap();
        let passages = plain.passages().unwrap();
        assert_eq!(passages[0].responses[1].comment.as_deref(), Some("støtte"));
        let mut compressor = Compressor::default();
        for passages in [passages.as_slice(), &[], passages.as_slice()] {
            let column = compressor.compress(passages).unwrap();
            let content = Content::try_from(column).unwrap();
            assert_eq!(content.passages().unwrap(), passages);
            assert_eq!(content.json(), if passages.is_empty() { "[]" } else { JSON });
        }
    }

    #[test]
    fn a_column_that_was_damaged_is_no_content() {
        let plain = Content::try_from(JSON.as_bytes().to_vec()).unwrap();
        let mut column = Compressor::default().compress(&plain.passages().unwrap()).unwrap();
        column.pop();
        Content::try_from(column.clone()).unwrap_err();
        Content::try_from(Vec::new()).unwrap_err();
        column[20] ^= 1;
        Content::try_from(column).unwrap_err();
    }
}
