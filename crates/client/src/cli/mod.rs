//! The commands, one file each, and what they have in common.

#![allow(clippy::doc_markdown, rustdoc::bare_urls, reason = "the documentation of a command is its help text")]

mod completions;
mod generate;
mod summary;
mod template;
mod token;
mod upload;
mod watch;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use client::{Client, Credentials, Error};
use domain::language::Language;

use crate::demo::DemoCommand;

/// Kompetanseløft from the command line: kartlegging in, events out, and a demonstration of the whole.
///
/// A client acts for one organisation. Its id and secret come from the environment or from a file, never from the
/// command line, where others on the same machine would see them:
///
///   export KOMPETANSE_CLIENT_ID=bergen-kommune KOMPETANSE_CLIENT_SECRET=…
///   kompetanse upload kartlegging.csv --instrument basis-2026 --period 2026
///
///   kompetanse token --credentials data/demo-clients.json --client bergen-kommune
///
/// A file with secrets must be readable by its owner alone (chmod 600). It holds {"client_id": …, "client_secret": …},
/// or a list of such, of which --client names one.
#[derive(Parser)]
#[command(name = "kompetanse", version, arg_required_else_help = true, verbatim_doc_comment)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    connection: Connection,
}

#[derive(Subcommand)]
enum Command {
    Token(token::TokenCommand),
    Template(template::TemplateCommand),
    Upload(upload::UploadCommand),
    Summary(summary::SummaryCommand),
    Generate(generate::GenerateCommand),
    Watch(watch::WatchCommand),
    Demo(DemoCommand),
    Completions(completions::CompletionsCommand),
}

/// Which server, and who asks.
#[derive(Args)]
#[command(next_help_heading = "Connection")]
pub(crate) struct Connection {
    /// The server's address.
    #[arg(long, env = "KOMPETANSE_SERVER", default_value = "http://127.0.0.1:8080", global = true)]
    server: String,
    /// A file with the client's id and secret.
    #[arg(long, env = "KOMPETANSE_CREDENTIALS", value_name = "FILE", global = true)]
    credentials: Option<PathBuf>,
    /// Which client of that file.
    #[arg(long, env = "KOMPETANSE_CLIENT_ID", value_name = "ID", global = true)]
    client: Option<String>,
    /// The language of the server's messages: nb, nn or en.
    #[arg(long, env = "KOMPETANSE_LANGUAGE", default_value = "en", global = true)]
    language: Language,
}

impl Connection {
    /// The server's address.
    pub(crate) fn server(&self) -> &str {
        &self.server
    }

    /// The language of the server's messages.
    pub(crate) const fn language(&self) -> Language {
        self.language
    }

    /// The client that the environment or the file names.
    fn client(&self) -> Result<Client, Error> {
        let secret = std::env::var("KOMPETANSE_CLIENT_SECRET").ok().filter(|secret| !secret.is_empty());
        let credentials = match (&self.credentials, &self.client, secret) {
            (Some(file), id, _) => Credentials::from_file(file, id.as_deref())?,
            (None, Some(id), Some(secret)) => Credentials { client_id: id.clone(), client_secret: secret },
            (None, _, _) => {
                return Err(Error::Setup(
                    "who are you? Set KOMPETANSE_CLIENT_ID and KOMPETANSE_CLIENT_SECRET, or name a file with \
                     --credentials"
                        .to_owned(),
                ));
            }
        };
        Client::new(&self.server, credentials, self.language)
    }
}

impl Cli {
    pub(crate) async fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Token(command) => command.run(&self.connection).await,
            Command::Template(command) => command.run(&self.connection).await,
            Command::Upload(command) => command.run(&self.connection).await,
            Command::Summary(command) => command.run(&self.connection).await,
            Command::Generate(command) => command.run(&self.connection).await,
            Command::Watch(command) => command.run(&self.connection).await,
            Command::Demo(command) => command.run(&self.connection).await,
            Command::Completions(command) => command.run(),
        }
    }
}

/// Says a line to whoever ran the command.
#[allow(clippy::print_stdout, reason = "the command line speaks on standard output")]
pub(crate) fn say(line: &str) {
    println!("{line}");
}

/// Says what went wrong, with its causes.
#[allow(clippy::print_stderr, reason = "the command line complains on standard error")]
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("{error:#}");
}
