//! How a need ends before it is decided, other than by its sender taking it back: dismissed, or carried on later.

use serde_json::{Value, json};

use crate::forum::stage::Stage;
use crate::support::builders::round;
use crate::support::{Actor, County};

#[actix_web::test]
async fn a_need_outside_the_scheme_is_dismissed_with_a_reason_for_its_sender() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let dismiss = format!("{path}/dismiss");
    let reason = json!({"reason": "Tiltaket gjelder drift."});
    assert_eq!(county.bergen.transition(&dismiss, "*", reason.clone()).await.expect(403).code(), "not_yours_to_do");
    county.governor.transition(&dismiss, &submitted.tag(), json!({"reason": ""})).await.expect(422);
    let dismissed = county.governor.transition(&dismiss, &submitted.tag(), reason.clone()).await.expect(200);
    assert_eq!(dismissed.json()["state"], "dismissed");
    assert_eq!(county.bergen.get(&path).await.expect(200).json()["dismissal_reason"], "Tiltaket gjelder drift.");
    assert_eq!(county.university.get(&path).await.expect(200).json()["dismissal_reason"], Value::Null);
    county.governor.transition(&dismiss, &dismissed.tag(), reason).await.expect(409);
    county.bergen.transition(&format!("{path}/withdraw"), &dismissed.tag(), json!({})).await.expect(409);
}

/// A need that the forum has postponed.
async fn postponed(stage: &Stage) -> String {
    let meeting = stage.assembled().await;
    let (_, need) = stage.taken_up(&meeting).await;
    stage.step(&meeting, "close", json!({"postponed_because": "Tiden strakk ikke til."})).await.expect(200);
    assert_eq!(stage.state_of(&need).await, "postponed");
    need
}

async fn later_round(governor: &Actor, deadline: &str) -> String {
    let mut body = round("kollektiv-2026");
    body["year"] = json!(2028);
    body["deadline_date"] = json!(deadline);
    body["report_due_on"] = json!("2029-01-15");
    governor.post("/v1/rounds", body).await.expect(201).id()
}

async fn transfer(actor: &Actor, need: &str, round: &str) -> crate::support::Answer {
    let tag = actor.get(&format!("/v1/needs/{need}")).await.expect(200).tag();
    actor.transition(&format!("/v1/needs/{need}/transfer"), &tag, json!({"round_id": round})).await
}

#[actix_web::test]
async fn a_postponed_need_is_carried_on_as_a_draft_in_a_later_round() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let need = postponed(&stage).await;
    let round = later_round(&county.governor, "2028-02-01").await;
    let by_sender = transfer(&county.bergen, &need, &round).await.expect(200).json();
    assert_eq!(by_sender["state"], "transferred");
    let draft = by_sender["transferred_to"].as_str().unwrap().to_owned();
    let path = format!("/v1/needs/{draft}");
    let begun = county.bergen.get(&path).await.expect(200).json();
    assert_eq!((&begun["state"], &begun["transferred_from"]), (&json!("draft"), &json!(need)));
    assert_eq!((&begun["round_id"], &begun["title"]), (&json!(round), &json!("Språkmiljø for alle")));
    assert_eq!((&begun["reference"], &begun["submitted_version"]), (&Value::Null, &Value::Null));
    county.governor.get(&path).await.expect(404);
    county.university.get(&path).await.expect(404);
    let seen = county.governor.get(&format!("/v1/needs/{need}")).await.expect(200).json();
    assert_eq!((&seen["state"], &seen["transferred_to"]), (&json!("transferred"), &Value::Null));
    assert_eq!(transfer(&county.bergen, &need, &round).await.expect(409).code(), "state_conflict");
}

#[actix_web::test]
async fn the_office_carries_on_what_waits_so_that_its_round_can_be_settled() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let need = postponed(&stage).await;
    county.step_round("close").await.expect(200);
    assert_eq!(county.step_round("settle").await.expect(409).code(), "needs_under_treatment");
    let round = later_round(&county.governor, "2028-02-01").await;
    let by_office = transfer(&county.governor, &need, &round).await.expect(200).json();
    assert_eq!((&by_office["state"], &by_office["transferred_to"]), (&json!("transferred"), &Value::Null));
    county.step_round("settle").await.expect(200);
    let own = county.bergen.get(&format!("/v1/needs/{need}")).await.expect(200).json();
    let draft = format!("/v1/needs/{}", own["transferred_to"].as_str().unwrap());
    assert_eq!(county.bergen.get(&draft).await.expect(200).json()["state"], "draft");
}

#[actix_web::test]
async fn a_need_is_carried_on_only_when_postponed_and_only_into_a_later_round_of_its_office() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let need = postponed(&stage).await;
    let fault = |code: &str| [(code.to_owned(), "/round_id".to_owned())];
    let same = transfer(&county.bergen, &need, &county.round).await.expect(422);
    assert_eq!(same.faults(), fault("round_not_later"));
    let nowhere = transfer(&county.bergen, &need, &uuid::Uuid::now_v7().to_string()).await.expect(422);
    assert_eq!(nowhere.faults(), fault("unknown_reference"));
    let submitted = county.submitted().await;
    let round = later_round(&county.governor, "2028-02-01").await;
    let early = transfer(&county.bergen, &submitted.id(), &round).await.expect(409);
    assert_eq!(early.json()["params"]["state"], "submitted");
    let by_partner = transfer(&county.university, &need, &round).await.expect(403);
    assert_eq!(by_partner.code(), "not_yours_to_do");
}
