//! Figures that the project promises, and the proof that nothing is lost when the server is killed. Both work on a
//! server of their own, a separate process on a database of its own. Neither is part of `make test`.

mod database;
mod demo_upload;
mod figures;
mod http;
mod load;
mod needs;
mod register;
mod server;
mod soak;

use std::process::ExitCode;

use clap::Parser;

/// Measures, and proves by killing.
#[derive(Parser)]
#[command(name = "benches")]
enum Command {
    /// Prints one JSON line per figure: `{name, value, goal, pass}`. Ends with 1 when one misses its goal.
    Figures {
        /// Only the figure with this name.
        #[arg(long)]
        only: Option<String>,
    },
    /// Kills the server under load, again and again, and looks for writes that are lost, halved or doubled.
    Soak(soak::Options),
    /// Uploads 100,000 rows, kills the client twice and the server once, mends what was rejected, and counts.
    DemoUpload(demo_upload::Options),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<ExitCode> {
    let all_pass = match Command::parse() {
        Command::Figures { only } => figures::run(only.as_deref()).await?,
        Command::Soak(options) => soak::run(&options).await?,
        Command::DemoUpload(options) => demo_upload::run(&options).await.map(|()| true)?,
    };
    Ok(if all_pass { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
