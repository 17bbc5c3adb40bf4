//! Splitting rows into parts that are sent one by one. The same rows always make the same parts, so that an upload that
//! was broken off knows by their digests which ones the server has.

use std::io::{self, BufRead};

/// How a file's rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// CSV: the header is repeated in every part, and a line break within quotation marks ends no row.
    Csv,
    /// NDJSON: a row a line.
    Ndjson,
    /// A JSON array, which is one part however long it is.
    JsonArray,
}

impl Rows {
    /// The rows of a content type.
    pub fn of(content_type: &str) -> Self {
        match content_type {
            "text/csv" => Self::Csv,
            "application/json" => Self::JsonArray,
            _ => Self::Ndjson,
        }
    }
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u32,
    /// Its rows, as they are in the file.
    pub content: Vec<u8>,
    /// How many rows that is, without the header.
    pub rows: u64,
}

/// The parts of a file, one after the other; only one of them is in memory.
pub struct Parts<R> {
    input: R,
    rows: Rows,
    bytes: usize,
    header: Vec<u8>,
    number: u32,
}

impl<R: BufRead> Parts<R> {
    /// Splits rows into parts of about so many bytes.
    pub fn new(mut input: R, rows: Rows, bytes: usize) -> io::Result<Self> {
        let mut header = Vec::new();
        if rows == Rows::Csv {
            read_row(&mut input, &mut header)?;
        }
        Ok(Self { input, rows, bytes, header, number: 0 })
    }

    fn next_part(&mut self) -> io::Result<Option<Part>> {
        let (mut content, mut rows) = (self.header.clone(), 0);
        if self.rows == Rows::JsonArray {
            self.input.read_to_end(&mut content)?;
        } else {
            while content.len() < self.bytes && read_row(&mut self.input, &mut content)? {
                rows += 1;
            }
        }
        // The first part goes also where it has no rows: the server says what is wrong with that.
        let is_over = self.number > 0 && content.len() <= self.header.len();
        self.number += 1;
        Ok((!is_over).then_some(Part { number: self.number, content, rows }))
    }
}

impl<R: BufRead> Iterator for Parts<R> {
    type Item = io::Result<Part>;
    fn next(&mut self) -> Option<io::Result<Part>> {
        self.next_part().transpose()
    }
}

/// Appends one row with its line ending; `false` where there is none left. A quotation mark that is open goes over line
/// breaks, as it does in CSV; JSON has an even number of them on every line.
fn read_row(input: &mut impl BufRead, row: &mut Vec<u8>) -> io::Result<bool> {
    let start = row.len();
    loop {
        if input.read_until(b'\n', row)? == 0 {
            break;
        }
        let is_whole = row[start..].iter().fold(true, |is_even, byte| is_even != (*byte == b'"'));
        if is_whole {
            break;
        }
    }
    if row.len() > start && row.last() != Some(&b'\n') {
        row.push(b'\n');
    }
    Ok(row.len() > start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, rows: Rows, bytes: usize) -> Vec<(u32, String, u64)> {
        let parts = Parts::new(text.as_bytes(), rows, bytes).unwrap();
        parts.map(|part| part.map(|p| (p.number, String::from_utf8(p.content).unwrap(), p.rows)).unwrap()).collect()
    }

    #[test]
    fn every_part_of_a_csv_file_has_its_header() {
        let parts = split("a,b\n1,2\n3,4\n5,6", Rows::Csv, 8);
        assert_eq!(
            parts,
            [(1, "a,b\n1,2\n".to_owned(), 1), (2, "a,b\n3,4\n".to_owned(), 1), (3, "a,b\n5,6\n".to_owned(), 1)]
        );
    }

    #[test]
    fn a_line_break_within_quotation_marks_ends_no_row() {
        let parts = split("a,b\n1,\"to\nlinjer\"\n3,4\n", Rows::Csv, 5);
        assert_eq!(parts[0], (1, "a,b\n1,\"to\nlinjer\"\n".to_owned(), 1));
        assert_eq!(parts.len(), 2);
    }

    #[test]
    fn lines_of_json_have_no_header_and_an_array_is_not_split() {
        assert_eq!(split("{}\n{}\n{}\n", Rows::Ndjson, 4).len(), 2);
        assert_eq!(split("[{},\n{}]", Rows::JsonArray, 2), [(1, "[{},\n{}]".to_owned(), 0)]);
    }

    #[test]
    fn a_file_without_rows_is_one_part_that_the_server_judges() {
        assert_eq!(split("a,b\n", Rows::Csv, 100), [(1, "a,b\n".to_owned(), 0)]);
        assert_eq!(split("", Rows::Csv, 100), [(1, String::new(), 0)]);
    }

    #[test]
    fn the_parts_together_are_the_file() {
        let lines: Vec<String> = (0..1_000).map(|n| format!("{n},\"verdi «{n}»\"\n")).collect();
        let file = lines.concat();
        let parts = split(&format!("a,b\n{file}"), Rows::Csv, 1_000);
        let joined: String = parts.iter().map(|(_, content, _)| content.strip_prefix("a,b\n").unwrap()).collect();
        assert_eq!(joined, file);
        assert_eq!(parts.iter().map(|(_, _, rows)| rows).sum::<u64>(), 1_000);
    }
}
