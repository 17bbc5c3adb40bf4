//! The file that is uploaded: looked through once to know its parts, and read again to send them.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context;
use client::batch::digest_of;
use client::split::{Part, Parts, Rows};
use client::upload::format_of;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};

/// A part that the file has.
pub(super) struct Known {
    /// Its digest, in hexadecimal.
    pub(super) digest: String,
    /// Its rows.
    pub(super) rows: u64,
}

/// A file with rows.
pub(super) struct FileSource {
    path: PathBuf,
    /// `text/csv`, `application/x-ndjson` or `application/json`.
    pub(super) content_type: &'static str,
    gzip: bool,
    part_bytes: usize,
    /// What parts it has, in their order.
    pub(super) parts: Vec<Known>,
}

impl FileSource {
    /// Finds out what parts of about so many bytes a file has.
    pub(super) fn look_through(path: &Path, part_bytes: u32) -> anyhow::Result<Self> {
        let (content_type, gzip) = format_of(path)?;
        let part_bytes = usize::try_from(part_bytes)?;
        let mut source = Self { path: path.to_owned(), content_type, gzip, part_bytes, parts: Vec::new() };
        for part in source.read()? {
            let part = part.with_context(|| format!("{} cannot be read", path.display()))?;
            source.parts.push(Known { digest: digest_of(&part), rows: part.rows });
        }
        Ok(source)
    }

    /// Its parts, one after the other.
    pub(super) fn read(&self) -> anyhow::Result<impl Iterator<Item = std::io::Result<Part>> + use<>> {
        let unreadable = || format!("{} cannot be read", self.path.display());
        let file = BufReader::new(File::open(&self.path).with_context(unreadable)?);
        let input: Box<dyn BufRead> =
            if self.gzip { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) };
        Parts::new(input, Rows::of(self.content_type), self.part_bytes).with_context(unreadable)
    }

    /// How many rows it has.
    pub(super) fn rows(&self) -> u64 {
        self.parts.iter().map(|part| part.rows).sum()
    }

    /// The digest that its batch has once it is committed: over those of its parts.
    pub(super) fn digest(&self) -> String {
        let all = self.parts.iter().fold(Sha256::new(), |all, part| all.chain_update(&part.digest));
        hex::encode(all.finalize())
    }
}
