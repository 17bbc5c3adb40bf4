//! What waits for whom, and until when.

use serde_json::{Value, json};

use crate::support::{Actor, County};

async fn tasks(actor: &Actor, query: &str) -> Vec<Value> {
    let page = actor.get(&format!("/v1/tasks?include_total=true{query}")).await.expect(200).json();
    let items = page["items"].as_array().unwrap().clone();
    assert_eq!(page["total"], items.len());
    items
}

async fn kinds(actor: &Actor) -> Vec<Value> {
    tasks(actor, "").await.into_iter().map(|task| task["kind"].clone()).collect()
}

#[actix_web::test]
async fn a_need_waits_for_one_after_the_other_until_it_is_decided() {
    let county = County::new().await;
    let draft = county.draft().await;
    let need = format!("/v1/needs/{}", draft.id());
    let own = tasks(&county.bergen, "").await;
    assert_eq!(own.len(), 1);
    assert_eq!((&own[0]["kind"], &own[0]["id"]), (&json!("submit_draft"), &json!(draft.id())));
    assert_eq!((&own[0]["due_at"], &own[0]["title"]), (&json!("2027-02-01T23:00:00Z"), &json!("Språkmiljø for alle")));
    assert!(kinds(&county.university).await.is_empty());
    county.bergen.post(&format!("{need}/invitations"), json!({})).await.expect(201);
    for invited in [&county.university, &county.owner] {
        let asked = tasks(invited, "&kind=answer_invitation").await;
        assert_eq!((asked.len(), &asked[0]["due_at"]), (1, &json!("2027-02-01T23:00:00Z")));
    }
    county.answered(&draft.id()).await;
    for invited in [&county.university, &county.owner] {
        assert!(kinds(invited).await.is_empty());
    }
    assert!(kinds(&county.governor).await.is_empty());
    let ready = county.bergen.get(&need).await.expect(200);
    let submitted = county.bergen.transition(&format!("{need}/submit"), &ready.tag(), json!({})).await.expect(200);
    assert!(kinds(&county.bergen).await.is_empty());
    let received = tasks(&county.governor, "").await;
    assert_eq!((&received[0]["kind"], &received[0]["reference"]), (&json!("receive_need"), &json!("B-2026-VL-0001")));
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    let returned = county.governor.transition(&format!("{need}/return"), &submitted.tag(), terms).await.expect(200);
    let own = tasks(&county.bergen, "").await;
    assert_eq!((&own[0]["kind"], &own[0]["due_at"]), (&json!("correct_need"), &json!("2027-02-15T23:00:00Z")));
    let again = county.bergen.transition(&format!("{need}/submit"), &returned.tag(), json!({})).await.expect(200);
    county.governor.transition(&format!("{need}/accept"), &again.tag(), json!({})).await.expect(200);
    assert_eq!(kinds(&county.governor).await, ["put_need_on_agenda"]);
}

#[actix_web::test]
async fn a_round_waits_to_be_closed_and_settled_and_the_most_pressing_comes_first() {
    let county = County::new().await;
    let (first, second) = (county.draft().await, county.draft().await);
    county.exemption(&county.bergen, "2027-02-15").await.expect(201);
    county.server.set_now("2027-02-02T12:00:00Z");
    assert_eq!(tasks(&county.bergen, "").await[0]["due_at"], "2027-02-15T23:00:00Z");
    assert_eq!(kinds(&county.governor).await, ["close_round"]);
    county.step_round("close").await.expect(200);
    assert_eq!(kinds(&county.governor).await, ["settle_round"]);
    assert!(kinds(&county.bergen).await.is_empty());
    county.step_round("settle").await.expect(200);
    assert!(kinds(&county.governor).await.is_empty());
    for draft in [first, second] {
        let need = county.bergen.get(&format!("/v1/needs/{}", draft.id())).await.expect(200);
        assert_eq!(need.json()["state"], "expired");
    }
}

#[actix_web::test]
async fn tasks_come_in_pages_and_only_for_those_whose_token_may_do_them() {
    let county = County::new().await;
    for _ in 0..3 {
        county.draft().await;
    }
    let mut seen = Vec::new();
    let mut path = "/v1/tasks?limit=2".to_owned();
    loop {
        let page = county.bergen.get(&path).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|task| task["id"].clone()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/tasks?limit=2&cursor={cursor}");
    }
    seen.dedup();
    assert_eq!(seen.len(), 3);
    let bergen = domain::orgnr::OrgNr::from_register(county.bergen.orgnr.clone());
    let uploader = county.server.client(&bergen, "uploads", &[domain::actor::Scope::KartleggingWrite]).await;
    assert!(kinds(&uploader).await.is_empty());
    let wrong = county.bergen.get("/v1/tasks?kind=rest").await.expect(400);
    assert_eq!(wrong.code(), "invalid_query");
}

#[actix_web::test]
async fn a_message_waits_for_the_other_side_until_it_is_read() {
    let county = County::new().await;
    let need = county.submitted().await.id();
    let messages = format!("/v1/needs/{need}/messages");
    let sent = county.governor.post(&messages, json!({"text": "Kan dere utdype målet?"})).await.expect(201);
    let unread = tasks(&county.bergen, "&kind=read_messages").await;
    assert_eq!((unread.len(), &unread[0]["id"]), (1, &json!(need)));
    assert!(tasks(&county.governor, "&kind=read_messages").await.is_empty());
    county.bergen.post(&format!("{messages}/{}/read", sent.id()), json!({})).await.expect(200);
    assert!(tasks(&county.bergen, "&kind=read_messages").await.is_empty());
}
