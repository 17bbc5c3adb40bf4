//! `kompetanse`, run as people run it.

use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use crate::support::binary::{Place, Ran, RunningServer, program};

/// The command line, knowing nothing of the environment but the server.
pub fn kompetanse(server: &RunningServer, arguments: &[&str]) -> Command {
    let mut command = Command::new(program("kompetanse"));
    command.args(arguments).env_clear().env("KOMPETANSE_SERVER", server.address("Kompetanseløft serves on"));
    command
}

/// The same, as one of the demo clients.
pub fn as_client(place: &Place, server: &RunningServer, client: &str, arguments: &[&str]) -> Command {
    let mut command = kompetanse(server, arguments);
    command.env("KOMPETANSE_CREDENTIALS", clients_file(place)).env("KOMPETANSE_CLIENT_ID", client);
    command
}

/// Runs a command to its end.
pub fn run(command: &mut Command) -> Ran {
    command.output().unwrap().into()
}

/// Where the server left its clients.
pub fn clients_file(place: &Place) -> PathBuf {
    place.data_dir.path().join("demo-clients.json")
}

#[actix_web::test]
async fn a_token_is_got_by_the_clients_file_and_is_good() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = clients_file(&place);
    let arguments = ["token", "--credentials", file.to_str().unwrap(), "--client", "sogndal-kommune"];
    let ran = run(&mut kompetanse(&server, &arguments));
    assert!(ran.succeeded, "{}", ran.err);
    let url = format!("{}/v1/me", server.address("Kompetanseløft serves on"));
    let me = reqwest::Client::new().get(url).bearer_auth(ran.out.trim()).send().await.unwrap();
    let me: serde_json::Value = me.json().await.unwrap();
    assert_eq!(me["client_id"], "sogndal-kommune");
}

#[test]
fn who_is_nobody_is_told_how_to_be_somebody() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let nobody = run(&mut kompetanse(&server, &["token"]));
    assert!(!nobody.succeeded && nobody.err.contains("KOMPETANSE_CLIENT_ID"), "{}", nobody.err);
    let wrong = run(kompetanse(&server, &["token"])
        .env("KOMPETANSE_CLIENT_ID", "bergen-kommune")
        .env("KOMPETANSE_CLIENT_SECRET", "hemmeleg"));
    assert!(
        !wrong.succeeded && wrong.err.contains("invalid_client") && !wrong.err.contains("hemmeleg"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_file_with_secrets_that_others_may_read_is_refused() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = clients_file(&place);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o644)).unwrap();
    let arguments = ["token", "--credentials", file.to_str().unwrap(), "--client", "bergen-kommune"];
    let ran = run(&mut kompetanse(&server, &arguments));
    assert!(!ran.succeeded && ran.err.contains("chmod 600"), "{}", ran.err);
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let ran = run(Command::new(program("kompetanse"))
        .args(["token", "--server", "http://127.0.0.1:1"])
        .env_clear()
        .env("KOMPETANSE_CLIENT_ID", "a")
        .env("KOMPETANSE_CLIENT_SECRET", "b"));
    assert!(!ran.succeeded && ran.err.contains("http://127.0.0.1:1 cannot be reached"), "{}", ran.err);
}

#[test]
fn events_are_printed_a_line_each_up_to_the_place_to_go_on_from() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let file = clients_file(&place);
    let arguments = ["watch", "--once", "--credentials", file.to_str().unwrap(), "--client", "bergen-kommune"];
    let ran = run(&mut kompetanse(&server, &arguments));
    assert!(
        ran.succeeded && ran.out.lines().last().unwrap().starts_with(r#"{"next_after":"#),
        "{}{}",
        ran.out,
        ran.err
    );
}
