//! Kartlegging: what units can and need, uploaded in batches by script or by hand (K01–K07).
//!
//! The story: an [`Instrument`] says what is asked; a sender uploads rows for a [`Period`]; each row is checked on
//! its own against the instrument and the [`Directory`] of the sender's units ([`check_row`]); rows that name the
//! same place twice are both refused ([`Places`]); what is left is held against what is stored ([`compare`]);
//! the [`Tally`] counts and groups, and the batch ends in one [`State`]. What is told to everybody is the [`summary`].

mod batch;
mod column;
mod directory;
mod fault;
mod instrument;
mod parts;
mod period;
mod places;
mod response;
mod row;
mod state;
pub mod summary;
mod tally;
mod unit_code;

pub use batch::{Mode, Outcome, ending};
pub use column::{Beside, Column};
pub use directory::{Directory, Standing, is_responsible_for};
pub use fault::{FaultCode, RowFault};
pub use instrument::{CodeOf, Indicator, Instrument, InstrumentError, Labels, Scale, ScalePoint};
pub use parts::{PARTS_MAX, PartsDiffer, all_there};
pub use period::{Period, PeriodError};
pub use places::{Place, Places, Seen};
pub use response::{Level, LevelError, RespondentGroup, Response, Stored, Values, compare};
pub use row::{COMMENT_MAX, RESPONDENTS_MAX, RawRow, check_row};
pub use state::{Command, IllegalStep, State, next};
pub use tally::{Counts, FaultGroup, ROWS_NAMED, Summary, Tally};
pub use unit_code::{is_scheme_name, is_unit_code};
