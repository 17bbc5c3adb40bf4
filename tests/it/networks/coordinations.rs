//! Coordinations: which needs belong together, and what becomes of that when needs and members go.

use serde_json::{Value, json};
use uuid::Uuid;

use super::stage::Stage;
use crate::support::Answer;

fn faults(answer: Answer) -> Vec<(String, String)> {
    answer.expect(422).faults()
}

fn fault(code: &str, pointer: &str) -> Vec<(String, String)> {
    vec![(code.to_owned(), pointer.to_owned())]
}

#[actix_web::test]
async fn members_say_which_of_the_shared_needs_belong_together() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let first = stage.shared_draft_of(voss, "Språk på Voss").await;
    let second = stage.shared_draft_of(bergen, "Språk i Bergen").await;
    let (unshared, hidden) = (stage.draft_of(voss, "For meg selv").await, stage.draft_of(&stage.alver, "Alver").await);
    let path = format!("{}/coordinations", stage.network);
    let naming = |need: &str| json!({"title": "Språk", "need_ids": [first, need]});
    for need in [unshared, hidden, Uuid::now_v7().to_string()] {
        assert_eq!(faults(voss.post(&path, naming(&need)).await), fault("need_not_shared", "/need_ids/1"));
    }
    assert_eq!(faults(voss.post(&path, naming(&first)).await), fault("not_unique", "/need_ids/1"));
    for lead in [&stage.statped.orgnr, &stage.alver.orgnr] {
        let body = json!({"title": "Språk", "lead_orgnr": lead});
        assert_eq!(faults(voss.post(&path, body).await), fault("lead_cannot_lead", "/lead_orgnr"));
    }
    let asking = |orgnr: &str| json!({"title": "Språk", "asked_of_university": {"orgnr": orgnr, "text": "Hjelp"}});
    let place = "/asked_of_university/orgnr";
    assert_eq!(faults(voss.post(&path, asking(&voss.orgnr)).await), fault("not_a_university", place));
    assert_eq!(faults(voss.post(&path, asking("974760673")).await), fault("unknown_reference", place));
    assert_eq!(stage.statped.post(&path, naming(&second)).await.expect(403).code(), "not_yours_to_do");
    stage.county.governor.post(&path, naming(&second)).await.expect(403);
    stage.alver.post(&path, naming(&second)).await.expect(404);

    let made = stage.coordination(&[&first, &second]).await;
    let seen = stage.statped.get(&made).await.expect(200).json();
    assert_eq!((&seen["need_ids"], &seen["state"]), (&json!([first, second]), &json!("open")));
    assert_eq!((&seen["lead_orgnr"], &seen["asked_of_statped"]), (&json!(voss.orgnr), &json!("Drøfter tiltaket.")));
    let office = stage.county.governor.get(&made).await.expect(200).json();
    assert_eq!(office["need_ids"], json!([]), "the office sees the coordination and no draft");
    stage.alver.get(&made).await.expect(404);
    let feed = async |actor: &crate::support::Actor| {
        let id = made.rsplit('/').next().unwrap();
        actor.get(&format!("/v1/events?subject={id}")).await.expect(200).json()["items"].as_array().unwrap().len()
    };
    assert_eq!((feed(&stage.statped).await, feed(&stage.alver).await), (1, 0));
}

#[actix_web::test]
async fn a_coordination_changes_while_it_is_open_and_is_put_behind_and_taken_up() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let need = stage.shared_draft_of(voss, "Språk på Voss").await;
    let made = stage.coordination(&[&need]).await;
    stage.change(&stage.statped, &made, json!({"title": "Mitt"})).await.expect(403);
    let changed = stage.change(voss, &made, json!({"title": "Tale", "asked_of_university": null})).await.expect(200);
    assert_eq!((&changed.json()["title"], &changed.json()["asked_of_university"]), (&json!("Tale"), &Value::Null));
    bergen.patch(&made, "\"1\"", json!({"title": "Sent ute"})).await.expect(412);
    let unnamed = bergen.request(reqwest::Method::PATCH, &made).json(&json!({"title": "X"}));
    bergen.send(unnamed).await.expect(428);
    assert_eq!(stage.change(bergen, &made, json!({"closed": true})).await.expect(200).json()["state"], "closed");
    assert_eq!(stage.change(bergen, &made, json!({"title": "X"})).await.expect(409).code(), "state_conflict");
    let reopened = stage.change(bergen, &made, json!({"title": "X", "closed": false})).await.expect(200).json();
    assert_eq!((&reopened["title"], &reopened["state"]), (&json!("X"), &json!("open")));
    let elsewhere = bergen.post("/v1/networks", json!({"name": "Et annet"})).await.expect(201).header("location");
    let id = made.rsplit('/').next().unwrap();
    bergen.get(&format!("{elsewhere}/coordinations/{id}")).await.expect(404);
}

#[actix_web::test]
async fn a_coordination_goes_on_without_what_is_taken_back_and_who_has_left() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let (own, first) = (stage.shared_draft_of(bergen, "Bergen").await, stage.shared_draft_of(voss, "Voss 1").await);
    let (second, third) = (stage.shared_draft_of(voss, "Voss 2").await, stage.shared_draft_of(voss, "Voss 3").await);
    let made = stage.coordination(&[&first, &own, &second, &third]).await;
    let stale = bergen.get(&made).await.expect(200).tag();
    stage.unshare(voss, &first).await.expect(204);
    assert_eq!(bergen.get(&made).await.expect(200).json()["need_ids"], json!([own, second, third]));
    bergen.patch(&made, &stale, json!({"title": "X"})).await.expect(412);
    let tag = voss.get(&format!("/v1/needs/{second}")).await.expect(200).tag();
    voss.delete(&format!("/v1/needs/{second}"), &tag).await.expect(204);
    assert_eq!(bergen.get(&made).await.expect(200).json()["need_ids"], json!([own, third]));
    stage.remove_member(bergen, &voss.orgnr).await.expect(204);
    let left = bergen.get(&made).await.expect(200).json();
    assert_eq!((&left["need_ids"], &left["lead_orgnr"]), (&json!([own]), &Value::Null));
    let refused = bergen.post(&format!("{made}/draft"), json!({"round_id": stage.county.round})).await.expect(403);
    assert_eq!(refused.code(), "not_yours_to_do", "nobody drafts what nobody leads");
    voss.get(&made).await.expect(404);
    voss.post(&format!("{made}/draft"), json!({"round_id": stage.county.round})).await.expect(404);
    stage.change(bergen, &made, json!({"lead_orgnr": bergen.orgnr})).await.expect(200);
    bergen.post(&format!("{made}/draft"), json!({"round_id": stage.county.round})).await.expect(201);
}
