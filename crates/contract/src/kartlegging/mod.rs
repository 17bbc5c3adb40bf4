//! Kartlegging on the wire.

mod batches;
mod instruments;
pub mod lists;
mod responses;
mod summary;
mod unit_codes;

use crate::reference::Labels;

pub use batches::{
    Batch, BatchPage, BatchPart, BatchProgress, BatchResultRow, CommitBatch, Counts, CreateBatch, RowFinding,
    row_message,
};
pub use instruments::{
    CreateInstrument, Instrument, InstrumentArea, InstrumentIndicator, InstrumentPage, Names, NewIndicator, NewScale,
    NewScalePoint, Scale, ScalePoint,
};
pub use responses::{
    PastResponse, Response, ResponseDetail, ResponsePage, TakeOver, TakeOverPage, TakeOverRequest, TakeOvers, UploadRow,
};
pub use summary::{KartleggingSummary, SummaryLine};
pub use unit_codes::{PutUnitCode, UnitCode, UnitCodePage};

impl From<domain::kartlegging::Labels> for Labels {
    fn from(labels: domain::kartlegging::Labels) -> Self {
        Self { nb: labels.nb, nn: labels.nn, en: labels.en }
    }
}
