//! What the targets have in common: reading an upload whole or in pieces, and judging its rows.

use std::io::{self, Cursor, Read};
use std::sync::LazyLock;

use domain::kartlegging::{Directory, FaultCode, Instrument, RawRow, check_row};
use domain::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
use domain::orgnr::{OrgNr, Synthetic};
use intake::{Failure, Format, Packed, ROW_BYTES};

/// A row as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub number: u64,
    /// Why it cannot be read.
    pub fault: Option<FaultCode>,
    /// Its cells.
    pub cells: Vec<String>,
}

/// The format that a byte stands for.
pub fn format_of(byte: u8) -> Format {
    [Format::Csv, Format::Ndjson, Format::JsonArray][usize::from(byte) % 3]
}

/// Reads an upload to its end or to what is wrong with it, handed over in pieces of so many bytes. What every row must
/// keep to is asserted on the way.
pub fn read(content: &[u8], format: Format, packed: Packed<'_>, limit: u64, piece: usize) -> Result<Vec<Row>, String> {
    let pieces = Pieces { content: Cursor::new(content.to_vec()), piece };
    let mut rows = intake::open(pieces, format, packed, limit).map_err(shown)?;
    let mut seen: Vec<Row> = Vec::new();
    while let Some(row) = rows.next_row().map_err(shown)? {
        assert!(seen.last().is_none_or(|last| last.number < row.number), "numbers rise");
        assert!(row.raw.cells.iter().map(|cell| cell.len()).sum::<usize>() <= ROW_BYTES, "a row has its limit");
        judge(&row.raw);
        let cells = row.raw.cells.iter().map(|&cell| cell.to_owned()).collect();
        seen.push(Row { number: row.number, fault: row.fault.map(|fault| fault.code), cells });
    }
    assert!(rows.next_row().is_ok_and(|row| row.is_none()), "the end is the end");
    Ok(seen)
}

fn shown(failure: Failure) -> String {
    format!("{failure:?}")
}

/// A row is taken or told what is wrong with it; never both, never neither.
fn judge(row: &RawRow<'_>) {
    let (instrument, directory) = &*RULES;
    match check_row(row, instrument, directory) {
        Ok(response) => assert!(
            instrument.scale.holds(response.values.current)
                && instrument.scale.holds(response.values.needed)
                && response.values.respondents >= 1
        ),
        Err(faults) => assert!(!faults.is_empty()),
    }
}

/// Input that comes in pieces.
struct Pieces {
    content: Cursor<Vec<u8>>,
    piece: usize,
}

impl Read for Pieces {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.piece);
        self.content.read(&mut buffer[..length])
    }
}

static RULES: LazyLock<(Instrument, Directory)> = LazyLock::new(|| {
    let owner = OrgNr::from_register("310279617".to_owned());
    let sender = Organisation {
        orgnr: owner.clone(),
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
        owner,
        municipality: "4601".parse().expect("a municipality"),
        private: true,
        active: true,
        serves: Vec::new(),
    };
    let file = include_str!("../../reference/instruments/basis-2026.toml");
    let instrument = Instrument::from_toml(file, |_| true).expect("the instrument is sound");
    (instrument, Directory::new(&sender, [unit], Synthetic::Accepted))
});
