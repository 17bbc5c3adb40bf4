//! Kartlegging: instruments, batches and responses.
//!
//! An upload waits in a [`Spool`] until all of it is there; then [`fn@prepare`] works out what it comes to, and
//! [`fn@load`] takes it into the database in one transaction. One that comes in [`parts`] is kept part by part, until
//! [`fn@prepare_commit`] puts the parts together and [`fn@commit`] goes the same way. [`batches`], [`results`] and
//! [`responses`] read what came of it, [`cells`] what it adds up to.

pub mod batches;
mod cell_changes;
pub mod cells;
mod classify;
mod commit;
mod content;
pub mod directory;
pub mod instruments;
mod load;
mod packed;
pub mod parts;
mod prepare;
mod print;
mod progress;
pub mod responses;
pub mod results;
mod revise;
mod rows;
mod sheets;
mod spool;
mod stored;
pub mod take_overs;
mod unfold;
pub mod unit_codes;

pub use batches::{BatchFilter, NewBatch};
pub use commit::{Commitment, commit, prepare_commit};
pub use load::{Upload, load};
pub use parts::{NewPart, PackedPart, StoredPart};
pub use prepare::{Prepared, prepare};
pub use print::Print;
pub use progress::Progress;
pub use responses::ResponseFilter;
pub use results::ResultRow;
pub use rows::{PastResponse, StoredBatch, StoredResponse};
pub use spool::{Cells, Spool, SpoolReader, SpoolWriter, SpooledRow, Verdict};
pub use take_overs::TakeOver;
pub use unfold::unfold;
pub use unit_codes::UnitCode;
