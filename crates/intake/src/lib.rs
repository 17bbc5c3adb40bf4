//! From bytes to rows: what a sender of kartlegging wrote, unpacked, split and numbered, one row at a time.
//!
//! [`open`] finds out what it is reading and gives a [`RowSource`]. Nothing here knows a wire, a rule or a database, and
//! no more than one row is held, so the whole of it can be fed with any bytes there are: `fuzz/` does.

mod csv_rows;
mod digested;
mod encoding;
mod failure;
mod json_rows;
mod limited;
mod source;

pub use digested::Digested;
pub use failure::Failure;
pub use source::{Format, Packed, ROW_BYTES, RowSource, SourceRow, open};
