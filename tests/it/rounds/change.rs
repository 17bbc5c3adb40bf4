//! What of a round may change, and until when.

use serde_json::json;

use crate::support::builders::round;
use crate::support::{Answer, County, TestServer};

fn faults(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 422, "{}", answer.text);
    answer.faults()
}

fn fault(code: &str, pointer: &str) -> (String, String) {
    (code.to_owned(), pointer.to_owned())
}

#[actix_web::test]
async fn a_planned_round_changes_and_everybody_reads_it() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let mut later = round("kollektiv-2026");
    later["opens_on"] = json!("2026-12-01");
    let planned = governor.post("/v1/rounds", later).await.expect(201);
    let path = planned.header("location");
    let patch = json!({"year": 2028, "opens_on": "2026-12-15", "deadline_date": "2027-06-15"});
    let changed = governor.patch(&path, &planned.tag(), patch).await.expect(200);
    let round = changed.json();
    assert_eq!(
        (&round["year"], &round["opens_on"], &round["version"]),
        (&json!(2028), &json!("2026-12-15"), &json!(2))
    );
    assert_eq!((&round["deadline_at"], &round["state"]), (&json!("2027-06-15T22:00:00Z"), &json!("planned")));
    let read = server.municipality().await.get(&path).await.expect(200);
    assert_eq!((read.json(), read.tag()), (round, changed.tag()));
}

#[actix_web::test]
async fn an_open_round_moves_its_deadline_and_keeps_its_opening() {
    let county = County::new().await;
    let moved = county.change_round(json!({"deadline_date": "2027-02-15"})).await.expect(200);
    assert_eq!(moved.json()["deadline_at"], "2027-02-15T23:00:00Z");
    let other = county.change_round(json!({"opens_on": "2026-10-11", "year": 2028})).await;
    assert_eq!(faults(&other), [fault("fixed_in_round_state", "/opens_on"), fault("fixed_in_round_state", "/year")]);
    assert_eq!(other.json()["errors"][0]["message"], "Dette kan ikke endres når runden er åpen.");
    let past = county.change_round(json!({"deadline_date": "2026-11-20"})).await;
    assert_eq!(faults(&past), [fault("deadline_in_past", "/deadline_date")]);
    let ruleset = county.change_round(json!({"ruleset": "kip-2021"})).await;
    assert_eq!(faults(&ruleset), [fault("unknown_member", "/ruleset")]);
    let nothing = county.change_round(json!({"deadline_date": null})).await;
    assert_eq!(faults(&nothing), [fault("missing_member", "/deadline_date")]);
}

#[actix_web::test]
async fn the_deadline_that_stands_at_submission_counts() {
    let county = County::new().await;
    let ready = county.ready().await;
    let submit = format!("/v1/needs/{}/submit", ready.id());
    county.server.set_now("2027-02-02T12:00:00Z");
    let late = county.bergen.transition(&submit, &ready.tag(), json!({})).await;
    assert_eq!(faults(&late), [fault("deadline_passed", "")]);
    county.change_round(json!({"deadline_date": "2027-02-02"})).await.expect(200);
    county.bergen.transition(&submit, &ready.tag(), json!({})).await.expect(200);
}

#[actix_web::test]
async fn only_its_county_governor_changes_a_round_and_only_as_it_was_read() {
    let county = County::new().await;
    let path = county.round_path();
    let tag = county.governor.get(&path).await.expect(200).tag();
    let patch = || json!({"deadline_date": "2027-02-15"});
    let by_owner = county.bergen.patch(&path, &tag, patch()).await.expect(403);
    assert_eq!(by_owner.code(), "not_yours_to_do");
    county.governor.patch(&path, &tag, patch()).await.expect(200);
    let stale = county.governor.patch(&path, &tag, patch()).await.expect(412);
    assert_eq!(stale.json()["params"]["version"], 2);
    let nowhere = format!("/v1/rounds/{}", uuid::Uuid::now_v7());
    county.governor.patch(&nowhere, &tag, patch()).await.expect(404);
}

#[actix_web::test]
async fn the_change_of_a_round_is_told() {
    let county = County::new().await;
    county.change_round(json!({"deadline_date": "2027-02-15"})).await.expect(200);
    let feed = county.university.get(&format!("/v1/events?subject={}", county.round)).await.expect(200).json();
    let last = &feed["items"][1];
    assert_eq!((&last["type"], &last["data"]["version"]), (&json!("no.kompetanseloft.round.changed.v1"), &json!(2)));
    assert_eq!(last["data"]["changed"], json!(["deadline_date"]));
}
