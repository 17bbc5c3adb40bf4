//! The server binary: `kompetanseloft`.

mod commands;

use api::config::Config;
use api::objects::Objects;
use api::{seed, telemetry};
use clap::{Parser, Subcommand};

use crate::commands::client::ClientCommand;
use crate::commands::openapi::WriteOpenapi;
use crate::commands::serve;

/// Kompetanseløft: needs, kartlegging, forum and funding over HTTP.
#[derive(Parser)]
#[command(name = "kompetanseloft", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API.
    Serve(Box<Config>),
    /// Brings the database up to this release, and loads the reference data.
    Migrate(Box<Config>),
    /// Makes clients: the first one of an installation, and its organisation.
    #[command(subcommand)]
    Client(ClientCommand),
    /// Writes the OpenAPI document, or compares it with a file.
    Openapi(WriteOpenapi),
    /// Reads the configuration and says whether it holds together.
    CheckConfig(Box<Config>),
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start();
    match Cli::parse().command {
        Command::Serve(config) => serve::run(&config).await,
        Command::Migrate(config) => migrate(&Config { migrate: true, ..*config }),
        Command::Client(command) => command.run(),
        Command::Openapi(command) => command.run(),
        Command::CheckConfig(config) => check(&config).await,
    }
}

#[allow(clippy::print_stdout, reason = "the answer to whoever asked")]
async fn check(config: &Config) -> anyhow::Result<()> {
    config.check()?;
    if config.objects.is_some() {
        Objects::open(config)?.try_out().await?;
    }
    println!("The configuration holds together: {} mode on {}.", config.mode().as_str(), config.listen);
    Ok(())
}

fn migrate(config: &Config) -> anyhow::Result<()> {
    config.check()?;
    seed::private_folder(&config.data_dir)?;
    seed::prepare(&*config.open_store()?, config.mode())
}
