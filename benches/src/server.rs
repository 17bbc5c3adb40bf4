//! The server as a process of its own: the binary that was built beside this one.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Stdio;

use anyhow::{Context, bail, ensure};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::database::Database;

/// The instant at which the domain's clock stands: in the middle of the open round.
pub const NOW: &str = "2026-11-21T11:00:00Z";

/// A running server; it is killed when this goes.
pub struct Server {
    /// Where it answers.
    pub address: SocketAddr,
    process: Child,
    /// Kept, so that the server has somebody to talk to.
    _said: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// Starts it in test mode and waits until it serves. Its warnings go to our standard error; the line per
    /// request is not asked for.
    pub async fn start(database: &Database) -> anyhow::Result<Self> {
        Self::start_at(database, SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await
    }

    /// The same at an address.
    pub async fn start_at(database: &Database, address: SocketAddr) -> anyhow::Result<Self> {
        let program = std::env::current_exe()?.with_file_name("kompetanseloft");
        ensure!(program.exists(), "{} is missing: run this by make, which builds it", program.display());
        let mut process = Command::new(&program)
            .args(["serve", "--mode", "test", "--now", NOW, "--migrate", "--listen", &address.to_string()])
            .arg("--data-dir")
            .arg(database.folder())
            .env("KOMPETANSELOFT_DATABASE_URL", &database.url)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        let said = process.stdout.take().context("the server has no standard output")?;
        let mut said = BufReader::new(said).lines();
        let address = loop {
            let Some(line) = said.next_line().await? else { bail!("the server ended before it served") };
            if let Some((_, address)) = line.split_once("serves on") {
                break address.trim().trim_start_matches("http://").parse()?;
            }
        };
        Ok(Self { address, process, _said: said })
    }

    /// The most memory that it has held so far, in bytes.
    pub fn peak_memory(&self) -> anyhow::Result<u64> {
        let id = self.process.id().context("the server is gone")?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM for the server")?;
        let kibibytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kibibytes * 1_024)
    }

    /// Kills it as `kill -9` does, and waits until it is gone.
    pub async fn kill(mut self) -> anyhow::Result<()> {
        Ok(self.process.kill().await?)
    }
}
