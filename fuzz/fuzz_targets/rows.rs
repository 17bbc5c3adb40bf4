//! The row readers: any bytes are rows or a failure, the same whether they come whole or in pieces, and what was read
//! is read again from the CSV that we would give out.

#![no_main]

use contract::spreadsheet::guard;
use domain::kartlegging::Column;
use fuzz::{Row, format_of, read};
use intake::{Format, Packed};
use libfuzzer_sys::fuzz_target;

const LIMIT: u64 = 1 << 20;

fuzz_target!(|data: &[u8]| {
    let Some((head, content)) = data.split_first() else { return };
    let format = format_of(*head);
    let whole = read(content, format, Packed::No, LIMIT, usize::MAX);
    let in_pieces = read(content, format, Packed::No, LIMIT, 1 + usize::from(head / 3));
    assert_eq!(whole, in_pieces, "pieces do not matter");
    if let Ok(rows) = whole {
        comes_back(rows.into_iter().filter(|row| row.fault.is_none()).collect());
    }
});

fn comes_back(rows: Vec<Row>) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(Column::ALL.iter().map(|column| column.as_str())).expect("memory takes all");
    for row in &rows {
        writer.write_record(row.cells.iter().map(|cell| guard(cell))).expect("memory takes all");
    }
    let written = writer.into_inner().expect("memory takes all");
    let again = read(&written, Format::Csv, Packed::No, u64::MAX, usize::MAX).expect("our own file can be read");
    assert_eq!(rows.len(), again.len());
    for (row, again) in rows.iter().zip(&again) {
        // Quotation marks and guards may take a row over its limit, which is told.
        assert!(again.fault.is_some() || row.cells == again.cells, "{row:?} came back as {again:?}");
    }
}
