//! A server of one's own: in this process, on a real port, on a real database.

use std::net::TcpListener;
use std::sync::Arc;

use actix_web::web::Data;
use api::app::App;
use api::config::{Config, Mode};
use chrono::{DateTime, Utc};
use clap::Parser;

use super::actors::Actor;
use super::database::{TestDatabase, open};

/// A running server. It stops when the test ends.
pub struct TestServer {
    /// Its address.
    pub url: String,
    /// The application inside, for what a test must set up beside the API.
    pub app: Data<App>,
    /// The folder with the bytes of attachments.
    pub objects: tempfile::TempDir,
    _database: Option<TestDatabase>,
}

/// The instant at which the clock of the tests stands unless told: in the middle of the open round.
pub const NOON: &str = "2026-11-21T11:00:00Z";

#[derive(Parser)]
struct Flags {
    #[command(flatten)]
    config: Config,
}

/// The configuration of a test server, with more flags.
fn config(flags: &[&str]) -> Config {
    let all = ["test", "--listen", "127.0.0.1:0"].iter().chain(flags);
    Flags::parse_from(all).config
}

impl TestServer {
    /// A server on a new database, in test mode, its clock standing at [`NOON`].
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// The same with more flags.
    pub async fn start_with(flags: &[&str]) -> Self {
        let database = TestDatabase::new();
        let url = database.url.clone();
        Self::start_on(&url, Mode::Test, Some(database), flags).await
    }

    async fn start_on(url: &str, mode: Mode, database: Option<TestDatabase>, more: &[&str]) -> Self {
        let mode_name = mode.as_str();
        let mut flags = vec!["--mode", mode_name];
        if mode == Mode::Test {
            flags.extend(["--now", NOON]);
        }
        let spools = std::env::temp_dir();
        let objects = tempfile::tempdir().unwrap();
        let objects_in = format!("file:{}", objects.path().display());
        flags.extend(["--spool-dir", spools.to_str().unwrap()]);
        if !more.contains(&"--objects") {
            flags.extend(["--objects", &objects_in]);
        }
        flags.extend(more);
        let config = config(&flags);
        let key = api::auth::issuer::make_key().unwrap();
        let app = api::server::assemble(&config, Arc::new(open(url)), &key).unwrap();
        let listener = TcpListener::bind(config.listen).unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = api::server::serve(app.clone(), listener, &config).unwrap();
        actix_web::rt::spawn(server);
        Self { url, app, objects, _database: database }
    }

    /// Sets the domain's clock.
    pub fn set_now(&self, at: &str) {
        self.app.clock.set(at.parse::<DateTime<Utc>>().unwrap());
    }

    /// Somebody without a token.
    pub fn anonymous(&self) -> Actor {
        Actor::anonymous(&self.url)
    }
}
