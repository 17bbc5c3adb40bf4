//! `kompetanse upload` and `kompetanse generate`: kartlegging in, and an exit code that a script can act on.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Stdio;

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use serde_json::Value;

use super::command_line::{as_client, run};
use crate::support::binary::{Place, RunningServer};

const HOW: [&str; 4] = ["--instrument", "basis-2026", "--period", "2026"];

fn upload<'a>(file: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["upload", file.to_str().unwrap()], &HOW[..], more].concat()
}

#[test]
fn a_generated_file_is_uploaded_and_sent_again_changes_nothing() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("voss.csv");
    let voss = |arguments: &[&str]| run(&mut as_client(&place, &server, "voss-kommune", arguments));
    let made = voss(&["generate", file.to_str().unwrap()]);
    assert!(made.succeeded, "{}", made.err);
    let dry = voss(&upload(&file, &["--dry-run"]));
    assert!(dry.succeeded && dry.out.contains("dry_run_done"), "{}{}", dry.out, dry.err);
    let first = voss(&upload(&file, &[]));
    assert!(first.succeeded && first.out.contains("0 unchanged, 0 rejected"), "{}{}", first.out, first.err);
    let again = voss(&upload(&file, &[]));
    assert!(again.succeeded && again.out.contains(": 0 new, 0 updated"), "{}{}", again.out, again.err);
}

/// The batches of Voss as the server has them.
fn batches(place: &Place, server: &RunningServer) -> Vec<Value> {
    let token = run(&mut as_client(place, server, "voss-kommune", &["token"]));
    let url = format!("{}/v1/kartlegging/batches?limit=200", server.address("Kompetanseløft serves on"));
    let asking = async {
        let answer = reqwest::Client::new().get(url).bearer_auth(token.out.trim()).send().await.unwrap();
        answer.json::<Value>().await.unwrap()["items"].as_array().unwrap().clone()
    };
    actix_web::rt::System::new().block_on(asking)
}

#[test]
fn an_upload_that_is_killed_goes_on_where_it_stopped_and_counts_nothing_twice() {
    let seed = rand::random::<u64>();
    let mut chance = StdRng::seed_from_u64(seed);
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("voss.csv");
    let voss = |arguments: &[&str]| run(&mut as_client(&place, &server, "voss-kommune", arguments));
    assert!(voss(&["generate", file.to_str().unwrap()]).succeeded);
    let rows = std::fs::read_to_string(&file).unwrap().lines().count() - 1;
    let arguments = upload(&file, &["--part-bytes", "1000"]);
    for _ in 0..3 {
        let mut command = as_client(&place, &server, "voss-kommune", &arguments);
        let mut running = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        // It says a line at each tenth that it has sent.
        let told = BufReader::new(running.stderr.take().unwrap()).lines();
        let heard = told.take(chance.random_range(0..4)).map(Result::unwrap).collect::<Vec<_>>();
        assert!(heard.iter().all(|line| line.contains(" rows sent in ")), "seed {seed}: {heard:?}");
        running.kill().unwrap();
        running.wait().unwrap();
    }
    let last = voss(&arguments);
    assert!(last.succeeded, "seed {seed}: {}{}", last.out, last.err);
    assert!(!file.with_file_name("voss.csv.upload").exists(), "the note is gone");
    let batches = batches(&place, &server);
    let created: i64 = batches.iter().map(|batch| batch["counts"]["created"].as_i64().unwrap()).sum();
    assert_eq!(created, i64::try_from(rows).unwrap(), "seed {seed}, every row once: {batches:?}");
    let under_way = batches.iter().filter(|batch| batch["state"] != "committed").count();
    // A run that is killed between the opening of its batch and the note of it leaves an empty one, which expires.
    let forgotten = batches.iter().filter(|batch| batch["state"] == "open").count();
    assert_eq!(under_way, forgotten, "seed {seed}: {batches:?}");
}

#[test]
fn rejected_rows_are_told_with_what_to_do_and_give_exit_code_two() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let (file, result) = (place.data_dir.path().join("rows.csv"), place.data_dir.path().join("result.csv"));
    let header = "unit_orgnr,area,respondent_group,current,needed,respondents,comment";
    std::fs::write(&file, format!("{header}\n974760673,vision,leaders,2.5,4,12,\n")).unwrap();
    let arguments = upload(&file, &["--mode", "valid_rows", "--result", result.to_str().unwrap()]);
    let output = as_client(&place, &server, "voss-kommune", &arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(told.contains("1 rows received: 0 new, 0 updated, 0 unchanged, 1 rejected"), "{told}");
    assert!(std::fs::read_to_string(result).unwrap().contains("rejected"));
}

#[test]
fn a_failure_is_told_in_words_and_gives_exit_code_one() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = place.data_dir.path().join("rows.csv");
    std::fs::write(&file, "unit_orgnr,area\n974760673,vision\n").unwrap();
    let output = as_client(&place, &server, "voss-kommune", &upload(&file, &[])).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "a column is missing");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("respondent_group") && told.contains("Request "), "{told}");
    let nothing = as_client(&place, &server, "voss-kommune", &upload(Path::new("nothing.csv"), &[])).output().unwrap();
    assert_eq!(nothing.status.code(), Some(1), "there is no such file");
}
