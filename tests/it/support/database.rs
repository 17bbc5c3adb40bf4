//! A database of its own for every test, copied from a template that is migrated once.
//!
//! `KOMPETANSELOFT_TEST_ENGINE` chooses the engine: `sqlite` (where nothing is said) or `postgres`, which needs
//! `TEST_DATABASE_URL` of a server where databases may be made.

use std::fs::File;
use std::path::PathBuf;

use persistence::backend::Durability;
use persistence::{Store, StoreOptions};

/// A database that goes away with the test.
pub struct TestDatabase {
    /// Its URL.
    pub url: String,
    dropped: Dropped,
}

enum Dropped {
    File(#[allow(dead_code, reason = "the folder goes when this goes")] tempfile::TempDir),
    Database { server: String, name: String },
}

impl TestDatabase {
    /// A new database, migrated, with reference data, in test mode.
    pub fn new() -> Self {
        match std::env::var("KOMPETANSELOFT_TEST_ENGINE").as_deref() {
            Ok("postgres") => Self::postgres(),
            Ok("sqlite") | Err(_) => Self::sqlite(),
            Ok(other) => panic!("KOMPETANSELOFT_TEST_ENGINE is sqlite or postgres, not {other}"),
        }
    }

    /// A new database with nothing in it.
    pub fn empty() -> Self {
        if std::env::var("KOMPETANSELOFT_TEST_ENGINE").as_deref() == Ok("postgres") {
            let server = postgres_server();
            let name = format!("test_{}", uuid::Uuid::now_v7().simple());
            execute(&server, &format!("CREATE DATABASE {name}"));
            return Self { url: with_database(&server, &name), dropped: Dropped::Database { server, name } };
        }
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("test.db").display());
        Self { url, dropped: Dropped::File(folder) }
    }

    fn sqlite() -> Self {
        let template = shared_folder().join("template.db");
        once(
            "sqlite",
            || !template.exists(),
            || {
                let half = template.with_extension("half");
                let _ = std::fs::remove_file(&half);
                prepare(&format!("sqlite:{}", half.display()));
                std::fs::rename(&half, &template).unwrap();
            },
        );
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("test.db");
        std::fs::copy(&template, &file).unwrap();
        Self { url: format!("sqlite:{}", file.display()), dropped: Dropped::File(folder) }
    }

    fn postgres() -> Self {
        let server = postgres_server();
        let template = format!("template_{}", run_id());
        once(
            "postgres",
            || !exists(&server, &template),
            || {
                let half = format!("half_{}", run_id());
                execute(&server, &format!("DROP DATABASE IF EXISTS {half}"));
                execute(&server, &format!("CREATE DATABASE {half}"));
                prepare(&with_database(&server, &half));
                execute(&server, &format!("ALTER DATABASE {half} RENAME TO {template}"));
            },
        );
        let name = format!("test_{}", uuid::Uuid::now_v7().simple());
        locked("postgres", || execute(&server, &format!("CREATE DATABASE {name} TEMPLATE {template}")));
        Self { url: with_database(&server, &name), dropped: Dropped::Database { server, name } }
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        if let Dropped::Database { server, name } = &self.dropped {
            execute(server, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        }
    }
}

fn postgres_server() -> String {
    std::env::var("TEST_DATABASE_URL")
        .expect("tests on PostgreSQL need TEST_DATABASE_URL; run them by `make test`, which provides one")
}

/// Opens a store on a URL, as small as a test needs it.
pub fn open(url: &str) -> Store {
    let options = StoreOptions { url: url.to_owned(), durability: Durability::Normal, lanes: 2, waiting: 1_024 };
    Store::open(&options).unwrap()
}

fn prepare(url: &str) {
    let store = open(url);
    persistence::migrations::run(&mut store.connect().unwrap()).unwrap();
    api::seed::prepare(&store, api::config::Mode::Test).unwrap();
}

fn execute(server: &str, sql: &str) {
    open(server).connect().unwrap().execute(sql).unwrap();
}

fn exists(server: &str, name: &str) -> bool {
    let sql = format!("SELECT 1 FROM pg_database WHERE datname = '{name}'");
    open(server).connect().unwrap().execute(&sql).unwrap() > 0
}

/// The same server, another database: the path of the URL is replaced.
fn with_database(server: &str, name: &str) -> String {
    let (head, query) = server.split_once('?').unwrap_or((server, ""));
    let authority_end = head.find("://").map_or(0, |at| at + 3);
    let path = head[authority_end..].find('/').map_or(head.len(), |at| authority_end + at);
    let question = if query.is_empty() { "" } else { "?" };
    format!("{}/{name}{question}{query}", &head[..path])
}

/// One run of the tests: nextest names it; else this process is one.
fn run_id() -> String {
    std::env::var("NEXTEST_RUN_ID").map_or_else(|_| std::process::id().to_string(), |id| id.replace('-', ""))
}

/// What the processes of one run share. It lies in the target folder, so that nothing is left behind elsewhere.
fn shared_folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("run-{}", run_id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes something once per run, though every test is a process of its own.
fn once(name: &str, missing: impl Fn() -> bool, make: impl FnOnce()) {
    locked(name, || {
        if missing() {
            make();
        }
    });
}

fn locked(name: &str, work: impl FnOnce()) {
    let lock = File::create(shared_folder().join(format!("{name}.lock"))).unwrap();
    lock.lock().unwrap();
    work();
}
