//! `kompetanse upload`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, ValueEnum};
use client::upload::{Upload, format_of};
use contract::kartlegging::Batch;

use super::{Connection, say};

/// Uploads a file with kartlegging.
///
/// CSV, NDJSON or JSON, told by the file's name, also packed (.gz). The columns:
///
///   unit_orgnr,area,respondent_group,current,needed,respondents,comment
///
/// Sending the same file again changes nothing. Try it with --dry-run first. Exit code 0: every row is in.
/// 2: some rows were rejected. 1: it failed, and nothing was stored.
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct UploadCommand {
    /// The file.
    file: PathBuf,
    /// Code of the instrument that the rows answer, such as basis-2026.
    #[arg(long)]
    instrument: String,
    /// The period that they speak about: a year, or half of one (2026-H1).
    #[arg(long)]
    period: String,
    /// What becomes of the good rows when others are faulty.
    #[arg(long, value_enum, default_value = "all")]
    mode: UploadMode,
    /// Only tell what would become of the rows.
    #[arg(long)]
    dry_run: bool,
    /// Where to write the rows with what became of each, as CSV.
    #[arg(long, value_name = "FILE")]
    result: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum UploadMode {
    /// Nothing is stored when a row is faulty.
    All,
    /// The good rows are stored, without the faulty ones.
    #[value(name = "valid_rows")]
    ValidRows,
}

impl UploadCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let client = connection.client()?;
        let (content_type, gzip) = format_of(&self.file)?;
        let content = std::fs::read(&self.file).with_context(|| format!("{} cannot be read", self.file.display()))?;
        let upload = Upload {
            content: content.into(),
            content_type,
            gzip,
            instrument: self.instrument,
            period: self.period,
            mode: if self.mode == UploadMode::All { "all" } else { "valid_rows" }.to_owned(),
            dry_run: self.dry_run,
            source: self.file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        };
        let batch = client.upload(&upload).await?;
        tell(&batch);
        if let Some(file) = &self.result {
            let result = client.upload_result(&batch).await?;
            std::fs::write(file, result).with_context(|| format!("{} cannot be written", file.display()))?;
            say(&format!("What became of each row stands in {}.", file.display()));
        }
        Ok(if batch.counts.rejected > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
    }
}

/// What became of the rows, and what is wrong with those that were rejected.
fn tell(batch: &Batch) {
    let counts = &batch.counts;
    say(&format!("Batch {} is {}.", batch.id, batch.state));
    say(&format!(
        "{} rows received: {} new, {} updated, {} unchanged, {} rejected.",
        counts.received, counts.created, counts.updated, counts.unchanged, counts.rejected
    ));
    for finding in &batch.findings {
        let column = finding.column.as_deref().unwrap_or("the whole row");
        say(&format!("  {} × {column}: {}", finding.count, finding.message));
    }
}
