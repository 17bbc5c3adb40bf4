//! The real programs, run as processes of their own. `make test` builds them first.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::database::TestDatabase;

/// A program from the target folder that this test was built into.
pub fn program(name: &str) -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let path = test.parent().and_then(Path::parent).unwrap().join(name);
    assert!(path.exists(), "{} is missing: `cargo build --bins` first, as `make test` does", path.display());
    path
}

/// A place to run programs in: a data folder and a database that is empty to begin with.
pub struct Place {
    /// The data folder.
    pub data_dir: tempfile::TempDir,
    database: TestDatabase,
}

impl Place {
    /// With an empty database.
    pub fn new() -> Self {
        Self::on(TestDatabase::empty())
    }

    /// With a database that is there.
    pub fn on(database: TestDatabase) -> Self {
        Self { data_dir: tempfile::tempdir().unwrap(), database }
    }

    /// The server program with arguments, knowing nothing of the environment but this place.
    pub fn kompetanseloft(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program("kompetanseloft"));
        command
            .args(arguments)
            .env_clear()
            .env("KOMPETANSELOFT_DATABASE_URL", &self.database.url)
            .env("KOMPETANSELOFT_DATA_DIR", self.data_dir.path())
            .env("KOMPETANSELOFT_MIGRATE", "true");
        command
    }

    /// Runs the server program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.kompetanseloft(arguments).output().unwrap().into()
    }

    /// Starts the server on a free port, with more arguments.
    pub fn serve(&self, arguments: &[&str]) -> RunningServer {
        let mut command = self.kompetanseloft(&["serve", "--listen", "127.0.0.1:0"]);
        RunningServer::start(command.args(arguments))
    }
}

/// What a program left behind.
pub struct Ran {
    /// Whether it ended well.
    pub succeeded: bool,
    /// What it said.
    pub out: String,
    /// What it complained about, and its log.
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Self {
            succeeded: output.status.success(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// A server in a process of its own. It is killed when the test ends.
pub struct RunningServer {
    child: Child,
    /// What it said until it was serving.
    pub greeting: String,
}

impl RunningServer {
    fn start(command: &mut Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        let mut greeting = String::new();
        while !greeting.contains("Ctrl-C") {
            assert!(reader.read_line(&mut greeting).unwrap() > 0, "the server ended: {greeting}");
        }
        Self { child, greeting }
    }

    /// The address that stands in the line of the greeting that begins so.
    pub fn address(&self, beginning: &str) -> String {
        let line = self.greeting.lines().find(|line| line.starts_with(beginning));
        let line = line.unwrap_or_else(|| panic!("no line begins with {beginning}: {}", self.greeting));
        line[line.find("http://").unwrap()..].to_owned()
    }
}

impl Drop for RunningServer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
