//! `kompetanseloft serve --demo`: the demo county.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use chrono::{DateTime, TimeDelta, Utc};
use contract::demo::DemoClient;
use serde_json::{Value, json};

use crate::support::binary::{Place, RunningServer};

fn clients(data_dir: &Path) -> Vec<DemoClient> {
    serde_json::from_str(&std::fs::read_to_string(data_dir.join("demo-clients.json")).unwrap()).unwrap()
}

async fn token(server: &RunningServer, client: &DemoClient) -> String {
    let address = server.address("Kompetanseløft serves on");
    let form = [("grant_type", "client_credentials")];
    let request = reqwest::Client::new().post(format!("{address}/oauth/token")).form(&form);
    let answer = request.basic_auth(&client.client_id, Some(&client.client_secret)).send().await.unwrap();
    let answer: Value = answer.error_for_status().unwrap().json().await.unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

async fn get(server: &RunningServer, client: &DemoClient, path: &str) -> Value {
    let address = server.address("Kompetanseløft serves on");
    let request = reqwest::Client::new().get(format!("{address}{path}")).bearer_auth(token(server, client).await);
    request.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
}

#[actix_web::test]
async fn an_empty_database_becomes_a_county_with_a_client_for_everybody() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    assert!(server.greeting.contains("demo-clients.json") && server.greeting.contains("make demo"));
    assert_eq!(server.address("The documentation"), server.address("Kompetanseløft serves on") + "/docs/");
    let file = place.data_dir.path().join("demo-clients.json");
    assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);

    let clients = clients(place.data_dir.path());
    let of_kind = |kind: &str| clients.iter().filter(|client| client.organisation_kind == kind).count();
    assert_eq!((of_kind("municipality"), of_kind("county_governor"), of_kind("other")), (43, 3, 1));
    let bergen = clients.iter().find(|client| client.client_id == "bergen-kommune").unwrap();
    let me = get(&server, bergen, "/v1/me").await;
    assert_eq!((&me["name"], &me["municipality_number"]), (&json!("Bergen kommune"), &json!("4601")));
}

#[actix_web::test]
#[allow(clippy::disallowed_methods, reason = "the demo's clock is the machine's")]
async fn a_round_is_open_whatever_the_date() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let bergen = &clients(place.data_dir.path())[0];
    let rounds = get(&server, bergen, "/v1/rounds?county_governor=vestland").await;
    let round = &rounds["items"][0];
    assert_eq!((&round["state"], &round["ruleset"]), (&json!("open"), &json!("kollektiv-2026")));
    let deadline: DateTime<Utc> = round["deadline_at"].as_str().unwrap().parse().unwrap();
    assert!(deadline > Utc::now() + TimeDelta::days(14), "{deadline}");
}

#[actix_web::test]
async fn a_second_start_keeps_the_county_and_its_clients() {
    let place = Place::new();
    drop(place.serve(&["--demo"]));
    let before = std::fs::read(place.data_dir.path().join("demo-clients.json")).unwrap();
    let server = place.serve(&["--demo"]);
    assert_eq!(std::fs::read(place.data_dir.path().join("demo-clients.json")).unwrap(), before);
    let clients = clients(place.data_dir.path());
    assert_eq!(get(&server, &clients[0], "/v1/rounds").await["items"].as_array().unwrap().len(), 1);
}

#[test]
fn the_data_folder_that_it_makes_is_its_owners_alone() {
    let place = Place::new();
    let folder = place.data_dir.path().join("data");
    let server = place.serve(&["--demo", "--data-dir", folder.to_str().unwrap()]);
    assert_eq!(std::fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    assert!(server.greeting.contains(folder.join("demo-clients.json").to_str().unwrap()), "{}", server.greeting);
}

#[actix_web::test]
async fn another_host_name_is_turned_away() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    let address = server.address("Kompetanseløft serves on");
    let request = reqwest::Client::new().get(format!("{address}/healthz")).header("Host", "evil.example");
    let answer: Value = request.send().await.unwrap().json().await.unwrap();
    assert_eq!(answer["code"], "host_not_allowed");
}
