//! `kompetanse demo`: the main job from beginning to end, over HTTP only, each actor with its own client. One file per
//! step of the story, in this order.

mod cast;
mod forum;
mod frame;
mod grant;
mod kartlegging;
mod need;
mod network;
mod payment;
mod report;
mod round;
mod stage;
mod tell;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::anyhow;
use clap::Args;

use self::cast::Cast;
use self::stage::Stage;
use crate::cli::Connection;

/// Plays the main job from kartlegging to an approved report, and prints each step and what came of it.
///
/// Against the demo server that answers at --server; where none answers, against one of its own on a temporary
/// database, which goes away afterwards. Everything happens over HTTP, each organisation with its own client.
#[derive(Args)]
pub(crate) struct DemoCommand {
    /// The data folder of the running server, where its demo clients are.
    #[arg(long, env = "KOMPETANSELOFT_DATA_DIR", default_value = "data", value_name = "FOLDER")]
    data_dir: PathBuf,
}

impl DemoCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let stage = Stage::set(connection.server(), &self.data_dir).await?;
        let cast = Cast::read(stage.address(), &stage.clients_file(), connection.language())?;
        tell::opening(&stage, &cast);
        let played = tokio::select! {
            played = play(&cast) => played,
            _ = tokio::signal::ctrl_c() => Err(anyhow!("interrupted")),
        };
        let struck = stage.strike().await;
        played.and(struck).map(|()| ExitCode::SUCCESS)
    }
}

async fn play(cast: &Cast) -> anyhow::Result<()> {
    let round = round::find_open(cast).await?;
    let batch = kartlegging::upload(cast, &round).await?;
    let need = need::register(cast, &round, batch).await?;
    network::coordinate(cast, &round).await?;
    let recommendation = forum::treat(cast, &round, &need).await?;
    let grant = grant::decide(cast, &need, &recommendation).await?;
    payment::pay_first(cast, &round, &grant).await?;
    report::report(cast, &round, &grant).await?;
    payment::pay_rest(cast, &grant).await?;
    frame::account(cast, &round).await
}
