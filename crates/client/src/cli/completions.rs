//! `kompetanse completions`.

use std::io;
use std::process::ExitCode;

use clap::{Args, CommandFactory as _};
use clap_complete::{Shell, generate};

use super::Cli;

/// Prints what a shell needs to complete commands and options.
///
///   kompetanse completions bash > ~/.local/share/bash-completion/completions/kompetanse
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CompletionsCommand {
    /// The shell.
    shell: Shell,
}

impl CompletionsCommand {
    pub(crate) fn run(self) -> ExitCode {
        generate(self.shell, &mut Cli::command(), "kompetanse", &mut io::stdout());
        ExitCode::SUCCESS
    }
}
