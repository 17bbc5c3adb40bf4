//! The agenda and the needs on it.

use serde_json::json;

use super::stage::Stage;

#[actix_web::test]
async fn an_accepted_need_goes_on_the_agenda_once() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let need = stage.county.accepted().await.id();
    let item = stage.listed(&meeting, &need).await;
    let read = stage.secretariat().get(&item).await.expect(200).json();
    assert_eq!((&read["number"], &read["title"]), (&json!(1), &json!("Språkmiljø for alle")));
    assert_eq!(stage.state_of(&need).await, "on_agenda");
    let items = format!("{meeting}/agenda-items");
    let again = stage.secretariat().post(&items, json!({"kind": "need", "need_id": need})).await.expect(409);
    assert_eq!(again.json()["params"]["state"], "on_agenda");
    let submitted = stage.county.submitted().await.id();
    let early = stage.secretariat().post(&items, json!({"kind": "need", "need_id": submitted})).await.expect(409);
    assert_eq!(early.json()["params"]["state"], "submitted");
    let list = stage.union.get(&format!("/v1/agenda-items?need_id={need}")).await.expect(200).json();
    assert_eq!(list["items"], json!([read]));
    assert_eq!(stage.union.get(&items).await.expect(200).json()["items"], json!([read]));
}

#[actix_web::test]
async fn an_item_names_what_its_kind_is_about_and_nothing_else() {
    let stage = Stage::new().await;
    let items = format!("{}/agenda-items", stage.planned().await);
    let need = stage.county.draft().await.id();
    let faults = |body| async { stage.secretariat().post(&items, body).await.expect(422).faults() };
    let fault = |code: &str, pointer: &str| (code.to_owned(), pointer.to_owned());
    assert_eq!(faults(json!({"kind": "need"})).await, [fault("missing_member", "/need_id")]);
    let theme = json!({"kind": "theme", "need_id": need});
    assert_eq!(faults(theme).await, [fault("member_of_other_kind", "/need_id"), fault("missing_member", "/title")]);
    let hidden = json!({"kind": "need", "need_id": need});
    assert_eq!(faults(hidden).await, [fault("unknown_reference", "/need_id")], "a draft is not there");
    let absent = json!({"kind": "recommendation", "recommendation_id": need, "title": "Innstilling"});
    assert_eq!(faults(absent).await, [fault("unknown_reference", "/recommendation_id")]);
}

#[actix_web::test]
async fn a_removed_item_lets_go_of_its_need() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let need = stage.county.accepted().await.id();
    let item = stage.listed(&meeting, &need).await;
    stage.step(&item, "remove", json!({"reason": "Avsenderen ba om det."})).await.expect(200);
    assert_eq!(stage.state_of(&need).await, "accepted");
    stage.listed(&meeting, &need).await;
}

#[actix_web::test]
async fn a_withdrawn_need_is_taken_off_the_agenda_and_off_a_draft() {
    let stage = Stage::new().await;
    let withdraw = async |need: &str| {
        let path = format!("/v1/needs/{need}");
        let tag = stage.county.bergen.get(&path).await.expect(200).tag();
        stage.county.bergen.transition(&format!("{path}/withdraw"), &tag, json!({})).await.expect(200);
    };
    let meeting = stage.assembled().await;
    let waiting = stage.county.accepted().await.id();
    let item = stage.listed(&meeting, &waiting).await;
    withdraw(&waiting).await;
    assert_eq!(stage.secretariat().get(&item).await.expect(200).json()["state"], "removed");
    let (_, decided) = stage.prioritised(&meeting, 1, 500_000).await;
    let draft = stage.drawn().await;
    withdraw(&decided).await;
    assert_eq!(stage.secretariat().get(&draft).await.expect(200).json()["lines"], json!([]));
    stage.step(&meeting, "close", json!({})).await.expect(200);
    assert_eq!(stage.state_of(&decided).await, "withdrawn");
}

#[actix_web::test]
async fn a_theme_is_talked_over_and_noted() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    let body = json!({"kind": "theme", "title": "Samiske perspektiv"});
    let made = stage.secretariat().post(&format!("{meeting}/agenda-items"), body).await.expect(201);
    let item = made.header("location");
    stage.step(&item, "start", json!({})).await.expect(200);
    let decisive = stage.step(&item, "decide", json!({"outcome": "prioritised"})).await.expect(422);
    assert_eq!(decisive.faults(), [("member_of_other_kind".to_owned(), "/outcome".to_owned())]);
    let noted = stage.step(&item, "decide", json!({"reason": "SEAD orienterte."})).await.expect(200).json();
    assert_eq!((&noted["state"], &noted["outcome"]), (&json!("noted"), &json!(null)));
    let vote = stage.vote(&item, json!({"in_favour": 0, "against": 0, "abstained": 0})).await.expect(409);
    assert_eq!(vote.code(), "item_of_other_kind");
}

#[actix_web::test]
async fn a_postponed_item_keeps_its_need_on_the_agenda_until_the_meeting_is_closed() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    let (item, need) = stage.taken_up(&meeting).await;
    let postponed =
        stage.step(&item, "postpone", json!({"reason": "Mer informasjon trengs."})).await.expect(200).json();
    assert_eq!((&postponed["state"], &postponed["outcome"]), (&json!("postponed"), &json!("postponed")));
    assert_eq!(stage.state_of(&need).await, "on_agenda");
    stage.step(&meeting, "close", json!({})).await.expect(200);
    assert_eq!(stage.state_of(&need).await, "postponed");
}
