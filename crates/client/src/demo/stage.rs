//! Where it is played: the demo server that answers, or one of our own for the occasion.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, bail};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

/// A server to play against. One of our own is stopped by [`Stage::strike`], and by all means when this goes.
pub(super) struct Stage {
    address: String,
    data_dir: PathBuf,
    own: Option<Own>,
}

struct Own {
    server: Child,
    data: TempDir,
}

impl Stage {
    /// The server at the address, or where none answers there, a new one on a temporary database.
    pub(super) async fn set(address: &str, data_dir: &Path) -> anyhow::Result<Self> {
        if answers(address).await? {
            return Ok(Self { address: address.to_owned(), data_dir: data_dir.to_owned(), own: None });
        }
        let data = tempfile::Builder::new().prefix("kompetanseloft-demo-").tempdir()?;
        let (server, address) = start(data.path()).await?;
        Ok(Self { address, data_dir: data.path().to_owned(), own: Some(Own { server, data }) })
    }

    /// Where the server answers.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Where its demo clients are.
    pub(super) fn clients_file(&self) -> PathBuf {
        self.data_dir.join("demo-clients.json")
    }

    /// Stops a server of our own and removes its database. Another server goes on.
    pub(super) async fn strike(self) -> anyhow::Result<()> {
        let Some(Own { mut server, data }) = self.own else { return Ok(()) };
        server.kill().await.context("the server for the occasion does not stop")?;
        data.close().context("the database for the occasion cannot be removed")
    }

    /// Whether the server was started for the occasion.
    pub(super) const fn is_own(&self) -> bool {
        self.own.is_some()
    }
}

/// Whether a variable sets up another server.
fn is_setting(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with("KOMPETANSELOFT_")
}

/// Whether a server answers there. An answer that is none of ours is a mistake to be told.
async fn answers(address: &str) -> anyhow::Result<bool> {
    let http = reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?;
    match http.get(format!("{}/healthz", address.trim_end_matches('/'))).send().await {
        Ok(answer) if answer.status().is_success() => Ok(true),
        Ok(answer) => bail!("something else than Kompetanseløft answers at {address} ({})", answer.status()),
        Err(error) if error.is_connect() => Ok(false),
        Err(error) => Err(error).with_context(|| format!("{address} does not answer properly")),
    }
}

/// Starts the server program that stands beside this one, on a free port, and reads where it serves.
async fn start(data_dir: &Path) -> anyhow::Result<(Child, String)> {
    let program = std::env::current_exe()?.with_file_name("kompetanseloft");
    let mut server = Command::new(&program)
        .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--data-dir"])
        .arg(data_dir)
        .env_clear()
        .envs(std::env::vars_os().filter(|(name, _)| !is_setting(name)))
        .env("RUST_LOG", "warn")
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .with_context(|| format!("no server answers, and {} cannot be started", program.display()))?;
    let mut lines = BufReader::new(server.stdout.take().context("the server has an output")?).lines();
    let mut address = None;
    while let Some(line) = lines.next_line().await? {
        address = address.or_else(|| line.find("http://").map(|at| line[at..].trim().to_owned()));
        if line.contains("Ctrl-C") {
            return Ok((server, address.context("the server says where it serves")?));
        }
    }
    bail!("the server for the occasion ended before it served; see what it said above")
}
