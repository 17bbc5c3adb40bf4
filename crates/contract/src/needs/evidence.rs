//! The kartlegging behind a need, in figures.

use domain::kartlegging::Period;
use domain::kartlegging::summary::Line;
use domain::municipality::MunicipalityNumber;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::kartlegging::SummaryLine;

/// The kartlegging that a need is built on (N13), as far as everybody may read it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct NeedEvidence {
    /// The batches that the need names; empty for those who do not see its evidence.
    pub batches: Vec<Uuid>,
    /// What was answered about the areas of the need, for each instrument and period of the committed batches.
    pub summaries: Vec<EvidenceSummary>,
}

/// What was answered about the areas of a need, in one period and on one instrument, in the municipalities that the
/// batches speak about: by everybody there, as it stands now, and not by the units of the batches alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct EvidenceSummary {
    /// Code of the instrument.
    #[schema(example = "basis-2026")]
    pub instrument: String,
    /// The period.
    #[schema(example = "2026-H1")]
    pub period: String,
    /// The municipalities whose cells are summed.
    #[schema(example = json!(["4601", "4631"]))]
    pub municipalities: Vec<String>,
    /// How many people must have answered in a finest cell for it to count.
    #[schema(example = 5)]
    pub suppress_below: i64,
    /// A line for each area of the need that was asked about.
    pub items: Vec<SummaryLine>,
}

impl EvidenceSummary {
    /// The lines of one period, each about an area.
    pub fn of(
        instrument: String,
        period: Period,
        municipalities: &[MunicipalityNumber],
        suppress_below: i64,
        lines: Vec<Line>,
    ) -> Self {
        let period = period.to_string();
        Self {
            items: lines.into_iter().map(|line| SummaryLine::of(line, Some(&period))).collect(),
            instrument,
            period,
            municipalities: municipalities.iter().map(ToString::to_string).collect(),
            suppress_below,
        }
    }
}
