//! `kompetanse summary`.

use std::process::ExitCode;

use clap::Args;
use clap::builder::PossibleValuesParser;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, Table};
use contract::kartlegging::{KartleggingSummary, SummaryLine};
use domain::kartlegging::summary::Dimension;

use super::{Connection, say};

/// Sums kartlegging up: competence today, competence needed, and the gap between them.
///
/// Figures of cells in which too few people answered are left out, and said to be. A county's areas, the widest gap
/// first:
///
///   kompetanse summary --instrument basis-2026 --by area --county 46 --json | jq '.items | sort_by(-.gap)'
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct SummaryCommand {
    /// Code of the instrument, such as basis-2026.
    #[arg(long)]
    instrument: String,
    /// What the lines are.
    #[arg(long, value_parser = PossibleValuesParser::new(Dimension::ALL.iter().map(|by| by.as_str())), default_value = "area")]
    by: String,
    /// Only this period; the last one unless told.
    #[arg(long)]
    period: Option<String>,
    /// Only units in this county.
    #[arg(long, value_name = "NUMBER")]
    county: Option<String>,
    /// Only units in this municipality.
    #[arg(long, value_name = "NUMBER")]
    municipality: Option<String>,
    /// Only units of this kind, such as kindergarten.
    #[arg(long, value_name = "KIND")]
    unit_kind: Option<String>,
    /// Only this competence area or indicator.
    #[arg(long)]
    area: Option<String>,
    /// Only answers of this group, such as leaders.
    #[arg(long = "group", value_name = "GROUP")]
    respondent_group: Option<String>,
    /// Print the answer as JSON, for scripts.
    #[arg(long)]
    json: bool,
}

impl SummaryCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let wanted = [
            ("by", Some(self.by.as_str())),
            ("instrument", Some(self.instrument.as_str())),
            ("period", self.period.as_deref()),
            ("county", self.county.as_deref()),
            ("municipality", self.municipality.as_deref()),
            ("unit_kind", self.unit_kind.as_deref()),
            ("area", self.area.as_deref()),
            ("respondent_group", self.respondent_group.as_deref()),
        ];
        let summary = connection.client()?.summary(&wanted).await?;
        if self.json {
            say(&serde_json::to_string_pretty(&summary)?);
        } else {
            say(&table(&summary));
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn table(summary: &KartleggingSummary) -> String {
    if summary.items.is_empty() {
        return "Nothing has been answered.".to_owned();
    }
    let mut table = Table::new();
    table.load_style(NOTHING).set_header([summary.by.as_str(), "answered", "today", "needed", "gap", "left out"]);
    for line in &summary.items {
        table.add_row(row(line));
    }
    for column in 1..6 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let of = summary.period.as_ref().map(|period| format!(", {period}")).unwrap_or_default();
    let fewest = summary.suppress_below;
    format!("{}{of}\n{table}\nCells in which fewer than {fewest} people answered are left out.", summary.instrument)
}

fn row(line: &SummaryLine) -> [String; 6] {
    let mean = |figure: Option<f64>| figure.map_or_else(|| "-".to_owned(), |figure| format!("{figure:.2}"));
    [
        line.key.clone(),
        line.respondents.to_string(),
        mean(line.current),
        mean(line.needed),
        mean(line.gap),
        line.cells_left_out.to_string(),
    ]
}
