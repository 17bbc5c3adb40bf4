//! Where rows come from: the body, unpacked and split by its format.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use domain::kartlegging::{RawRow, RowFault};
use flate2::read::MultiGzDecoder;

use crate::csv_rows::CsvRows;
use crate::digested::Digested;
use crate::encoding::looks_like_utf16;
use crate::failure::Failure;
use crate::json_rows::JsonRows;
use crate::limited::Limited;

/// The longest row, in bytes; also the longest header.
pub const ROW_BYTES: usize = 64 * 1024;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// How the rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `text/csv`, comma or semicolon.
    Csv,
    /// `application/x-ndjson`, one object per line.
    Ndjson,
    /// `application/json`, an array of objects.
    JsonArray,
}

/// Whether the input is packed.
pub enum Packed<'a> {
    /// It is not.
    No,
    /// With gzip; what it unpacks to is digested here.
    Gzip(&'a Digested),
}

/// A row as it was written.
pub struct SourceRow<'a> {
    /// Its number as a spreadsheet counts: a header is row 1, blank lines count.
    pub number: u64,
    /// Its cells, as far as they can be read.
    pub raw: RawRow<'a>,
    /// Why it cannot be read as a row, where it cannot.
    pub fault: Option<RowFault>,
}

/// Gives one row after the other, in bounded memory.
pub trait RowSource {
    /// The next row; `None` after the last.
    fn next_row(&mut self) -> Result<Option<SourceRow<'_>>, Failure>;
}

/// Opens the rows of an input of at most `limit` bytes, unpacked.
pub fn open(
    input: impl Read + 'static,
    format: Format,
    packed: Packed<'_>,
    limit: u64,
) -> Result<Box<dyn RowSource>, Failure> {
    let is_gzip = matches!(packed, Packed::Gzip(_));
    let unpacked: Box<dyn Read> = match packed {
        Packed::No => Box::new(input),
        Packed::Gzip(digested) => Box::new(digested.reading(MultiGzDecoder::new(input))),
    };
    let limited = Limited::new(unpacked, limit);
    let mut input = BufReader::with_capacity(64 * 1024, limited);
    let start = peek(&mut input)?;
    if start.starts_with(&GZIP_MAGIC) {
        return Err(if is_gzip { Failure::GzipNested } else { Failure::GzipUndeclared });
    }
    if looks_like_utf16(&start) {
        return Err(Failure::NotUtf8 { encoding: "UTF-16", row: 1 });
    }
    let start = start.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&start).to_vec();
    let input = Cursor::new(start).chain(input);
    Ok(match format {
        Format::Csv => Box::new(CsvRows::open(input)?),
        Format::Ndjson => Box::new(JsonRows::lines(input)),
        Format::JsonArray => Box::new(JsonRows::array(input)),
    })
}

/// The first bytes, taken off the input: as many as it takes to know what it is.
fn peek(input: &mut impl BufRead) -> Result<Vec<u8>, Failure> {
    let mut start = Vec::new();
    while start.len() < 64 {
        let some = input.fill_buf().map_err(Failure::from_io)?;
        if some.is_empty() {
            break;
        }
        let taken = some.len().min(64 - start.len());
        start.extend_from_slice(&some[..taken]);
        input.consume(taken);
    }
    Ok(start)
}

/// What is at hand of an input; empty at its end.
pub(crate) fn at_hand(input: &mut impl BufRead) -> Result<&[u8], Failure> {
    loop {
        match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(Failure::from_io(error)),
            Ok(_) => break,
        }
    }
    input.fill_buf().map_err(Failure::from_io)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    /// Gzip that unpacks to so many zeros, layer by layer as small as it gets.
    fn bomb(bytes: u64) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        io::copy(&mut io::repeat(b'0').take(bytes), &mut packed).unwrap();
        packed.flush().unwrap();
        packed.finish().unwrap()
    }

    #[test]
    fn a_bomb_is_stopped_at_the_limit() {
        let packed = bomb(4 * 1024 * 1024);
        assert!(packed.len() < 8 * 1024);
        let mut input = BufReader::new(Limited::new(MultiGzDecoder::new(packed.as_slice()), 1024 * 1024));
        let mut unpacked = 0;
        let failure = loop {
            match at_hand(&mut input) {
                Ok(some) => unpacked += some.len(),
                Err(failure) => break failure,
            }
            let taken = input.buffer().len();
            input.consume(taken);
        };
        assert!(matches!(failure, Failure::UnpackedTooLarge { limit: 1_048_576 }), "{failure:?}");
        assert!(unpacked <= 1024 * 1024);
    }
}
