//! `kompetanse generate`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::{Connection, say};

/// Makes up a kartlegging of your own units as a CSV file, to try things out with.
///
/// The same units get the same answers every time.
#[derive(Args)]
pub(crate) struct GenerateCommand {
    /// The file to write.
    file: PathBuf,
    /// Code of the instrument.
    #[arg(long, default_value = "basis-2026")]
    instrument: String,
}

impl GenerateCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let client = connection.client()?;
        let content = client.made_up_kartlegging(&self.instrument).await?;
        let rows = content.split(|byte| *byte == b'\n').count().saturating_sub(2);
        std::fs::write(&self.file, content).with_context(|| format!("{} cannot be written", self.file.display()))?;
        say(&format!("{rows} rows in {}.", self.file.display()));
        Ok(ExitCode::SUCCESS)
    }
}
