//! `kompetanse template`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use clap::Args;

use super::{Connection, say};

/// Writes a template: a row for each of your units and each area, to fill in and to upload.
///
/// As CSV (.csv), with headings in the language that --language names, or as NDJSON (.ndjson). What you have sent for
/// the period already is filled in. The columns with names are for whoever fills it in; an upload does not read them.
///
///   kompetanse template kartlegging.csv --instrument basis-2026 --period 2026 --language nn
///   kompetanse upload kartlegging.csv --instrument basis-2026 --period 2026
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct TemplateCommand {
    /// The file to write.
    file: PathBuf,
    /// Code of the instrument that the rows are to answer, such as basis-2026.
    #[arg(long)]
    instrument: String,
    /// The period that they are to speak about: a year, or half of one (2026-H1).
    #[arg(long)]
    period: String,
    /// Only units in this municipality.
    #[arg(long, value_name = "NUMBER")]
    municipality: Option<String>,
    /// Rows for this respondent group, such as leaders; for all together unless told.
    #[arg(long = "group", value_name = "GROUP")]
    respondent_group: Option<String>,
    /// Overwrite the file where there is one, and whatever was filled in there.
    #[arg(long)]
    force: bool,
}

impl TemplateCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let client = connection.client()?;
        let format = match client::upload::format_of(&self.file)? {
            ("text/csv", false) => "csv",
            ("application/x-ndjson", false) => "ndjson",
            _ => bail!("{} ends in neither .csv nor .ndjson", self.file.display()),
        };
        ensure!(self.force || !self.file.exists(), "{} is there already; --force overwrites it", self.file.display());
        let wanted = [
            ("period", Some(self.period.as_str())),
            ("municipality", self.municipality.as_deref()),
            ("respondent_group", self.respondent_group.as_deref()),
            ("format", Some(format)),
        ];
        let content = client.template(&self.instrument, &wanted).await?;
        std::fs::write(&self.file, content).with_context(|| format!("{} cannot be written", self.file.display()))?;
        say(&format!("The template is {}.", self.file.display()));
        Ok(ExitCode::SUCCESS)
    }
}
