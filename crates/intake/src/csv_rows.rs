//! Rows of a CSV file: comma or semicolon, quoted or not, any line ending.

use std::io::{BufRead, Chain, Cursor, Read};

use contract::problem::Fault;
use contract::spreadsheet::unguard;
use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use domain::kartlegging::{Beside, Column, FaultCode, RawRow, RowFault};

use crate::encoding::Encoding;
use crate::failure::Failure;
use crate::source::{ROW_BYTES, RowSource, SourceRow, at_hand};

/// More columns than anybody means; a row with more is told to have too many.
const MOST_COLUMNS: usize = 64;

/// What a column of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    Known(Column),
    /// Of a template or of our own result file, so that either can be sent as it is: not read.
    Ignored,
    /// Without a name, as spreadsheets leave behind: must be empty.
    Unnamed,
}

/// The rows of a CSV file, with the same two buffers for every row.
pub(crate) struct CsvRows<R> {
    input: R,
    parser: Reader,
    text: Box<[u8]>,
    ends: [usize; MOST_COLUMNS],
    headings: Vec<Heading>,
    number: u64,
    after_carriage_return: bool,
    encoding: Encoding,
}

/// One record in the buffers.
struct Record {
    bytes: usize,
    fields: usize,
    too_long: bool,
    too_many: bool,
    /// Quotation marks, those around fields included. A row that is written right has an even number.
    quotes: usize,
    /// Whether the file ended with it, without a line ending.
    at_end: bool,
}

impl Record {
    /// Whether rows were swallowed by a quotation mark that is not closed. A stray mark within a line is let be.
    fn has_open_quote(&self, text: &[u8]) -> bool {
        !self.quotes.is_multiple_of(2) && (self.at_end || text[..self.bytes].contains(&b'\n'))
    }
}

/// Input whose first line was taken off and put back.
type PutBack<R> = Chain<Cursor<Vec<u8>>, R>;

impl<R: BufRead> CsvRows<R> {
    /// Reads the header.
    pub(crate) fn open(mut input: R) -> Result<CsvRows<PutBack<R>>, Failure> {
        let line = first_line(&mut input)?;
        let delimiter = delimiter_of(&line);
        let mut rows = CsvRows {
            input: Cursor::new(line).chain(input),
            parser: ReaderBuilder::new().delimiter(delimiter).build(),
            text: vec![0; ROW_BYTES].into(),
            ends: [0; MOST_COLUMNS],
            headings: Vec::new(),
            number: 0,
            after_carriage_return: false,
            encoding: Encoding::default(),
        };
        rows.read_header()?;
        Ok(rows)
    }

    fn read_header(&mut self) -> Result<(), Failure> {
        let Some(record) = self.record()? else { return Err(Failure::NoRows) };
        if record.too_long {
            return Err(Failure::Header(vec![Fault::new("header_too_long", "")]));
        }
        if record.too_many {
            return Err(Failure::Header(vec![Fault::new("too_many_columns", "").with("limit", MOST_COLUMNS)]));
        }
        let Ok(text) = self.encoding.read(&self.text[..record.bytes], self.number)? else {
            return Err(Failure::NotUtf8 { encoding: "?", row: self.number });
        };
        let names = fields(text, &self.ends[..record.fields]).map(Option::unwrap_or_default);
        self.headings = headings(names)?;
        Ok(())
    }

    /// The next record that is no blank line. What is too long or has too many fields is read to its end.
    fn record(&mut self) -> Result<Option<Record>, Failure> {
        self.skip_blank_lines()?;
        self.number += 1;
        let mut record = Record { bytes: 0, fields: 0, too_long: false, too_many: false, quotes: 0, at_end: false };
        loop {
            let some = at_hand(&mut self.input)?;
            let text = &mut self.text[record.bytes..];
            let ends = &mut self.ends[record.fields..];
            let (result, read, written, ended) = self.parser.read_record(some, text, ends);
            if read > 0 {
                self.after_carriage_return = some[read - 1] == b'\r';
            }
            record.quotes += some[..read].iter().map(|byte| usize::from(*byte == b'"')).sum::<usize>();
            record.at_end = some.is_empty();
            self.input.consume(read);
            record.bytes += written;
            record.fields += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => (record.too_long, record.bytes) = (true, 0),
                ReadRecordResult::OutputEndsFull => (record.too_many, record.fields) = (true, 0),
                ReadRecordResult::Record if record.has_open_quote(&self.text) => {
                    return Err(Failure::QuoteOpen { row: self.number });
                }
                ReadRecordResult::Record => return Ok(Some(record)),
                ReadRecordResult::End => return Ok(None),
            }
        }
    }

    /// The parser skips blank lines without a word; a spreadsheet counts them, so we do.
    fn skip_blank_lines(&mut self) -> Result<(), Failure> {
        loop {
            match at_hand(&mut self.input)?.first() {
                Some(b'\n') if self.after_carriage_return => self.after_carriage_return = false,
                Some(b @ (b'\n' | b'\r')) => {
                    self.after_carriage_return = *b == b'\r';
                    self.number += 1;
                }
                _ => return Ok(()),
            }
            self.input.consume(1);
        }
    }
}

impl<R: BufRead> RowSource for CsvRows<R> {
    fn next_row(&mut self) -> Result<Option<SourceRow<'_>>, Failure> {
        let Some(record) = self.record()? else { return Ok(None) };
        let number = self.number;
        let mut row = SourceRow { number, raw: RawRow::default(), fault: None };
        if record.too_long {
            row.fault = Some(RowFault::of_row(FaultCode::RowTooLong));
            return Ok(Some(row));
        }
        let text = match self.encoding.read(&self.text[..record.bytes], number)? {
            Ok(text) => text,
            Err(code) => {
                row.fault = Some(RowFault::of_row(code));
                return Ok(Some(row));
            }
        };
        let fields_of_row = if record.too_many { 0 } else { record.fields };
        if fields_of_row != self.headings.len() {
            row.fault = Some(RowFault::of_row(FaultCode::FieldCount));
        }
        for (heading, field) in self.headings.iter().zip(fields(text, &self.ends[..fields_of_row])) {
            match (heading, field) {
                (Heading::Known(column), Some(field)) => row.raw.cells[*column as usize] = unguard(field),
                (Heading::Unnamed, Some("")) | (Heading::Ignored, Some(_)) => {}
                (Heading::Unnamed, Some(_)) => row.fault = Some(RowFault::of_row(FaultCode::FieldCount)),
                (_, None) => row.fault = Some(RowFault::of_row(FaultCode::InvalidUtf8)),
            }
        }
        Ok(Some(row))
    }
}

/// The fields of a record; `None` where two broken fields only look like text when read together.
fn fields<'a>(text: &'a str, ends: &'a [usize]) -> impl Iterator<Item = Option<&'a str>> {
    let starts = std::iter::once(&0).chain(ends);
    starts.zip(ends).map(|(start, end)| text.get(*start..*end))
}

/// The first line, with its ending; a header that is longer than a row may be is cut there, and told later.
fn first_line(input: &mut impl BufRead) -> Result<Vec<u8>, Failure> {
    let mut line = Vec::new();
    loop {
        let some = at_hand(input)?;
        let end = some.iter().position(|b| *b == b'\n').map_or(some.len(), |at| at + 1);
        line.extend_from_slice(&some[..end]);
        let last = some.is_empty() || line.ends_with(b"\n");
        input.consume(end);
        if last || line.len() > ROW_BYTES {
            return Ok(line);
        }
    }
}

/// Semicolon or comma: whichever the header has more of outside quotes.
fn delimiter_of(header: &[u8]) -> u8 {
    let (mut quoted, mut commas, mut semicolons) = (false, 0, 0);
    for byte in header {
        match byte {
            b'"' => quoted = !quoted,
            b',' if !quoted => commas += 1,
            b';' if !quoted => semicolons += 1,
            _ => {}
        }
    }
    if semicolons > commas { b';' } else { b',' }
}

/// What the columns are, or everything that is wrong with them.
fn headings<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<Heading>, Failure> {
    let mut faults = Vec::new();
    let mut headings = Vec::new();
    for name in names {
        let heading = match Column::from_heading(unguard(name)) {
            _ if name.trim().is_empty() => Heading::Unnamed,
            Some(column) => {
                if headings.contains(&Heading::Known(column)) {
                    faults.push(column_fault("duplicate_column", column.as_str()));
                }
                Heading::Known(column)
            }
            None if Beside::from_heading(unguard(name)).is_some() => Heading::Ignored,
            None => {
                faults.push(column_fault("unknown_column", name));
                Heading::Ignored
            }
        };
        headings.push(heading);
    }
    for column in Column::ALL.iter().filter(|column| !column.is_optional()) {
        if !headings.contains(&Heading::Known(*column)) {
            faults.push(column_fault("missing_column", column.as_str()));
        }
    }
    if faults.is_empty() { Ok(headings) } else { Err(Failure::Header(faults)) }
}

/// A heading may hold anything, so only its beginning is shown back.
fn column_fault(code: &str, name: &str) -> Fault {
    let shown: String = name.trim().chars().filter(|c| !c.is_control()).take(60).collect();
    let shown = if domain::national_id::contains_national_id(name) { "…".to_owned() } else { shown };
    let known: Vec<&str> = Column::ALL.iter().map(|column| column.as_str()).collect();
    Fault::new(code, shown.clone()).with("name", shown).with("known", known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    const HEADER: &str = "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n";

    type Seen = (u64, Option<FaultCode>, Vec<String>);

    fn read(bytes: &[u8]) -> Result<Vec<Seen>, Failure> {
        let mut rows = CsvRows::open(bytes)?;
        let mut seen = Vec::new();
        while let Some(row) = rows.next_row()? {
            let cells = row.raw.cells.iter().map(|cell| (*cell).to_owned()).collect();
            seen.push((row.number, row.fault.map(|fault| fault.code), cells));
        }
        Ok(seen)
    }

    fn rows(after_header: &str) -> Vec<Seen> {
        read(format!("{HEADER}{after_header}").as_bytes()).unwrap()
    }

    #[test]
    fn commas_and_semicolons_quotes_and_line_endings_are_the_same() {
        let expected = rows("1,a,all,2,3,4,\"x, y\"\n5,b,all,1,1,1,\n");
        let semicolons = HEADER.replace(',', ";") + "1;a;all;2;3;4;x, y\r\n\"5\";b;all;1;1;1;";
        assert_eq!(read(semicolons.as_bytes()).unwrap(), expected);
        assert_eq!(expected[0].2[6], "x, y");
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_does() {
        let numbers = |text: &str| rows(text).iter().map(|row| row.0).collect::<Vec<_>>();
        assert_eq!(numbers("1,a,all,1,1,1,\n1,a,all,1,1,1,\n"), [2, 3]);
        assert_eq!(numbers("\n1,a,all,1,1,1,\n\n\n1,a,all,1,1,1,"), [3, 6], "blank lines count");
        assert_eq!(numbers("1,a,all,1,1,1,\"two\nlines\"\n1,a,all,1,1,1,\n"), [2, 3], "a cell of two lines is one row");
        let windows = format!("{HEADER}1,a,all,1,1,1,\n\n1,a,all,1,1,1,\n").replace('\n', "\r\n");
        assert_eq!(read(windows.as_bytes()).unwrap().iter().map(|row| row.0).collect::<Vec<_>>(), [2, 4]);
    }

    #[test]
    fn too_few_and_too_many_fields_are_told() {
        let many = "1,".repeat(5_000);
        for text in ["1,a,all", "1,a,all,1,1,1,x,y", many.as_str()] {
            assert_eq!(rows(text)[0].1, Some(FaultCode::FieldCount), "{text}");
        }
        assert_eq!(rows(&format!("{many}\n1,a,all,1,1,1,\n"))[1].1, None, "the row after it is read");
    }

    #[test]
    fn a_row_over_the_limit_is_told_and_the_next_one_read() {
        let seen = rows(&format!("1,a,all,1,1,1,{}\n1,a,all,1,1,1,\n", "x".repeat(ROW_BYTES * 3)));
        assert_eq!(
            seen.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(),
            [(2, Some(FaultCode::RowTooLong)), (3, None)]
        );
    }

    #[test]
    fn a_broken_character_late_in_the_file_is_told_with_its_row() {
        let mut text = format!("{HEADER}1,a,all,1,1,1,støtte\n").into_bytes();
        text.extend(b"1,a,all,1,1,1,\n".repeat(73_215));
        text.extend(b"1,a,all,1,1,1,\xff\n1,a,all,1,1,1,\n");
        let faulty: Vec<Seen> = read(&text).unwrap().into_iter().filter(|row| row.1.is_some()).collect();
        assert_eq!(
            faulty.iter().map(|row| (row.0, row.1)).collect::<Vec<_>>(),
            [(73_218, Some(FaultCode::InvalidUtf8))]
        );
    }

    #[test]
    fn a_header_is_held_against_the_columns() {
        let faults = |header: &str| match read(header.as_bytes()) {
            Err(Failure::Header(faults)) => {
                faults.iter().map(|f| (f.code.clone(), f.pointer.clone())).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        };
        let told = faults("unit_orgnr;area;current;needed;respondents;kommune;area\n");
        let told: Vec<(&str, &str)> = told.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
        assert_eq!(
            told,
            [("unknown_column", "kommune"), ("duplicate_column", "area"), ("missing_column", "respondent_group")]
        );
        assert_eq!(faults(&"x,".repeat(5_000)), [("too_many_columns".to_owned(), String::new())]);
        assert_eq!(faults(&"x".repeat(ROW_BYTES + 1)), [("header_too_long".to_owned(), String::new())]);
    }

    #[test]
    fn headings_may_be_words_and_the_comment_may_be_absent() {
        let text = "Organisasjonsnummer;Kompetanseområde;Respondentgruppe;Kompetanse i dag;Ønskt kompetanse;Talet på svar;;\n\
                    1;a;all;1;2;3;;\n1;a;all;1;2;3;x;\n";
        let seen = read(text.as_bytes()).unwrap();
        assert_eq!(seen[0].2[..6], ["1", "a", "all", "1", "2", "3"]);
        assert_eq!((seen[0].1, seen[1].1), (None, Some(FaultCode::FieldCount)), "an unnamed column must be empty");
    }

    #[test]
    fn the_guard_of_our_own_result_file_is_taken_off() {
        let text = format!("{},row,outcome,code,message\n1,a,all,1,1,1,'=1+1,2,created,,\n", HEADER.trim_end());
        assert_eq!(read(text.as_bytes()).unwrap()[0].2[6], "=1+1");
    }

    #[rstest]
    #[case::to_the_end_of_the_file("1,a,all,1,2,3,\"hei\n1,a,all,1,2,3,\n1,b,all,1,2,3,\n")]
    #[case::to_the_next_mark("1,a,all,1,2,3,\"hei\n1,a,all,1,2,3,\"ja\"\n")]
    #[case::in_the_last_row("1,a,all,1,2,3,\"hei")]
    fn a_quotation_mark_that_is_not_closed_swallows_no_rows(#[case] rows: &str) {
        let failure = read(format!("{HEADER}{rows}").as_bytes()).unwrap_err();
        assert!(matches!(failure, Failure::QuoteOpen { row: 2 }), "{failure:?}");
    }

    #[test]
    fn quotation_marks_that_are_closed_or_stand_within_a_line_are_fine() {
        let rows = "1,a,all,1,2,3,\"to\nlinjer og \"\"ord\"\"\"\n1,a,all,1,2,3,5\" skjerm\n";
        let seen = read(format!("{HEADER}{rows}").as_bytes()).unwrap();
        assert_eq!((seen[0].2[6].as_str(), seen[1].2[6].as_str()), ("to\nlinjer og \"ord\"", "5\" skjerm"));
    }

    #[test]
    fn nothing_at_all_has_no_rows() {
        assert!(matches!(read(b""), Err(Failure::NoRows)));
        assert!(read(HEADER.as_bytes()).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn any_bytes_are_rows_or_a_failure_but_never_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(&bytes);
            let mut with_header = HEADER.as_bytes().to_vec();
            with_header.extend(&bytes);
            if let Ok(seen) = read(&with_header) {
                prop_assert!(seen.windows(2).all(|pair| pair[0].0 < pair[1].0), "numbers rise");
            }
        }

        #[test]
        fn what_a_writer_wrote_is_read(cells in proptest::collection::vec("[^\u{0}]{0,20}", 7)) {
            let mut writer = csv::Writer::from_writer(HEADER.as_bytes().to_vec());
            writer.write_record(&cells).unwrap();
            let expected: Vec<&str> = cells.iter().map(|cell| unguard(cell)).collect();
            let seen = read(&writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(&seen[0].2, &expected);
        }
    }
}
