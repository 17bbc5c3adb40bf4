//! The server binary: `kompetanseloft`.

use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, bail};
use api::config::Config;
use api::{openapi, server, telemetry};
use clap::{Parser, Subcommand};

/// Kompetanseløft: needs, kartlegging, forum and funding over HTTP.
#[derive(Parser)]
#[command(name = "kompetanseloft", version)]
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
    /// Writes the OpenAPI document, or compares it with a file.
    Openapi {
        /// The file to compare with; it must be the same.
        #[arg(long)]
        check: Option<PathBuf>,
    },
    /// Reads the configuration and says whether it holds together.
    CheckConfig(Box<Config>),
}

#[actix_web::main]
async fn main() -> anyhow::Result<()> {
    telemetry::start();
    match Cli::parse().command {
        Command::Serve(config) => serve(&config).await,
        Command::Migrate(config) => {
            let config = Config { migrate: true, ..*config };
            let store = config.open_store()?;
            api::seed::prepare(&store, config.mode())
        }
        Command::Openapi { check } => write_openapi(check),
        Command::CheckConfig(config) => config.check(),
    }
}

async fn serve(config: &Config) -> anyhow::Result<()> {
    let app = server::build(config)?;
    let listener = TcpListener::bind(config.listen).with_context(|| format!("cannot listen on {}", config.listen))?;
    log::info!("serving on http://{}, documentation at /docs/", listener.local_addr()?);
    Ok(server::serve(app, listener, config)?.await?)
}

#[allow(clippy::print_stdout, reason = "the document is what this command is for")]
fn write_openapi(check: Option<PathBuf>) -> anyhow::Result<()> {
    let document = openapi::document().to_yaml()?;
    let Some(file) = check else {
        print!("{document}");
        return Ok(());
    };
    let committed = std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    if committed != document {
        bail!("{} is not what the server serves: run `make openapi` and look at the difference", file.display());
    }
    Ok(())
}
