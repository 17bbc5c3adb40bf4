//! Reading the rows of a spool, in their order or single ones.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::os::unix::fs::FileExt;

use domain::kartlegging::{Column, FaultCode, RowFault};

use super::super::print::Print;
use super::{Cells, SpooledRow, Verdict};

/// Reads a file from a place of its own, so that several readers do not move each other.
struct At<'a> {
    file: &'a File,
    offset: u64,
}

impl Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read_at(buffer, self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}

impl Seek for At<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let moved = match to {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::Current(by) => self.offset.checked_add_signed(by),
            SeekFrom::End(by) => self.file.metadata()?.len().checked_add_signed(by),
        };
        self.offset = moved.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.offset)
    }
}

/// The rows of a spool, one after the other.
pub struct SpoolReader<'a> {
    file: BufReader<At<'a>>,
    left: u64,
}

impl<'a> SpoolReader<'a> {
    pub(super) fn new(file: &'a File, buffer: usize, rows: u64) -> Self {
        Self { file: BufReader::with_capacity(buffer, At { file, offset: 0 }), left: rows }
    }

    /// Goes on from here.
    pub(super) fn go_to(&mut self, offset: u64) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(offset)).map(drop)
    }

    /// The row that begins here, see [`SpooledRow::offset`]. Rows that follow each other are read fastest.
    pub(in super::super) fn row_at(&mut self, offset: u64) -> io::Result<SpooledRow> {
        let now = self.file.stream_position()?;
        self.file.seek_relative(offset.cast_signed() - now.cast_signed())?;
        self.row(Cells::default())
    }

    fn bytes<const N: usize>(&mut self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// The next row. Its cells take the place of others that are of no use any more.
    pub(in super::super) fn row(&mut self, used: Cells) -> io::Result<SpooledRow> {
        let SpooledRow { number, verdict, offset, .. } = self.head()?;
        let ends = self.ends()?;
        let mut text = used.text.into_bytes();
        text.resize(ends[Column::COUNT - 1] as usize, 0);
        self.file.read_exact(&mut text)?;
        let text = String::from_utf8(text).map_err(io::Error::other)?;
        Ok(SpooledRow { number, verdict, cells: Cells { text, ends }, offset })
    }

    /// The next row without its cells.
    pub(super) fn verdict(&mut self) -> io::Result<SpooledRow<()>> {
        let head = self.head()?;
        let length = self.ends()?[Column::COUNT - 1];
        self.file.seek_relative(length.into())?;
        Ok(head)
    }

    fn head(&mut self) -> io::Result<SpooledRow<()>> {
        let offset = self.file.stream_position()?;
        let number = u64::from_le_bytes(self.bytes()?);
        let verdict = match self.bytes::<1>()? {
            [1] => {
                let slot = u32::from_le_bytes(self.bytes()?) as usize;
                Verdict::Good { slot, print: Print::from_bytes(self.bytes()?) }
            }
            _ => Verdict::Faulty(self.faults()?),
        };
        Ok(SpooledRow { number, verdict, cells: (), offset })
    }

    fn ends(&mut self) -> io::Result<[u32; Column::COUNT]> {
        let mut ends = [0; Column::COUNT];
        for end in &mut ends {
            *end = u32::from_le_bytes(self.bytes()?);
        }
        Ok(ends)
    }

    fn faults(&mut self) -> io::Result<Vec<RowFault>> {
        let [count] = self.bytes()?;
        (0..count)
            .map(|_| {
                let [code, column] = self.bytes()?;
                let code = FaultCode::ALL.get(usize::from(code)).ok_or_else(|| io::Error::other("no such fault"))?;
                Ok(RowFault { code: *code, column: Column::ALL.get(usize::from(column)).copied() })
            })
            .collect()
    }
}

impl Iterator for SpoolReader<'_> {
    type Item = io::Result<SpooledRow>;
    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        Some(self.row(Cells::default()))
    }
}
