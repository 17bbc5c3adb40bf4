//! Rows of NDJSON (an object per line) and of a JSON array.

use std::fmt;
use std::io::BufRead;

use domain::kartlegging::{Beside, Column, FaultCode, RawRow, RowFault};
use serde::de::{self, Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::encoding::Encoding;
use crate::failure::Failure;
use crate::source::{ROW_BYTES, RowSource, SourceRow, at_hand};

/// How the objects are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Lines,
    /// An array, and whether its opening bracket has been read.
    Array {
        opened: bool,
        ended: bool,
    },
}

/// Rows of JSON objects, with the same buffers for every row.
pub(crate) struct JsonRows<R> {
    input: R,
    layout: Layout,
    number: u64,
    text: Vec<u8>,
    row: JsonRow,
    encoding: Encoding,
}

/// What a cut of the input came to.
enum Cut {
    Row,
    TooLong,
    Nothing,
}

impl<R: BufRead> JsonRows<R> {
    /// One object per line.
    pub(crate) fn lines(input: R) -> Self {
        Self::new(input, Layout::Lines)
    }

    /// An array of objects.
    pub(crate) fn array(input: R) -> Self {
        Self::new(input, Layout::Array { opened: false, ended: false })
    }

    fn new(input: R, layout: Layout) -> Self {
        let (row, encoding) = (JsonRow::default(), Encoding::default());
        Self { input, layout, number: 0, text: Vec::new(), row, encoding }
    }

    /// The next line that is not blank. Every line counts.
    fn cut_line(&mut self) -> Result<Cut, Failure> {
        loop {
            self.text.clear();
            self.number += 1;
            let (mut any, mut too_long) = (false, false);
            loop {
                let some = at_hand(&mut self.input)?;
                let end = some.iter().position(|b| *b == b'\n');
                let line = &some[..end.unwrap_or(some.len())];
                any |= !some.is_empty();
                too_long |= self.text.len() + line.len() > ROW_BYTES;
                if !too_long {
                    self.text.extend_from_slice(line);
                }
                let (consumed, last) = (end.map_or(some.len(), |at| at + 1), end.is_some() || some.is_empty());
                self.input.consume(consumed);
                if last {
                    break;
                }
            }
            match (any, too_long) {
                (false, _) => return Ok(Cut::Nothing),
                (true, true) => return Ok(Cut::TooLong),
                (true, false) if !self.text.trim_ascii().is_empty() => return Ok(Cut::Row),
                (true, false) => {}
            }
        }
    }

    /// The next element of the array: cut where its brackets close, outside texts.
    fn cut_element(&mut self) -> Result<Cut, Failure> {
        if !self.go_to_element()? {
            return Ok(Cut::Nothing);
        }
        self.text.clear();
        self.number += 1;
        let mut nesting = Nesting::default();
        let mut too_long = false;
        loop {
            let some = at_hand(&mut self.input)?;
            if some.is_empty() {
                return Err(Failure::ArrayBroken);
            }
            let end = some.iter().position(|byte| nesting.is_over_before(*byte));
            let part = &some[..end.unwrap_or(some.len())];
            too_long |= self.text.len() + part.len() > ROW_BYTES;
            if !too_long {
                self.text.extend_from_slice(part);
            }
            let consumed = part.len();
            self.input.consume(consumed);
            if end.is_some() {
                return Ok(if too_long { Cut::TooLong } else { Cut::Row });
            }
        }
    }

    /// Goes over brackets, commas and white space to where an element begins; `false` where the array ended.
    fn go_to_element(&mut self) -> Result<bool, Failure> {
        let Layout::Array { mut opened, mut ended } = self.layout else { return Ok(false) };
        let mut comma = self.number == 0;
        let begins = loop {
            let next = at_hand(&mut self.input)?.first().copied();
            match next {
                Some(b' ' | b'\t' | b'\n' | b'\r') => {}
                Some(b'[') if !opened => opened = true,
                Some(b',') if opened && !ended && !comma => comma = true,
                Some(b']') if opened && !ended && (!comma || self.number == 0) => ended = true,
                Some(b) if opened && !ended && comma && !matches!(b, b',' | b']' | b'}') => break true,
                None if ended => break false,
                None if !opened => return Err(Failure::NoRows),
                _ => return Err(Failure::ArrayBroken),
            }
            self.input.consume(1);
        };
        self.layout = Layout::Array { opened, ended };
        Ok(begins)
    }
}

/// Where in an element we are.
#[derive(Debug, Default)]
struct Nesting {
    depth: u32,
    in_text: bool,
    escaped: bool,
}

impl Nesting {
    /// Whether the element is over before this byte: at a comma or bracket that is not its own.
    fn is_over_before(&mut self, byte: u8) -> bool {
        if self.in_text {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_text = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b',' | b']' | b'}' if self.depth == 0 => return true,
            b'"' => self.in_text = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => self.depth -= 1,
            _ => {}
        }
        false
    }
}

impl<R: BufRead> RowSource for JsonRows<R> {
    fn next_row(&mut self) -> Result<Option<SourceRow<'_>>, Failure> {
        let cut = match self.layout {
            Layout::Lines => self.cut_line()?,
            Layout::Array { .. } => self.cut_element()?,
        };
        let number = self.number;
        let unreadable =
            |code| Ok(Some(SourceRow { number, raw: RawRow::default(), fault: Some(RowFault::of_row(code)) }));
        match cut {
            Cut::Nothing => return Ok(None),
            Cut::TooLong => return unreadable(FaultCode::RowTooLong),
            Cut::Row => {}
        }
        let text = match self.encoding.read(&self.text, number)? {
            Ok(text) => text,
            Err(code) => return unreadable(code),
        };
        match serde_json::from_str(text) {
            Ok(row) => self.row = row,
            Err(_) => return unreadable(FaultCode::UnreadableRow),
        }
        let fault = self.row.unknown.then_some(RowFault::of_row(FaultCode::UnknownMember));
        Ok(Some(SourceRow { number, raw: self.row.raw(), fault }))
    }
}

/// The cells of one object, as texts.
#[derive(Debug, Default)]
struct JsonRow {
    cells: [String; Column::COUNT],
    unknown: bool,
}

impl JsonRow {
    fn raw(&self) -> RawRow<'_> {
        RawRow { cells: self.cells.each_ref().map(String::as_str) }
    }
}

impl<'de> Deserialize<'de> for JsonRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(RowVisitor)
    }
}

struct RowVisitor;

impl<'de> Visitor<'de> for RowVisitor {
    type Value = JsonRow;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of texts and numbers")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<JsonRow, M::Error> {
        let mut row = JsonRow::default();
        let mut seen = [false; Column::COUNT];
        while let Some(name) = members.next_key::<String>()? {
            if let Some(column) = Column::from_heading(&name) {
                if std::mem::replace(&mut seen[column as usize], true) {
                    return Err(de::Error::custom("a member stands twice"));
                }
                row.cells[column as usize] = members.next_value::<Cell>()?.0;
            } else {
                members.next_value::<IgnoredAny>()?;
                row.unknown |= Beside::from_heading(&name).is_none();
            }
        }
        Ok(row)
    }
}

/// A text, a number or nothing, as text.
struct Cell(String);

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl Visitor<'_> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a number")
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell(text.to_owned()))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell(number.to_string()))
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell(String::new()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    type Seen = (u64, Option<FaultCode>, Vec<String>);

    fn read(mut rows: impl RowSource) -> Result<Vec<Seen>, Failure> {
        let mut seen = Vec::new();
        while let Some(row) = rows.next_row()? {
            let cells = row.raw.cells.iter().map(|cell| (*cell).to_owned()).collect();
            seen.push((row.number, row.fault.map(|fault| fault.code), cells));
        }
        Ok(seen)
    }

    const ROW: &str = r#"{"unit_orgnr":"1","area":"aac","respondent_group":"all","current":2.5,"needed":4,"respondents":12,"comment":null}"#;

    #[test]
    fn numbers_and_texts_are_the_same_and_nothing_is_empty() {
        let seen = read(JsonRows::lines(ROW.as_bytes())).unwrap();
        assert_eq!(seen, [(1, None, ["1", "aac", "all", "2.5", "4", "12", ""].map(str::to_owned).to_vec())]);
        let texts = ROW.replace("2.5", "\"2.5\"").replace(":4", ":\"4\"");
        assert_eq!(read(JsonRows::lines(texts.as_bytes())).unwrap(), seen);
    }

    #[test]
    fn every_line_counts_and_blank_ones_are_no_rows() {
        let text = format!("\n{ROW}\r\n\n  \n{ROW}");
        let numbers: Vec<u64> = read(JsonRows::lines(text.as_bytes())).unwrap().iter().map(|row| row.0).collect();
        assert_eq!(numbers, [2, 5]);
    }

    #[rstest]
    #[case("not json", FaultCode::UnreadableRow)]
    #[case("[1]", FaultCode::UnreadableRow)]
    #[case(r#"{"area":["aac"]}"#, FaultCode::UnreadableRow)]
    #[case(r#"{"area":"aac","area":"vision"}"#, FaultCode::UnreadableRow)]
    #[case(r#"{"current":1e309}"#, FaultCode::UnreadableRow)]
    #[case(r#"{"current":NaN}"#, FaultCode::UnreadableRow)]
    #[case(r#"{"kommune":"4601"}"#, FaultCode::UnknownMember)]
    fn what_is_no_row_is_told_and_the_next_one_read(#[case] line: &str, #[case] code: FaultCode) {
        let text = format!("{line}\n{ROW}\n");
        let seen = read(JsonRows::lines(text.as_bytes())).unwrap();
        assert_eq!(seen.iter().map(|row| row.1).collect::<Vec<_>>(), [Some(code), None]);
    }

    #[test]
    fn a_line_over_the_limit_is_told_and_the_next_one_read() {
        let text = format!("{{\"comment\":\"{}\"}}\n{ROW}\n", "x".repeat(ROW_BYTES * 2));
        let seen = read(JsonRows::lines(text.as_bytes())).unwrap();
        assert_eq!(seen.iter().map(|row| row.1).collect::<Vec<_>>(), [Some(FaultCode::RowTooLong), None]);
    }

    #[test]
    fn an_array_has_the_same_rows() {
        let tricky = ROW.replace("null", r#""a ] , } \" b""#);
        let array = format!(" [ {ROW} ,\n{tricky}, 17 ]\n");
        let seen = read(JsonRows::array(array.as_bytes())).unwrap();
        assert_eq!(seen[0], read(JsonRows::lines(ROW.as_bytes())).unwrap()[0]);
        assert_eq!(seen[1].2[6], "a ] , } \" b");
        assert_eq!((seen[2].0, seen[2].1), (3, Some(FaultCode::UnreadableRow)));
        assert!(read(JsonRows::array(b"[]".as_slice())).unwrap().is_empty());
    }

    #[rstest]
    #[case("{}")]
    #[case("[{}")]
    #[case("[{},]")]
    #[case("[,{}]")]
    #[case("[{}] x")]
    #[case("[{\"a\":\"")]
    fn a_broken_array_is_a_failure(#[case] text: &str) {
        assert!(matches!(read(JsonRows::array(text.as_bytes())), Err(Failure::ArrayBroken)), "{text}");
    }

    proptest! {
        #[test]
        fn any_bytes_are_rows_or_a_failure_but_never_a_panic(
            bytes in proptest::collection::vec(any::<u8>(), 0..200),
            text in "[\\[\\]{},:\"\\\\a1 \n]{0,80}",
        ) {
            for input in [bytes.as_slice(), text.as_bytes()] {
                let _ = read(JsonRows::lines(input));
                let _ = read(JsonRows::array(input));
            }
        }
    }
}
