//! What everybody may read of kartlegging: means of cells that are large enough (K05, K06).

use domain::kartlegging::Period;
use domain::kartlegging::summary::{Dimension, Hundredths, Line};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Figures of the responses to an instrument, a line for each value of one dimension.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct KartleggingSummary {
    /// Code of the instrument.
    #[schema(example = "basis-2026")]
    pub instrument: String,
    /// What the lines are: `area`, `unit_kind`, `municipality`, `county`, `period` or `respondent_group`.
    #[schema(example = "area")]
    pub by: String,
    /// The period that all lines speak about; null where each line has its own, or nothing was answered.
    #[schema(example = "2026-H1")]
    pub period: Option<String>,
    /// How many people must have answered in a finest cell (municipality, kind of unit, area, respondent group and
    /// period) for it to count.
    #[schema(example = 5)]
    pub suppress_below: i64,
    /// The lines, in the order of their keys.
    pub items: Vec<SummaryLine>,
}

/// A line of a summary. The means are null where every cell is left out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct SummaryLine {
    /// The code of what it is about: an area or indicator, a municipality number, a period.
    #[schema(example = "vision")]
    pub key: String,
    /// The period.
    #[schema(example = "2026-H1")]
    pub period: String,
    /// Responses in the cells that count.
    #[schema(example = 18)]
    pub responses: i64,
    /// People who answered in them.
    #[schema(example = 214)]
    pub respondents: i64,
    /// Competence today: the mean over these people, with at most two decimals.
    #[schema(example = 2.41)]
    pub current: Option<f64>,
    /// Competence needed.
    #[schema(example = 3.9)]
    pub needed: Option<f64>,
    /// Needed less current, rounded by itself.
    #[schema(example = 1.49)]
    pub gap: Option<f64>,
    /// Finest cells that count.
    #[schema(example = 12)]
    pub cells_counted: i64,
    /// Finest cells left out: too few people answered in them, or the year is told by its halves as well.
    #[schema(example = 3)]
    pub cells_left_out: i64,
    /// By period: the last period before this one of the same length that has means; what follows is the change since.
    #[schema(example = "2025-H1")]
    pub change_since: Option<String>,
    /// By how much `current` rose.
    #[schema(example = 0.12)]
    pub change_current: Option<f64>,
    /// By how much `needed` rose.
    #[schema(example = -0.05)]
    pub change_needed: Option<f64>,
    /// By how much `gap` widened.
    #[schema(example = -0.17)]
    pub change_gap: Option<f64>,
}

impl KartleggingSummary {
    /// A summary of lines that speak about one period; `None` where each is a period.
    pub fn of(
        instrument: String,
        by: Dimension,
        period: Option<Period>,
        suppress_below: i64,
        lines: Vec<Line>,
    ) -> Self {
        let period = period.map(|period| period.to_string());
        let items = lines.into_iter().map(|line| SummaryLine::of(line, period.as_deref())).collect();
        Self { instrument, by: by.to_string(), period, suppress_below, items }
    }
}

impl SummaryLine {
    /// A line of figures; `period` where the line itself is none.
    pub fn of(line: Line, period: Option<&str>) -> Self {
        let (figures, change) = (line.sums.figures(), line.change);
        Self {
            period: period.map_or_else(|| line.key.clone(), str::to_owned),
            key: line.key,
            responses: line.sums.responses,
            respondents: line.sums.respondents,
            current: figures.map(|figures| number(figures.current)),
            needed: figures.map(|figures| number(figures.needed)),
            gap: figures.map(|figures| number(figures.gap)),
            cells_counted: line.counted,
            cells_left_out: line.left_out,
            change_since: change.map(|change| change.since.to_string()),
            change_current: change.map(|change| number(change.current)),
            change_needed: change.map(|change| number(change.needed)),
            change_gap: change.map(|change| number(change.gap)),
        }
    }
}

/// Hundredths as a JSON number: the nearest one to a decimal is written as that decimal.
#[allow(clippy::cast_precision_loss, reason = "hundredths of a scale of ten points are small")]
fn number(figure: Hundredths) -> f64 {
    figure.get() as f64 / 100.0
}
