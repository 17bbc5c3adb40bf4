//! Kartlegging on the wire.

mod batches;
mod code_schemes;
mod instruments;
pub mod lists;
mod responses;
mod summary;

use crate::reference::Labels;

pub use batches::{
    Batch, BatchPage, BatchPart, BatchProgress, BatchResultRow, CommitBatch, Counts, CreateBatch, RowFinding,
    row_message,
};
pub use code_schemes::{PutUnitCode, UnitCode, UnitCodePage};
pub use instruments::{
    CreateInstrument, Instrument, InstrumentArea, InstrumentIndicator, InstrumentPage, Names, NewIndicator, NewScale,
    NewScalePoint, Scale, ScalePoint,
};
pub use responses::{
    PastResponse, Response, ResponseDetail, ResponsePage, TakeOver, TakeOverPage, TakeOverRequest, TakeOvers, UploadRow,
};
pub use summary::{KartleggingSummary, SummaryLine};

impl From<domain::kartlegging::Labels> for Labels {
    fn from(labels: domain::kartlegging::Labels) -> Self {
        Self { nb: labels.nb, nn: labels.nn, en: labels.en }
    }
}
