//! PDF: that it has an end, and that it is not encrypted. It is not parsed: parsers of PDF hold all of it in memory and
//! unpack what they find, which is what an upload must not make us do.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use domain::needs::FileFormat;

use super::Unfit;

/// The word that leads to the table of contents stands among these last bytes.
const TAIL: i64 = 2_048;
const START_OF_TABLE: &[u8] = b"startxref";
/// What every encrypted PDF has in a dictionary that is itself never packed: a reference to how it is encrypted.
const ENCRYPT: &[u8] = b"Encrypt";
/// Bytes read at a time.
const PIECE: usize = 64 * 1_024;
/// Bytes kept from one piece to the next, so that nothing hides on the seam.
const SEAM: usize = 64;

/// A PDF that can be opened without a key.
pub(super) fn examine(mut file: File) -> Result<FileFormat, Unfit> {
    let length = i64::try_from(file.metadata().map_err(Unfit::own)?.len()).unwrap_or(i64::MAX);
    file.seek(SeekFrom::End(-length.min(TAIL))).map_err(Unfit::own)?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).map_err(Unfit::own)?;
    if !tail.windows(START_OF_TABLE.len()).any(|word| word == START_OF_TABLE) {
        return Err(Unfit::Damaged);
    }
    file.rewind().map_err(Unfit::own)?;
    if is_encrypted(file)? { Err(Unfit::Encrypted) } else { Ok(FileFormat::Pdf) }
}

fn is_encrypted(mut file: File) -> Result<bool, Unfit> {
    let mut held: Vec<u8> = Vec::with_capacity(PIECE + SEAM);
    loop {
        let read = file.by_ref().take(PIECE as u64).read_to_end(&mut held).map_err(Unfit::own)?;
        if refers_to_encryption(&held) {
            return Ok(true);
        }
        if read == 0 {
            return Ok(false);
        }
        held.drain(..held.len().saturating_sub(SEAM));
    }
}

/// `/Encrypt 12 0 R` or `/Encrypt << … >>`, in whatever way its letters are written; `/EncryptMetadata` is another word.
fn refers_to_encryption(bytes: &[u8]) -> bool {
    let names = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| &bytes[at + 1..]);
    names.filter_map(|name| behind(ENCRYPT, name)).any(|rest| {
        let next = rest.iter().find(|byte| !matches!(byte, b' ' | b'\t' | b'\r' | b'\n' | 0x0c | 0));
        next.is_some_and(|byte| byte.is_ascii_digit() || *byte == b'<')
    })
}

/// What stands behind a word, where the name begins with it.
fn behind<'a>(word: &[u8], name: &'a [u8]) -> Option<&'a [u8]> {
    word.iter().try_fold(name, |rest, expected| {
        let (letter, rest) = first_letter(rest)?;
        (letter == *expected).then_some(rest)
    })
}

/// The first letter of a name, which may stand there by its number: `/#45ncrypt` is `/Encrypt`.
fn first_letter(name: &[u8]) -> Option<(u8, &[u8])> {
    if let [b'#', high, low, rest @ ..] = name
        && let (Some(high), Some(low)) = (hex_digit(*high), hex_digit(*low))
    {
        return Some((high * 16 + low, rest));
    }
    name.split_first().map(|(letter, rest)| (*letter, rest))
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
