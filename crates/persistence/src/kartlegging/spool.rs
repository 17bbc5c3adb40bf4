//! The spool: rows of an upload, checked, in a file without a name until all of them are there.
//!
//! The file has no name, so nothing of an upload that broke off is left behind, whatever ended it. Only one row at a
//! time is in memory; what is kept of all rows is which places they name ([`Seen`]), a byte for each.

mod reader;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::kartlegging::{Column, Directory, Instrument, Places, RawRow, Response, RowFault, Seen, check_row};

use super::print::Print;

pub use reader::SpoolReader;

/// The cells of a row, in the order of [`Column::ALL`], in one text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cells {
    text: String,
    ends: [u32; Column::COUNT],
}

impl Cells {
    /// One cell as it came.
    pub fn get(&self, column: Column) -> &str {
        let at = column as usize;
        let start = if at == 0 { 0 } else { self.ends[at - 1] as usize };
        self.text.get(start..self.ends[at] as usize).unwrap_or_default()
    }
}

/// What the check of a row on its own came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It can be taken, unless another row or another sender stands in its way.
    Good {
        /// The slot of its place, see [`Places::slot`].
        slot: usize,
        /// What it says.
        print: Print,
    },
    /// It cannot, and why.
    Faulty(Vec<RowFault>),
}

/// One row out of the spool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpooledRow<C = Cells> {
    /// Its number in the file.
    pub number: u64,
    /// What the check said.
    pub verdict: Verdict,
    /// Its cells.
    pub cells: C,
    /// Where it begins in the spool.
    pub offset: u64,
}

/// Takes rows in while they arrive.
pub struct SpoolWriter {
    file: BufWriter<File>,
    places: Places,
    seen: Seen,
    rows: u64,
}

impl SpoolWriter {
    /// A new spool in a directory that has room.
    pub fn create(directory: &Path, places: Places) -> io::Result<Self> {
        let file = BufWriter::with_capacity(64 * 1024, tempfile::tempfile_in(directory)?);
        let seen = Seen::new(&places);
        Ok(Self { file, places, seen, rows: 0 })
    }

    /// Takes a checked row. A cell with a national identity number is not written, not even to be shown back (N15).
    fn push(&mut self, number: u64, raw: &RawRow<'_>, checked: Result<&Response<'_>, &[RowFault]>) -> io::Result<()> {
        self.rows += 1;
        self.file.write_all(&number.to_le_bytes())?;
        match checked {
            Ok(response) => {
                let slot = self.places.slot(response.place);
                self.seen.note(slot);
                self.file.write_all(&[1])?;
                self.file.write_all(&as_u32(slot)?.to_le_bytes())?;
                self.file.write_all(&Print::of(&response.values).to_bytes())?;
                write_cells(&mut self.file, &raw.cells)
            }
            Err(faults) => {
                let mut cells = raw.cells;
                raw.national_ids().for_each(|column| cells[column as usize] = "");
                self.file.write_all(&[0, u8::try_from(faults.len()).unwrap_or(u8::MAX)])?;
                for fault in faults.iter().take(usize::from(u8::MAX)) {
                    self.file.write_all(&[fault.code as u8, fault.column.map_or(u8::MAX, |column| column as u8)])?;
                }
                write_cells(&mut self.file, &cells)
            }
        }
    }

    /// Takes a row that was read with these faults; one without any is checked now.
    pub fn check_in(
        &mut self,
        number: u64,
        raw: &RawRow<'_>,
        known: &[RowFault],
        instrument: &Instrument,
        directory: &Directory,
    ) -> io::Result<()> {
        if !known.is_empty() {
            return self.push(number, raw, Err(known));
        }
        match check_row(raw, instrument, directory) {
            Ok(response) => self.push(number, raw, Ok(&response)),
            Err(faults) => self.push(number, raw, Err(&faults)),
        }
    }

    /// How many rows are in.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Closes the spool, ready to be loaded.
    pub fn finish(self) -> io::Result<Spool> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let end = AtomicU64::new(file.metadata()?.len());
        Ok(Spool { file, end, places: self.places, seen: self.seen, rows: self.rows })
    }
}

fn as_u32(number: usize) -> io::Result<u32> {
    u32::try_from(number).map_err(io::Error::other)
}

fn write_cells(file: &mut impl Write, cells: &[&str; Column::COUNT]) -> io::Result<()> {
    let mut end = 0;
    for cell in cells {
        end += cell.len();
        file.write_all(&as_u32(end)?.to_le_bytes())?;
    }
    cells.iter().try_for_each(|cell| file.write_all(cell.as_bytes()))
}

/// Where something was put by in a spool.
pub(super) type PutBy = Range<u64>;

/// A complete upload, to be read as often as needed.
pub struct Spool {
    file: File,
    /// Where the next thing goes that is put by.
    end: AtomicU64,
    places: Places,
    seen: Seen,
    rows: u64,
}

impl Spool {
    /// The places that its slots speak about.
    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Which places its rows name.
    pub fn seen(&self) -> &Seen {
        &self.seen
    }

    /// How many rows it has.
    pub fn len(&self) -> u64 {
        self.rows
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// Reads it from its beginning, in the order in which the rows came.
    pub fn read(&self) -> SpoolReader<'_> {
        self.reader(64 * 1024)
    }

    /// Reads it in the same order, without the cells.
    pub(super) fn verdicts(&self) -> impl Iterator<Item = io::Result<SpooledRow<()>>> {
        let mut reader = self.read();
        (0..self.rows).map(move |_| reader.verdict())
    }

    /// Puts something by behind the rows, out of memory.
    pub(super) fn put_by(&self, bytes: &[u8]) -> io::Result<PutBy> {
        let start = self.end.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        self.file.write_all_at(bytes, start)?;
        Ok(start..start + bytes.len() as u64)
    }

    /// What was put by.
    pub(super) fn fetch(&self, at: &PutBy) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; usize::try_from(at.end - at.start).map_err(io::Error::other)?];
        self.file.read_exact_at(&mut bytes, at.start)?;
        Ok(bytes)
    }

    /// Reads single rows, in any order, see [`SpoolReader::row_at`].
    pub(super) fn pick(&self) -> SpoolReader<'_> {
        self.reader(2 * 1024)
    }

    fn reader(&self, buffer: usize) -> SpoolReader<'_> {
        SpoolReader::new(&self.file, buffer, self.rows)
    }

    /// Reads it from the row that begins here, see [`SpooledRow::offset`]; the caller knows how far.
    pub(super) fn read_from(&self, offset: u64) -> io::Result<SpoolReader<'_>> {
        let mut reader = self.read();
        reader.go_to(offset)?;
        Ok(reader)
    }
}

impl SpooledRow {
    /// The comment as it is stored: without the white space around it, absent where it is empty.
    pub fn comment(&self) -> Option<&str> {
        Some(self.cells.get(Column::Comment).trim()).filter(|text| !text.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use domain::kartlegging::{FaultCode, Level, Place, RespondentGroup, Values};
    use domain::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
    use domain::orgnr::{OrgNr, Synthetic};

    use super::super::sheets::Line;
    use super::*;

    fn places() -> Places {
        let orgnr = OrgNr::from_register("310279617".to_owned());
        let sender = Organisation {
            orgnr: orgnr.clone(),
            name: "Læringsverkstaden AS".to_owned(),
            kind: OrganisationKind::PrivateOwner,
            municipality: None,
            county: None,
            county_governor: None,
            language_decision: None,
            active: true,
        };
        let unit = Unit {
            orgnr: OrgNr::from_register("974760673".to_owned()),
            name: "Haugen barnehage".to_owned(),
            kind: UnitKind::Kindergarten,
            owner: orgnr,
            municipality: "4601".parse().unwrap(),
            private: true,
            active: true,
            serves: Vec::new(),
        };
        let file = include_str!("../../../../reference/instruments/basis-2026.toml");
        let instrument = Instrument::from_toml(file, |_| true).unwrap();
        Places::new(&Directory::new(&sender, [unit], Synthetic::Accepted), &instrument)
    }

    fn good(comment: Option<&str>, area: u16) -> Response<'_> {
        let values =
            Values { current: Level::from_tenths(25), needed: Level::from_tenths(40), respondents: 12, comment };
        Response { place: Place { unit: 0, area, group: 0 }, values }
    }

    #[test]
    fn rows_come_back_as_they_went_in_as_often_as_they_are_read() {
        let mut writer = SpoolWriter::create(&std::env::temp_dir(), places()).unwrap();
        let raw = RawRow { cells: ["974760673", "vision", "leaders", "2.5", "4", "12", " støtte "] };
        writer.push(2, &raw, Ok(&good(Some("støtte"), 0))).unwrap();
        let faults = [RowFault::at(Column::Current, FaultCode::DecimalComma), RowFault::of_row(FaultCode::FieldCount)];
        writer.push(3, &RawRow::default(), Err(&faults)).unwrap();
        let spool = writer.finish().unwrap();
        let (mut one, mut other) = (spool.read(), spool.read());
        for _ in 0..2 {
            assert_eq!(one.next().unwrap().unwrap(), other.next().unwrap().unwrap(), "readers do not move each other");
        }
        let rows: Vec<SpooledRow> = spool.read().map(Result::unwrap).collect();
        let verdicts: Vec<_> = spool.verdicts().map(|row| row.map(|row| (row.verdict, row.offset)).unwrap()).collect();
        assert_eq!(verdicts, [0, 1].map(|n| (rows[n].verdict.clone(), rows[n].offset)));
        assert_eq!((rows.len(), rows[0].number, rows[1].number), (2, 2, 3));
        assert_eq!(rows[0].verdict, Verdict::Good { slot: 0, print: Print::of(&good(Some("støtte"), 0).values) });
        assert_eq!((rows[0].cells.get(Column::Comment), rows[0].comment()), (" støtte ", Some("støtte")));
        assert_eq!((rows[1].verdict.clone(), rows[1].comment()), (Verdict::Faulty(faults.to_vec()), None));
        let put_by = ["om arket", ""].map(|text| spool.put_by(text.as_bytes()).unwrap());
        assert_eq!(put_by.map(|at| spool.fetch(&at).unwrap()), ["om arket", ""].map(Vec::from));
        let mut anywhere = spool.pick();
        for n in [1, 0, 1] {
            assert_eq!(anywhere.row_at(rows[n].offset).unwrap(), rows[n]);
        }
    }

    #[test]
    fn a_cell_with_an_identity_number_is_never_written() {
        let mut writer = SpoolWriter::create(&std::env::temp_dir(), places()).unwrap();
        let raw = RawRow { cells: ["150812 10281", "vision", "leaders", "2.5", "4", "12", "sjå 15081210281"] };
        let faults = [RowFault::at(Column::Comment, FaultCode::NationalId)];
        writer.push(2, &raw, Err(&faults)).unwrap();
        let row = writer.finish().unwrap().read().next().unwrap().unwrap();
        assert_eq!((row.cells.get(Column::UnitOrgnr), row.cells.get(Column::Comment)), ("", ""));
        assert_eq!(row.cells.get(Column::Area), "vision");
    }

    #[test]
    fn prints_are_equal_exactly_where_the_values_are() {
        let print = |comment| Print::of(&good(comment, 0).values);
        assert_eq!(print(Some("a")), print(Some("a")));
        assert_ne!(print(Some("a")), print(Some("b")));
        assert_ne!(print(Some("")), print(None));
        let (group, comment) = (RespondentGroup::All, Some("a".to_owned()));
        let (current_tenths, needed_tenths, respondents) = (25, 40, 12);
        let line =
            Line { number: 1, area: "vision".into(), group, current_tenths, needed_tenths, respondents, comment };
        assert_eq!(Print::of_line(&line), print(Some("a")));
        assert_eq!(Print::from_bytes(print(Some("a")).to_bytes()), print(Some("a")));
    }
}
