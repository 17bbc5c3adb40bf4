//! `kompetanse upload`.

mod journal;
mod progress;
mod send;
mod source;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::{Args, ValueEnum};
use client::Client;
use contract::kartlegging::{Batch, CreateBatch};
use domain::kartlegging::Mode;

use self::journal::Journal;
use self::send::bring_in;
use self::source::FileSource;
use super::{Connection, say};

/// Uploads a file with kartlegging.
///
/// CSV, NDJSON or JSON, told by the file's name, also packed (.gz). The columns:
///
///   unit_orgnr,area,respondent_group,current,needed,respondents,comment
///
/// The file is sent in parts. Where the connection breaks or the command is stopped, run it again: it goes on where it
/// stopped, by a note that it keeps beside the file (FILE.upload). Sending the same file again changes nothing. Try it
/// with --dry-run first.
///
/// Exit code 0: every row is in. 2: some rows were rejected. 1: it failed, and nothing was stored.
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
    /// The scheme of your own codes by which the rows name units, in place of organisation numbers.
    #[arg(long, value_name = "NAME")]
    code_scheme: Option<String>,
    /// About so many bytes in a part: smaller ones lose less on a line that breaks.
    #[arg(long, value_name = "BYTES", default_value_t = 1024 * 1024, value_parser = clap::value_parser!(u32).range(1_000..))]
    part_bytes: u32,
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
        let client = connection.client()?.patient();
        let source = FileSource::look_through(&self.file, self.part_bytes)?;
        let journal = Journal::beside(&self.file, self.task(&client, connection));
        let batch = bring_in(&client, &source, &journal, &self.new_batch()).await?;
        ensure!(!matches!(batch.state.as_str(), "cancelled" | "expired"), "batch {} is {}", batch.id, batch.state);
        tell(&batch);
        if let Some(file) = &self.result {
            let result = client.upload_result(&batch).await?;
            std::fs::write(file, result).with_context(|| format!("{} cannot be written", file.display()))?;
            say(&format!("What became of each row stands in {}.", file.display()));
        }
        journal.forget()?;
        Ok(if batch.counts.rejected > 0 { ExitCode::from(2) } else { ExitCode::SUCCESS })
    }

    fn new_batch(&self) -> CreateBatch {
        CreateBatch {
            instrument: self.instrument.clone(),
            period: self.period.clone(),
            mode: Some(match self.mode {
                UploadMode::All => Mode::All,
                UploadMode::ValidRows => Mode::ValidRows,
            }),
            dry_run: self.dry_run,
            source: Some(self.file.file_name().unwrap_or_default().to_string_lossy().into_owned()),
            code_scheme: self.code_scheme.clone(),
        }
    }

    /// What makes two runs of the command the same upload.
    fn task(&self, client: &Client, connection: &Connection) -> String {
        let parts = [connection.server(), client.client_id(), &self.instrument, &self.period];
        let scheme = self.code_scheme.as_deref().unwrap_or_default();
        format!("{} {:?} {} {scheme}", parts.join(" "), self.mode, self.dry_run)
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
