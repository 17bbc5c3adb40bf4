//! A zip archive read within limits. Nothing that it says of itself is believed: bytes are counted as they come out.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

use super::Unfit;

/// Parts of a file and of all files inside it together.
pub(super) const MOST_PARTS: usize = 10_000;
/// Bytes that they have together when unpacked.
pub(super) const MOST_BYTES: u64 = 256 * 1_024 * 1_024;
/// Files inside files: a spreadsheet in a report in a presentation, and no further.
pub(super) const DEEPEST: usize = 2;
/// Bytes that a packed byte may become. Very even spreadsheets come near a hundred.
const RATIO: u64 = 200;
/// Bytes that a part may become however few it was.
const ALWAYS_ALLOWED: u64 = 4 * 1_024 * 1_024;

/// The record at the end of an archive, without comment.
const END_RECORD: usize = 22;
const END_MAGIC: &[u8] = b"PK\x05\x06";
/// What stands before it where the archive is of the kind for more than four gigabytes.
const LARGE_MAGIC: &[u8] = b"PK\x06\x07";
const LARGE_LOCATOR: usize = 20;

/// What may still come out of a file.
pub(super) struct Budget<'a> {
    parts: usize,
    bytes: u64,
    /// Where files inside it are laid while they are looked at.
    pub(super) spool_in: &'a Path,
}

impl<'a> Budget<'a> {
    /// All of it.
    pub(super) const fn whole(spool_in: &'a Path) -> Self {
        Self { parts: MOST_PARTS, bytes: MOST_BYTES, spool_in }
    }

    /// Refuses at once a part that says itself that it is too long.
    pub(super) fn has_room_for(&self, bytes: u64) -> Result<(), Unfit> {
        if bytes > self.bytes { Err(Unfit::UnpacksTooLarge { limit: MOST_BYTES }) } else { Ok(()) }
    }

    /// Takes so many parts off.
    fn take_parts(&mut self, parts: usize) -> Result<(), Unfit> {
        self.parts = self.parts.checked_sub(parts).ok_or(Unfit::TooManyParts { limit: MOST_PARTS })?;
        Ok(())
    }
}

/// Opens an archive. Its end is looked at before the library reads its table, so that the table is no longer than the
/// budget; where table and parts do not agree, programs would disagree about what is in it, so it is refused.
pub(super) fn open(mut file: File, budget: &mut Budget<'_>) -> Result<ZipArchive<BufReader<File>>, Unfit> {
    budget.take_parts(parts_said_by_end(&mut file)?)?;
    file.rewind().map_err(Unfit::own)?;
    let config = Config { archive_offset: ArchiveOffset::Known(0) };
    let mut archive = ZipArchive::with_config(config, BufReader::new(file)).map_err(|_| Unfit::Damaged)?;
    archive.validate_header_consistency().map_err(|_| Unfit::Damaged)?;
    Ok(archive)
}

/// How many parts the end record tells of. Office programs write it without comment and without the extension for
/// large archives.
fn parts_said_by_end(file: &mut File) -> Result<usize, Unfit> {
    let mut tail = [0; LARGE_LOCATOR + END_RECORD];
    let length = i64::try_from(tail.len()).unwrap_or_default();
    file.seek(SeekFrom::End(-length)).and_then(|_| file.read_exact(&mut tail)).map_err(|_| Unfit::Damaged)?;
    let (locator, end) = tail.split_at(LARGE_LOCATOR);
    if locator.starts_with(LARGE_MAGIC) || !end.starts_with(END_MAGIC) || end[20..] != [0, 0] {
        return Err(Unfit::Damaged);
    }
    Ok(usize::from(u16::from_le_bytes([end[10], end[11]])))
}

/// A part as it is unpacked, counted against the budget and against its own packed size.
pub(super) struct Unpacked<'a, 'b, R> {
    inner: R,
    pub(super) budget: &'a mut Budget<'b>,
    left: u64,
}

impl<'a, 'b, R: Read> Unpacked<'a, 'b, R> {
    /// Counts what comes out of a part that was so long.
    pub(super) fn new(inner: R, packed: u64, budget: &'a mut Budget<'b>) -> Self {
        Self { inner, budget, left: packed.saturating_mul(RATIO).saturating_add(ALWAYS_ALLOWED) }
    }
}

impl<R: Read> Read for Unpacked<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let bytes = read as u64;
        match (self.left.checked_sub(bytes), self.budget.bytes.checked_sub(bytes)) {
            (Some(left), Some(budget)) => (self.left, self.budget.bytes) = (left, budget),
            _ => return Err(io::Error::other(TooLarge)),
        }
        Ok(read)
    }
}

/// More comes out than may.
#[derive(Debug, thiserror::Error)]
#[error("it unpacks too large")]
struct TooLarge;

/// What an error of reading a part means: the budget is used up, or else the part is damaged.
pub(super) fn unfit(error: &io::Error) -> Unfit {
    match error.get_ref() {
        Some(inner) if inner.is::<TooLarge>() => Unfit::UnpacksTooLarge { limit: MOST_BYTES },
        _ => Unfit::Damaged,
    }
}
