//! `kompetanse demo`: the main job from beginning to end.

use std::process::Command;

use client::{Client, Credentials};
use contract::funding::frames::Frame;
use domain::language::Language;
use serde_json::json;

use super::command_line::{clients_file, kompetanse, run};
use crate::support::binary::{Place, Ran, RunningServer, program};

const FRAME: u64 = 5_300_000;
const ASKED_FOR: u64 = 240_000;

fn play(place: &Place, server: &RunningServer) -> Ran {
    run(&mut kompetanse(server, &["demo", "--data-dir", place.data_dir.path().to_str().unwrap()]))
}

/// The amount that stands after a word in the last line.
fn last_line_says(told: &str, word: &str) -> u64 {
    let last = told.trim_end().lines().last().unwrap();
    let after = last.split_once(word).unwrap_or_else(|| panic!("no «{word}» in «{last}»")).1;
    let amount = after.split_once(" kr").unwrap_or_else(|| panic!("no amount after «{word}» in «{last}»")).0;
    amount.replace(' ', "").parse().unwrap()
}

#[test]
fn the_story_is_played_to_its_end_and_can_be_played_again() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    for times in 1..=2 {
        let ran = play(&place, &server);
        assert!(ran.succeeded, "{}{}", ran.out, ran.err);
        let (used, left) = (last_line_says(&ran.out, "used "), last_line_says(&ran.out, "left "));
        assert_eq!((used, left), (times * ASKED_FOR, FRAME - times * ASKED_FOR), "{}", ran.out);
        let rows = if times == 1 { " 0 updated, 0 unchanged, 0 rejected" } else { ": 0 new, 0 updated" };
        assert!(ran.out.contains(rows), "{}", ran.out);
    }
}

#[test]
fn every_step_is_told_with_what_came_of_it() {
    let place = Place::new();
    let ran = play(&place, &place.serve(&["--demo"]));
    let steps = [
        "43 municipalities",
        "Voss kommune: drafts",
        "blocker (N05)",
        "Høgskulen på Vestlandet: answers the invitation: confirmed",
        "answers for itself: joins",
        "it can be submitted",
        ", submitted",
        ": accepted",
        "Vaksdal kommune: coordinates «Kompetansenettverk Osterfjorden», 4 members",
        "Modalen kommune: drafts «Språkstøtte i Modalen» and shares it with the network",
        "Statped: reads 2 needs side by side, 240 000 kr together",
        "Statped: raises «Språkvanskar i små barnehagar» for the next meeting",
        "Modalen kommune: says that 2 needs belong together, led by Vaksdal kommune",
        "Vaksdal kommune: turns it into the joint draft «Språkmiljø ved Osterfjorden», 1 participant",
        "Modalen kommune: takes part: confirmed",
        "it can be submitted",
        "Vaksdal kommune: submits the need: B-",
        "properly composed: 9 seats with a vote, 7 required groups",
        "convenes the meeting",
        "Anne Brekke (holder, university) steps aside: partner, recipient",
        "is quorate: 9 of 9 seats take part",
        "Per Nygaard (deputy, university) takes the seat",
        "8 for, 1 against, 0 abstained: carried",
        "prioritised, rank 1, 240 000 kr",
        "adopted, 1 need, 240 000 kr",
        "granted, 240 000 kr",
        ": notified",
        "plans 3 instalments",
        "approves 2 payments that another client planned",
        "releases a payment run of 145 000 kr",
        ": paid",
        "submits the report",
        ": approved",
        "unused 6 500 kr",
        "releases a payment run of 95 000 kr",
        "used 240 000 kr, left 5 060 000 kr",
    ];
    let mut rest = ran.out.as_str();
    for step in steps {
        let (_, after) = rest.split_once(step).unwrap_or_else(|| panic!("«{step}» is not told in its place: {rest}"));
        rest = after;
    }
}

#[test]
fn without_a_server_it_plays_on_one_of_its_own() {
    let nowhere = tempfile::tempdir().unwrap();
    let ran = run(Command::new(program("kompetanse"))
        .args(["demo", "--server", "http://127.0.0.1:1"])
        .current_dir(&nowhere)
        .env_clear()
        .env("TMPDIR", nowhere.path()));
    assert!(ran.succeeded && ran.out.contains("started for the occasion"), "{}{}", ran.out, ran.err);
    let last = (last_line_says(&ran.out, "used "), last_line_says(&ran.out, "left "));
    assert_eq!(last, (ASKED_FOR, FRAME - ASKED_FOR));
    assert_eq!(std::fs::read_dir(&nowhere).unwrap().count(), 0, "nothing is left behind");
}

#[actix_web::test]
async fn a_step_that_fails_ends_it_with_the_problem() {
    let place = Place::new();
    let server = place.serve(&["--demo"]);
    leave_in_the_frame(&place, &server, ASKED_FOR - 1).await;
    let ran = play(&place, &server);
    assert!(!ran.succeeded && ran.err.contains("409 frame_exceeded"), "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("\n4. ") && !ran.out.contains("\n5. "), "{}", ran.out);
}

#[test]
fn clients_of_another_server_are_told_that_they_are_unknown() {
    let (place, other) = (Place::new(), Place::new());
    let server = place.serve(&["--demo"]);
    drop(other.serve(&["--demo"]));
    let ran = play(&other, &server);
    assert!(!ran.succeeded && ran.err.contains("invalid_client"), "{}{}", ran.out, ran.err);
}

/// Lowers the frame, as its office may.
async fn leave_in_the_frame(place: &Place, server: &RunningServer, amount: u64) {
    let office = Credentials::from_file(&clients_file(place), Some("statsforvaltaren-i-vestland-sekretariat")).unwrap();
    let office = Client::new(&server.address("Kompetanseløft serves on"), office, Language::Nn).unwrap();
    let frames: Vec<Frame> = office.list("/v1/frames").await.unwrap();
    let source = json!({"kind": "appropriation", "reference": "Tildelingsbrev", "amount_nok": amount});
    let path = format!("/v1/frames/{}", frames[0].id);
    let lowered: Frame = office.patch(&path, frames[0].version, &json!({"sources": [source]})).await.unwrap();
    assert_eq!(lowered.amount_nok.unsigned_abs(), amount);
}
