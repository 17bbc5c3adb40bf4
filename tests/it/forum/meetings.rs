//! A meeting from plan to close.

use reqwest::Method;
use serde_json::json;

use super::stage::{Stage, prioritise};

#[actix_web::test]
async fn a_meeting_is_planned_changed_convened_with_a_reference_and_opened() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let planned = stage.secretariat().get(&meeting).await.expect(200);
    assert_eq!((&planned.json()["state"], &planned.json()["reference"]), (&json!("planned"), &json!(null)));
    let patch = json!({"place": "Statens hus", "external_refs": [{"system": "elements", "key": "2027/1"}]});
    let changed = stage.secretariat().patch(&meeting, &planned.tag(), patch).await.expect(200);
    assert_eq!(changed.json()["place"], "Statens hus");
    let convened = stage.step(&meeting, "convene", json!({})).await.expect(200).json();
    assert_eq!((&convened["state"], &convened["reference"]), (&json!("convened"), &json!("M-2026-VL-0001")));
    let opened = stage.step(&meeting, "open", json!({})).await.expect(200).json();
    assert_eq!(opened["opened_at"], "2026-11-21T11:00:00Z");
    let list = stage.secretariat().get("/v1/meetings?state=open&external_key=2027/1").await.expect(200).json();
    assert_eq!(list["items"], json!([opened]));
    let of_forum = stage.union.get(&format!("/v1/forums/{}/meetings", stage.forum)).await.expect(200).json();
    assert_eq!(of_forum["items"][0]["external_refs"], json!([]), "keys are seen by whose they are");
}

#[actix_web::test]
async fn a_stale_version_and_a_wrong_state_are_told_apart() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let old = stage.secretariat().get(&meeting).await.expect(200).tag();
    stage.step(&meeting, "convene", json!({})).await.expect(200);
    let convene = format!("{meeting}/convene");
    let stale = stage.secretariat().transition(&convene, &old, json!({})).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
    let twice = stage.step(&meeting, "convene", json!({})).await.expect(409);
    assert_eq!((twice.code().as_str(), &twice.json()["params"]["state"]), ("state_conflict", &json!("convened")));
    let untagged = stage.secretariat().post(&convene, json!({})).await.expect(428);
    assert_eq!(untagged.code(), "precondition_required");
}

#[actix_web::test]
async fn a_meeting_ends_after_it_begins_and_an_external_key_is_used_once() {
    let stage = Stage::new().await;
    let path = format!("/v1/forums/{}/meetings", stage.forum);
    let mut body = json!({"title": "Møte", "starts_at": "2027-03-10T09:00:00Z", "ends_at": "2027-03-10T09:00:00Z"});
    let fault = stage.secretariat().post(&path, body.clone()).await.expect(422).faults();
    assert_eq!(fault, [("ends_before_it_begins".to_owned(), "/ends_at".to_owned())]);
    body["ends_at"] = json!("2027-03-10T12:00:00Z");
    body["external_refs"] = json!([{"system": "elements", "key": "1"}]);
    stage.secretariat().post(&path, body.clone()).await.expect(201);
    assert_eq!(stage.secretariat().post(&path, body).await.expect(409).code(), "already_exists");
}

#[actix_web::test]
async fn a_retried_plan_is_one_meeting() {
    let stage = Stage::new().await;
    let path = format!("/v1/forums/{}/meetings", stage.forum);
    let body = json!({"title": "Møte", "starts_at": "2027-03-10T09:00:00Z"});
    let request = || stage.secretariat().request(Method::POST, &path).header("Idempotency-Key", "one").json(&body);
    let first = stage.secretariat().send(request()).await.expect(201);
    let second = stage.secretariat().send(request()).await.expect(201);
    assert_eq!((first.text, second.header("idempotency-replayed")), (second.text, "true".to_owned()));
    let list = stage.secretariat().get("/v1/meetings?include_total=true").await.expect(200).json();
    assert_eq!(list["total"], 1);
}

#[actix_web::test]
async fn closing_brings_what_the_items_ended_in_to_their_needs_and_not_before() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (_, first) = stage.prioritised(&meeting, 1, 500_000).await;
    let (_, undecided) = stage.taken_up(&meeting).await;
    let (back, returned) = stage.ruled(&meeting).await;
    let terms = json!({"reason": "Rett budsjettet.", "reply_by": "2027-04-15", "decided_by": "agreement"});
    stage.step(&back, "return", terms).await.expect(200);
    for need in [&first, &undecided, &returned] {
        assert_eq!(stage.state_of(need).await, "on_agenda");
    }
    let silent = stage.step(&meeting, "close", json!({})).await.expect(422);
    assert_eq!(silent.faults(), [("reason_missing".to_owned(), "/postponed_because".to_owned())]);
    assert_eq!(stage.state_of(&first).await, "on_agenda", "nothing half done");
    let why = json!({"postponed_because": "Tida strekte ikkje til."});
    assert_eq!(stage.step(&meeting, "close", why).await.expect(200).json()["state"], "closed");
    assert_eq!(stage.state_of(&first).await, "prioritised");
    assert_eq!(stage.state_of(&undecided).await, "postponed");
    let need = stage.county.bergen.get(&format!("/v1/needs/{returned}")).await.expect(200).json();
    assert_eq!((&need["state"], &need["returned"]["reply_by"]), (&json!("returned"), &json!("2027-04-15")));
    let events = stage.county.owner.get("/v1/events").await.expect(200).text;
    assert!(events.contains("no.kompetanseloft.need.prioritised.v1"), "{events}");
    assert!(!events.contains("no.kompetanseloft.agenda_item"), "who takes part sees the need, not the forum");
    let again = stage.opened().await;
    stage.listed(&again, &undecided).await;
}

#[actix_web::test]
async fn an_adjourned_meeting_goes_on_and_a_closed_one_does_not() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    stage.step(&meeting, "adjourn", json!({})).await.expect(200);
    let paused = stage.step(&item, "decide", prioritise(1, 100)).await.expect(409);
    assert_eq!((paused.code().as_str(), &paused.json()["params"]["state"]), ("meeting_not_open", &json!("adjourned")));
    stage.step(&meeting, "open", json!({})).await.expect(200);
    stage.step(&item, "decide", prioritise(1, 100)).await.expect(200);
    stage.step(&meeting, "close", json!({})).await.expect(200);
    assert_eq!(stage.step(&meeting, "open", json!({})).await.expect(409).code(), "state_conflict");
}

#[actix_web::test]
async fn a_cancelled_meeting_lets_go_of_its_needs() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let need = stage.county.accepted().await.id();
    let item = stage.listed(&meeting, &need).await;
    stage.step(&meeting, "cancel", json!({"reason": "For få kunne møte."})).await.expect(200);
    assert_eq!(stage.secretariat().get(&item).await.expect(200).json()["state"], "removed");
    assert_eq!(stage.state_of(&need).await, "accepted");
}

#[actix_web::test]
async fn actions_say_what_the_caller_may_do_and_why_not() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let actions = stage.secretariat().get(&format!("{meeting}/actions")).await.expect(200).json();
    let of = |name: &str| actions.as_array().unwrap().iter().find(|a| a["action"] == name).unwrap().clone();
    assert_eq!(of("convene")["allowed"], true);
    assert_eq!(
        (&of("close")["allowed"], &of("close")["reasons"][0]["code"]),
        (&json!(false), &json!("state_conflict"))
    );
    let seat = stage.union.get(&format!("{meeting}/actions")).await.expect(200).json();
    assert_eq!(seat[0]["reasons"][0]["code"], "not_yours_to_do");
}

#[actix_web::test]
async fn attendance_is_recorded_in_stretches_that_do_not_overlap() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    let path = format!("{meeting}/attendance/{}", stage.seats["ks"]);
    let twice = json!({"intervals": [
        {"member": "holder", "from": "2026-11-21T09:00:00Z"},
        {"member": "holder", "from": "2026-11-21T10:00:00Z", "to": "2026-11-21T09:30:00Z"},
        {"member": "deputy", "from": "2026-11-21T10:00:00Z"},
    ]});
    let put = |body| stage.secretariat().request(Method::PUT, &path).header("If-None-Match", "*").json(body);
    let faults = stage.secretariat().send(put(&twice)).await.expect(422).faults();
    assert_eq!(
        faults,
        [
            ("ends_before_it_begins".to_owned(), "/intervals/1/to".to_owned()),
            ("seat_has_no_such_member".to_owned(), "/intervals/2/member".to_owned()),
        ]
    );
    let once = json!({"intervals": [{"member": "holder", "from": "2026-11-21T09:00:00Z"}]});
    let first = stage.secretariat().send(put(&once)).await.expect(200);
    assert_eq!(stage.secretariat().send(put(&once)).await.expect(412).code(), "version_mismatch");
    let left =
        json!({"intervals": [{"member": "holder", "from": "2026-11-21T09:00:00Z", "to": "2026-11-21T10:00:00Z"}]});
    stage.secretariat().put(&path, &first.tag(), left).await.expect(200);
    let list = stage.secretariat().get(&format!("{meeting}/attendance")).await.expect(200).json();
    assert_eq!(list["items"][0]["version"], 2);
}
