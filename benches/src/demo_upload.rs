//! The story of an upload that everything happens to: 100,000 rows, a client that is killed twice, a server that is
//! killed once, rows that are wrong, and in the end every row in once. Everything is a process of its own, and every
//! kill is SIGKILL at a moment that the printed seed decides.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, ensure};
use persistence::Engine;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::database::Database;
use crate::http::{Connection, Request};
use crate::register::{GROUPS, Party, Register, areas};
use crate::server::Server;

const ROWS: usize = 100_000;
/// One row in so many has something wrong with it.
const FAULTY_EVERY: usize = 2_500;
const FAULTS: [(&str, &str); 3] = [(",2.5,", ",\"2,5\","), (",vision,", ",visjon,"), (",4,12,", ",4,0,")];

/// What the demonstration is to do.
#[derive(Debug, clap::Args)]
pub struct Options {
    /// The seed that decides when what is killed; another one every time unless told.
    #[arg(long)]
    seed: Option<u64>,
}

/// Tells the story, and fails where it does not end as it should.
pub async fn run(options: &Options) -> anyhow::Result<()> {
    let seed = options.seed.unwrap_or_else(rand::random);
    say(&format!("Seed {seed}: --seed {seed} tells the same story again."));
    let mut chance = StdRng::seed_from_u64(seed);
    let database = Database::new(Engine::Sqlite)?;
    let mut server = Server::start(&database).await?;
    let stage = Stage::new(&database)?;
    say(&format!("{ROWS} rows in {}, {} of them wrong.", stage.file.display(), ROWS / FAULTY_EVERY));

    for kill in 1..=2 {
        let tenths = chance.random_range(1..=2);
        let mut upload = stage.upload(&server, &stage.file, &["--result", shown(&stage.result)]).spawn()?;
        let heard = hear(&mut upload, tenths).await?;
        upload.kill().await?;
        say(&format!("Client killed for the {kill}. time, after: {heard}"));
    }
    let mut upload = stage.upload(&server, &stage.file, &["--result", shown(&stage.result)]).spawn()?;
    let (heard, mut rest) = hear_on(&mut upload, 1).await?;
    // While parts are on their way, or while the batch is applied.
    tokio::time::sleep(Duration::from_millis(chance.random_range(0..600))).await;
    ensure!(upload.try_wait()?.is_none(), "the upload was over before the server could be killed");
    let address = server.address;
    server.kill().await?;
    say(&format!("Server killed, after: {heard}"));
    server = Server::start_at(&database, address).await?;
    say("Server back on the same address; the client goes on by itself.");
    while let Some(line) = rest.next_line().await? {
        say(&format!("  {line}"));
    }
    let ended = upload.wait().await?;
    ensure!(ended.code() == Some(2), "some rows are wrong, so the exit code is 2, not {ended}");
    say("Exit code 2: all but the wrong rows are in.");

    let mended = stage.mend()?;
    let last = stage.upload(&server, &mended, &[]).stderr(Stdio::inherit()).status().await?;
    ensure!(last.code() == Some(0), "the mended rows are all right, so the exit code is 0, not {last}");
    say("Exit code 0: the mended rows are in as well.");
    let stored = stage.stored(&server).await?;
    ensure!(stored == ROWS, "{stored} responses are stored, not {ROWS}");
    say(&format!("{stored} responses are stored: every row once."));
    server.kill().await
}

/// Who sends, and what.
struct Stage {
    sender: Party,
    folder: TempDir,
    file: PathBuf,
    result: PathBuf,
}

impl Stage {
    /// On a database that a server has migrated.
    fn new(database: &Database) -> anyhow::Result<Self> {
        let areas = areas(database)?;
        let register = Register::fill(database, 1, ROWS.div_ceil(areas.len() * GROUPS.len()))?;
        let sender = register.municipalities.into_iter().next().context("one was asked for")?;
        let folder = tempfile::Builder::new().prefix("kompetanseloft-demo-").tempdir()?;
        let (file, result) = (folder.path().join("kartlegging.csv"), folder.path().join("result.csv"));
        std::fs::write(&file, rows(&sender, &areas))?;
        Ok(Self { sender, folder, file, result })
    }

    /// `kompetanse upload` as a script calls it.
    fn upload(&self, server: &Server, file: &Path, more: &[&str]) -> Command {
        let program = std::env::current_exe().unwrap_or_default().with_file_name("kompetanse");
        let mut command = Command::new(program);
        let (id, secret) = self.sender.credentials();
        command
            .args(["upload", shown(file), "--instrument", "basis-2026", "--period", "2026", "--mode", "valid_rows"])
            .args(["--part-bytes", "200000"])
            .args(more)
            .env("KOMPETANSE_SERVER", format!("http://{}", server.address))
            .env("KOMPETANSE_CLIENT_ID", id)
            .env("KOMPETANSE_CLIENT_SECRET", secret)
            .stdin(Stdio::null())
            .stdout(Stdio::inherit())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// The rejected rows of the result file, mended, as a file of their own.
    fn mend(&self) -> anyhow::Result<PathBuf> {
        let result = std::fs::read_to_string(&self.result).context("there is no result file")?;
        let (header, rows) = result.split_once('\n').context("the result file is empty")?;
        let rejected: Vec<&str> = rows.lines().filter(|row| row.contains(",rejected,")).collect();
        ensure!(rejected.len() == ROWS / FAULTY_EVERY, "{} rows were rejected", rejected.len());
        let mut mended = format!("{header}\n");
        for row in rejected {
            let fault =
                FAULTS.iter().find(|(_, wrong)| row.contains(wrong)).context("a row that was right is rejected")?;
            mended.push_str(&row.replacen(fault.1, fault.0, 1));
            mended.push('\n');
        }
        let file = self.folder.path().join("mended.csv");
        std::fs::write(&file, mended)?;
        Ok(file)
    }

    /// How many responses the sender has.
    async fn stored(&self, server: &Server) -> anyhow::Result<usize> {
        let mut connection = Connection::open(server.address).await?;
        let token = self.sender.token(&mut connection).await?;
        let request = Request::get("/v1/kartlegging/responses?limit=1&include_total=true").bearer(&token).to_bytes();
        let total = connection.exchange(&request).await?.expect(200)?.json()["total"].as_u64();
        Ok(usize::try_from(total.context("a list without a total")?)?)
    }
}

/// The file: right rows, and here and there one that is wrong in one of three ways.
fn rows(sender: &Party, areas: &[String]) -> String {
    let mut file = String::from("unit_orgnr,area,respondent_group,current,needed,respondents,comment\n");
    let all = sender.keys(areas).map(|key| format!("{key},2.5,4,12,\n"));
    for (n, row) in (1..).zip(all.take(ROWS)) {
        let faults = FAULTS.iter().filter(|(right, _)| row.contains(right));
        match faults.cycle().nth(n / FAULTY_EVERY) {
            Some((right, wrong)) if n % FAULTY_EVERY == 0 => file.push_str(&row.replacen(right, wrong, 1)),
            _ => file.push_str(&row),
        }
    }
    file
}

type Lines = tokio::io::Lines<BufReader<tokio::process::ChildStderr>>;

/// Listens to so many lines of an upload's progress, and answers with the last one.
async fn hear(upload: &mut Child, lines: usize) -> anyhow::Result<String> {
    hear_on(upload, lines).await.map(|(heard, _)| heard)
}

async fn hear_on(upload: &mut Child, lines: usize) -> anyhow::Result<(String, Lines)> {
    let mut told = BufReader::new(upload.stderr.take().context("the upload has no standard error")?).lines();
    let mut heard = "nothing was said yet".to_owned();
    for _ in 0..lines {
        match told.next_line().await? {
            Some(line) => heard = line,
            None => break,
        }
    }
    Ok((heard, told))
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap_or_default()
}

#[allow(clippy::print_stdout, reason = "the story is what this command is for")]
fn say(line: &str) {
    println!("{line}");
}
