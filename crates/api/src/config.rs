//! Configuration: flags and environment, one source of truth for `--help`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use domain::needs::Quota;
use persistence::backend::Durability;
use persistence::{Engine, Store, StoreOptions};

use crate::clock::Clock;
use crate::http::arrival::Pace;
use crate::kartlegging::Limits;
use crate::needs::AttachmentLimits;

/// What the installation is for. Written into the database when it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Mode {
    /// A demo county, on this machine only.
    Demo,
    /// For tests: the clock can stand still.
    Test,
    /// The real thing.
    Production,
}

impl Mode {
    /// As written in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::Test => "test",
            Self::Production => "production",
        }
    }
}

/// Where the server listens and what it works on.
#[derive(Debug, Clone, Args)]
pub struct Config {
    /// Address to listen on.
    #[arg(long, env = "KOMPETANSELOFT_LISTEN", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Address to serve /metrics on; none where left out.
    #[arg(long, env = "KOMPETANSELOFT_METRICS_LISTEN")]
    pub metrics_listen: Option<SocketAddr>,
    /// The database: sqlite:PATH or postgres://… ; a file in the data folder where left out.
    #[arg(long, env = "KOMPETANSELOFT_DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// A file with the database URL, for secrets that come as files.
    #[arg(long, env = "KOMPETANSELOFT_DATABASE_URL_FILE", conflicts_with = "database_url")]
    pub database_url_file: Option<PathBuf>,
    /// The data folder: database, signing key, demo clients.
    #[arg(long, env = "KOMPETANSELOFT_DATA_DIR", default_value = "data")]
    pub data_dir: PathBuf,
    /// Demo, test or production; production where nothing is said.
    #[arg(long, env = "KOMPETANSELOFT_MODE", value_enum)]
    pub mode: Option<Mode>,
    /// The same as --mode demo.
    #[arg(long)]
    pub demo: bool,
    /// The file with the signing key, shared by all processes; in the data folder where left out.
    #[arg(long, env = "KOMPETANSELOFT_SIGNING_KEY_FILE")]
    pub signing_key_file: Option<PathBuf>,
    /// The name of the token issuer: the public base address. The listening address where left out.
    #[arg(long, env = "KOMPETANSELOFT_ISSUER")]
    pub issuer: Option<String>,
    /// An instant at which the domain's clock stands still; test mode only.
    #[arg(long, env = "KOMPETANSELOFT_NOW")]
    pub now: Option<DateTime<Utc>>,
    /// Origins that browsers may call from, separated by commas.
    #[arg(long, env = "KOMPETANSELOFT_CORS_ORIGINS", value_delimiter = ',')]
    pub cors_origins: Vec<String>,
    /// Lanes to the database: for PostgreSQL all of them, for SQLite those that read.
    #[arg(long, env = "KOMPETANSELOFT_LANES")]
    pub lanes: Option<usize>,
    /// The folder where uploads wait until they are complete; the data folder where left out. Their files have no
    /// name there, and are gone with the process.
    #[arg(long, env = "KOMPETANSELOFT_SPOOL_DIR")]
    pub spool_dir: Option<PathBuf>,
    /// How many bytes an upload may have as it is sent; unpacked it may have four times as many.
    #[arg(long, env = "KOMPETANSELOFT_UPLOAD_BYTES", default_value_t = 64 * 1_024 * 1_024)]
    pub upload_bytes: u64,
    /// How many seconds an upload may stand still before it is too slow.
    #[arg(long, env = "KOMPETANSELOFT_UPLOAD_PATIENCE", default_value_t = 20)]
    pub upload_patience: u64,
    /// Bytes per second that an upload must bring on the whole.
    #[arg(long, env = "KOMPETANSELOFT_UPLOAD_RATE", default_value_t = 8_192, value_parser = clap::value_parser!(u64).range(1..))]
    pub upload_rate: u64,
    /// How many seconds the commit of a batch waits for the batch to be applied, before it answers that it will be;
    /// with 0 it never waits.
    #[arg(long, env = "KOMPETANSELOFT_COMMIT_PATIENCE", default_value_t = 10)]
    pub commit_patience: u64,
    /// Where the bytes of attachments are kept: `file:FOLDER`, or `s3://BUCKET` with or without /PREFIX; the folder
    /// `attachments` in the data folder where left out.
    #[arg(long, env = "KOMPETANSELOFT_OBJECTS")]
    pub objects: Option<String>,
    /// The address of a store that speaks S3; that of AWS where left out.
    #[arg(long, env = "KOMPETANSELOFT_OBJECTS_ENDPOINT")]
    pub objects_endpoint: Option<String>,
    /// The region of the store.
    #[arg(long, env = "KOMPETANSELOFT_OBJECTS_REGION", default_value = "us-east-1")]
    pub objects_region: String,
    /// A file with the store's access key id and its secret, a line each; the AWS environment or the machine's own
    /// role where left out.
    #[arg(long, env = "KOMPETANSELOFT_OBJECTS_KEY_FILE")]
    pub objects_key_file: Option<PathBuf>,
    /// How many bytes an attachment may have.
    #[arg(long, env = "KOMPETANSELOFT_ATTACHMENT_BYTES", default_value_t = 25 * 1_024 * 1_024)]
    pub attachment_bytes: u64,
    /// How many bytes the attachments of a need may have together.
    #[arg(long, env = "KOMPETANSELOFT_ATTACHMENTS_PER_NEED", default_value_t = 250 * 1_024 * 1_024)]
    pub attachments_per_need: i64,
    /// How many bytes the attachments that an organisation has added may have together.
    #[arg(long, env = "KOMPETANSELOFT_ATTACHMENTS_PER_SENDER", default_value_t = 5 * 1_024 * 1_024 * 1_024)]
    pub attachments_per_sender: i64,
    /// Run migrations on PostgreSQL at start. SQLite always does.
    #[arg(long, env = "KOMPETANSELOFT_MIGRATE")]
    pub migrate: bool,
}

impl Config {
    /// The mode, flags together.
    pub fn mode(&self) -> Mode {
        if self.demo { Mode::Demo } else { self.mode.unwrap_or(Mode::Production) }
    }

    /// Refuses what does not go together.
    pub fn check(&self) -> anyhow::Result<()> {
        let mode = self.mode();
        if let Some(said) = self.mode
            && said != mode
        {
            bail!("--demo and {} mode do not go together: leave out one of them", said.as_str());
        }
        ensure!(
            self.now.is_none() || mode == Mode::Test,
            "KOMPETANSELOFT_NOW holds the clock still and is for test mode only"
        );
        ensure!(
            mode != Mode::Demo || self.listen.ip().is_loopback(),
            "demo mode listens on loopback only, for example 127.0.0.1:8080"
        );
        Ok(())
    }

    /// The database URL.
    pub fn database_url(&self) -> anyhow::Result<String> {
        match (&self.database_url, &self.database_url_file) {
            (Some(url), _) => Ok(url.clone()),
            (None, Some(file)) => {
                let url = std::fs::read_to_string(file)
                    .with_context(|| format!("the database URL cannot be read from {}", file.display()))?;
                Ok(url.trim().to_owned())
            }
            (None, None) => Ok(format!("sqlite:{}", self.data_dir.join("kompetanseloft.db").display())),
        }
    }

    /// The signing key's file.
    pub fn signing_key_file(&self) -> PathBuf {
        self.signing_key_file.clone().unwrap_or_else(|| self.data_dir.join("signing-key"))
    }

    /// The issuer's name.
    pub fn issuer(&self) -> String {
        self.issuer.clone().unwrap_or_else(|| format!("http://{}", self.listen))
    }

    /// Where uploads wait.
    pub fn spool_dir(&self) -> PathBuf {
        self.spool_dir.clone().unwrap_or_else(|| self.data_dir.clone())
    }

    /// How much an upload may be.
    pub fn upload_limits(&self) -> Limits {
        Limits {
            encoded_bytes: self.upload_bytes,
            decoded_bytes: self.upload_bytes.saturating_mul(4),
            pace: self.pace(),
            patience: std::time::Duration::from_secs(self.commit_patience),
            ..Limits::default()
        }
    }

    /// How fast uploads and attachments must come.
    pub fn pace(&self) -> Pace {
        Pace { bytes_per_second: self.upload_rate, patience: std::time::Duration::from_secs(self.upload_patience) }
    }

    /// How much attachments may be.
    pub fn attachment_limits(&self) -> AttachmentLimits {
        AttachmentLimits {
            file_bytes: self.attachment_bytes,
            quota: Quota { need_bytes: self.attachments_per_need, organisation_bytes: self.attachments_per_sender },
            pace: self.pace(),
            at_a_time: 8,
        }
    }

    /// Where the bytes of attachments are kept.
    pub fn objects(&self) -> String {
        let folder = || format!("file:{}", self.data_dir.join("attachments").display());
        self.objects.clone().unwrap_or_else(folder)
    }

    /// The clock.
    pub fn clock(&self) -> Clock {
        self.now.map_or(Clock::Real, Clock::still)
    }

    /// Opens the store, migrates it where that is ours to do, and holds its mode against ours.
    pub fn open_store(&self) -> anyhow::Result<Arc<Store>> {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        let url = self.database_url()?;
        let lanes = self.lanes.unwrap_or(if url.starts_with("sqlite:") { cores } else { 4 });
        let durability = if self.mode() == Mode::Production { Durability::Full } else { Durability::Normal };
        let store = Store::open(&StoreOptions { url, durability, lanes, waiting: 1_024 })?;
        let mut connection = store.connect()?;
        if store.engine() == Engine::Sqlite || self.migrate {
            persistence::migrations::run(&mut connection)?;
        } else if persistence::migrations::pending(&mut connection)? {
            bail!("the database is of another release: run `kompetanseloft migrate`, or start with --migrate");
        }
        Ok(Arc::new(store))
    }
}
