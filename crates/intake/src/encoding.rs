//! Telling UTF-8 from what spreadsheets save instead.

use domain::kartlegging::FaultCode;

use crate::failure::Failure;

/// Reads rows as text and remembers whether any of them was proof that the file is UTF-8.
#[derive(Debug, Default)]
pub(crate) struct Encoding {
    proven_utf8: bool,
}

impl Encoding {
    /// A row as text. Where it is not UTF-8 and nothing before was proof that the file is, Norwegian letters as
    /// Windows-1252 writes them mean that all of the file is written so: a failure of the file. Otherwise it is a
    /// fault of the row.
    pub(crate) fn read<'a>(&mut self, bytes: &'a [u8], row: u64) -> Result<Result<&'a str, FaultCode>, Failure> {
        match std::str::from_utf8(bytes) {
            Ok(text) => {
                self.proven_utf8 |= !text.is_ascii();
                Ok(Ok(text))
            }
            Err(_) if !self.proven_utf8 && looks_like_windows_1252(bytes) => {
                Err(Failure::NotUtf8 { encoding: "Windows-1252 / ISO-8859-1 (Latin-1)", row })
            }
            Err(_) => Ok(Err(FaultCode::InvalidUtf8)),
        }
    }
}

/// Whether the first bytes of a file show that it is UTF-16, as "Unicode text" of a spreadsheet is.
pub(crate) fn looks_like_utf16(start: &[u8]) -> bool {
    start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) || start.iter().take(64).any(|b| *b == 0)
}

/// Whether every byte beyond ASCII is one that Norwegian text has in Windows-1252: æ ø å and their capitals, the
/// vowels of our names and loan words, dashes and quotation marks.
fn looks_like_windows_1252(bytes: &[u8]) -> bool {
    const LETTERS: &[u8] = &[
        0xe6, 0xf8, 0xe5, 0xc6, 0xd8, 0xc5, 0xe9, 0xe8, 0xea, 0xf3, 0xf2, 0xf4, 0xe4, 0xf6, 0xfc, 0xe0, 0xe1, 0xc9,
        0xc4, 0xd6, 0xdc, 0xc1, 0xab, 0xbb, 0x93, 0x94, 0x91, 0x92, 0x96, 0x97, 0xa0, 0x85, 0x80, 0xa7, 0xb4,
    ];
    bytes.iter().filter(|b| !b.is_ascii()).all(|b| LETTERS.contains(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn latin_1_is_recognised_by_its_letters() {
        let mut encoding = Encoding::default();
        assert_eq!(encoding.read(b"treng meir", 2).unwrap(), Ok("treng meir"));
        let failure = encoding.read(b"st\xf8tte til l\xe6rarar", 3).unwrap_err();
        assert!(matches!(failure, Failure::NotUtf8 { row: 3, .. }));
    }

    #[test]
    fn a_broken_row_of_a_utf8_file_is_that_rows_own_fault() {
        let mut encoding = Encoding::default();
        assert!(encoding.read("støtte".as_bytes(), 2).unwrap().is_ok());
        assert_eq!(encoding.read(b"st\xf8tte", 3).unwrap(), Err(FaultCode::InvalidUtf8));
    }

    #[test]
    fn bytes_that_are_no_letters_are_not_taken_for_latin_1() {
        assert_eq!(Encoding::default().read(b"abc\xff\xfe", 2).unwrap(), Err(FaultCode::InvalidUtf8));
    }

    #[test]
    fn utf_16_is_recognised_with_and_without_its_mark() {
        assert!(looks_like_utf16(&[0xff, 0xfe, b'u', 0]));
        assert!(looks_like_utf16(b"u\0n\0i\0t\0"));
        assert!(!looks_like_utf16(b"unit_orgnr,area"));
    }

    proptest! {
        #[test]
        fn reading_never_panics_and_never_changes_text(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(Ok(text)) = Encoding::default().read(&bytes, 1) {
                prop_assert_eq!(text.as_bytes(), bytes.as_slice());
            }
        }
    }
}
