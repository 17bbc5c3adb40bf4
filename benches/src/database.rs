//! A database of its own for every run, gone afterwards.

use std::path::Path;

use anyhow::Context;
use persistence::backend::Durability;
use persistence::{Engine, Store, StoreOptions, Tx};
use tempfile::TempDir;

/// A database and the data folder of the servers that work on it.
pub struct Database {
    /// Its URL.
    pub url: String,
    folder: TempDir,
    /// The server on which it is dropped, and its name there.
    dropped: Option<(String, String)>,
}

impl Database {
    /// A new, empty one. PostgreSQL's stands on the server of `TEST_DATABASE_URL`.
    pub fn new(engine: Engine) -> anyhow::Result<Self> {
        let folder = tempfile::Builder::new().prefix("kompetanseloft-bench-").tempdir()?;
        match engine {
            Engine::Sqlite => {
                let url = format!("sqlite:{}", folder.path().join("bench.db").display());
                Ok(Self { url, folder, dropped: None })
            }
            Engine::Postgres => {
                let server = std::env::var("TEST_DATABASE_URL")
                    .context("PostgreSQL is found in TEST_DATABASE_URL; run this by make, which provides one")?;
                let name = format!("bench_{:016x}", rand::random::<u64>());
                connect(&server)?.execute(&format!("CREATE DATABASE {name}"))?;
                let question = if server.contains('?') { '&' } else { '?' };
                let url = format!("{server}{question}dbname={name}");
                Ok(Self { url, folder, dropped: Some((server, name)) })
            }
        }
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection, for what is set up and looked at beside the API.
    pub fn connect(&self) -> anyhow::Result<Tx> {
        connect(&self.url)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some((server, name)) = &self.dropped {
            let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
            if let Err(error) = connect(server).and_then(|mut tx| Ok(tx.execute(&drop)?)) {
                eprintln!("the database {name} is still there: {error:#}");
            }
        }
    }
}

fn connect(url: &str) -> anyhow::Result<Tx> {
    let options = StoreOptions { url: url.to_owned(), durability: Durability::Normal, lanes: 1, waiting: 1 };
    Ok(Store::open(&options)?.connect()?)
}
