//! Messages between the sender of a need and its county governor.

use serde_json::{Value, json};

use super::{attach, attach_plan, pdf};
use crate::support::{Actor, County};

async fn texts(actor: &Actor, need: &str, query: &str) -> Vec<String> {
    let page = actor.get(&format!("/v1/needs/{need}/messages?include_total=true{query}")).await.expect(200).json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], items.len());
    items.iter().map(|item| item["text"].as_str().unwrap().to_owned()).collect()
}

/// Types and subjects of the events about messages that an actor sees.
async fn events(actor: &Actor) -> Vec<(String, String)> {
    let feed = actor.get("/v1/events?limit=1000").await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let all = feed["items"].as_array().unwrap().iter().map(|event| (text(&event["type"]), text(&event["subject"])));
    all.filter(|(_, subject)| subject.starts_with("message/")).collect()
}

#[actix_web::test]
async fn sender_and_county_governor_write_to_each_other_and_see_what_was_read() {
    let county = County::new().await;
    let need = county.submitted().await.id();
    let path = format!("/v1/needs/{need}/messages");
    let asked = county.governor.post(&path, json!({"text": "Hvordan er PPT med?"})).await.expect(201);
    assert_eq!((&asked.json()["side"], &asked.json()["unread"]), (&json!("county_governor"), &json!(false)));
    let letter = attach(&county.bergen, &need, "dialogue", "svar.pdf", pdf("svar")).await.expect(201);
    let answer = json!({"text": "Se vedlegget.", "attachments": [letter.id()]});
    let answered = county.bergen.post(&path, answer).await.expect(201).json();
    assert_eq!(answered["attachments"], json!([{"id": letter.id(), "file_name": "svar.pdf"}]));
    assert_eq!(
        (&answered["author_name"], &answered["author_orgnr"]),
        (&json!("Bergen kommune"), &json!(county.bergen.orgnr))
    );

    assert_eq!(texts(&county.bergen, &need, "").await, ["Hvordan er PPT med?", "Se vedlegget."]);
    assert_eq!(texts(&county.bergen, &need, "&unread=true").await, ["Hvordan er PPT med?"]);
    let mark = format!("{path}/{}/read", asked.id());
    let own = county.governor.post(&mark, json!({})).await.expect(200).json();
    assert_eq!((&own["read_at"], &own["version"]), (&json!(null), &json!(1)), "one's own are read");
    let read = county.bergen.post(&mark, json!({})).await.expect(200);
    assert_eq!(read.json()["version"], 2);
    county.server.set_now("2026-12-01T11:00:00Z");
    let again = county.bergen.post(&mark, json!({})).await.expect(200);
    assert_eq!((again.json(), again.tag()), (read.json(), read.tag()), "once is enough");
    assert!(texts(&county.bergen, &need, "&unread=true").await.is_empty());
    let one = county.governor.get(&format!("{path}?id={}", asked.id())).await.expect(200).json();
    assert_eq!(one["items"][0]["read_at"], "2026-11-21T11:00:00Z");
    assert_eq!(texts(&county.governor, &need, "&unread=false").await, ["Hvordan er PPT med?"]);

    let named = county.bergen.delete(&letter.header("location"), "\"1\"").await.expect(409);
    assert_eq!(named.code(), "attachment_in_message");
}

#[actix_web::test]
async fn to_everybody_else_there_are_no_messages_whether_or_not_they_see_the_need() {
    let county = County::new().await;
    let need = county.submitted().await.id();
    let stavanger = county.stavanger(20).await;
    let directorate =
        county.organisation(21, domain::organisations::OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let path = format!("/v1/needs/{need}/messages");
    let message = county.governor.post(&path, json!({"text": "Hvordan er PPT med?"})).await.expect(201).id();
    for other in [&county.university, &county.owner, &stavanger, &directorate] {
        other.get(&path).await.expect(404);
        other.post(&path, json!({"text": "Hei"})).await.expect(404);
        other.post(&format!("{path}/{message}/read"), json!({})).await.expect(404);
        assert!(events(other).await.is_empty());
    }
    county.bergen.post(&format!("{path}/{message}/read"), json!({})).await.expect(200);
    let subject = format!("message/{message}");
    let happened = |what: &str| (format!("no.kompetanseloft.message.{what}.v1"), subject.clone());
    for party in [&county.bergen, &county.governor] {
        assert_eq!(events(party).await, [happened("created"), happened("read")]);
    }
    let other_need = county.submitted().await.id();
    let elsewhere = format!("/v1/needs/{other_need}/messages/{message}/read");
    county.bergen.post(&elsewhere, json!({})).await.expect(404);
}

#[actix_web::test]
async fn a_message_needs_a_submitted_need_and_a_text_that_may_be_kept() {
    let county = County::new().await;
    let draft = county.draft().await.id();
    let path = format!("/v1/needs/{draft}/messages");
    let early = county.bergen.post(&path, json!({"text": "Hei"})).await.expect(409);
    assert_eq!(early.code(), "need_not_submitted");
    assert!(texts(&county.bergen, &draft, "").await.is_empty());
    county.governor.get(&path).await.expect(404);
    county.governor.post(&path, json!({"text": "Hei"})).await.expect(404);

    let plan = attach_plan(&county.bergen, &draft).await.id();
    county.answered(&draft).await;
    let ready = county.bergen.get(&format!("/v1/needs/{draft}")).await.expect(200);
    county.bergen.transition(&format!("/v1/needs/{draft}/submit"), &ready.tag(), json!({})).await.expect(200);
    let elsewhere = county.submitted().await.id();
    let of_other_need = attach(&county.bergen, &elsewhere, "dialogue", "a.pdf", pdf("a")).await.expect(201).id();
    let own = attach(&county.bergen, &draft, "dialogue", "b.pdf", pdf("b")).await.expect(201).id();
    let wrong = json!({"text": "Se her.", "attachments": [plan, of_other_need, own, own]});
    let faults = county.bergen.post(&path, wrong).await.expect(422).faults();
    let at = |code: &str, n: u32| (code.to_owned(), format!("/attachments/{n}"));
    assert_eq!(faults, [at("attachment_not_for_dialogue", 0), at("not_unique", 3), at("unknown_reference", 1)]);
    let named = county.bergen.post(&path, json!({"text": "Gjelder 158812 10166."})).await.expect(422);
    assert_eq!(named.faults(), [("national_id".to_owned(), "/text".to_owned())]);
    assert_eq!(county.bergen.post(&path, json!({"text": ""})).await.expect(422).faults()[0].0, "too_short");
    assert!(texts(&county.bergen, &draft, "").await.is_empty());
}

#[actix_web::test]
async fn a_retry_does_not_write_twice() {
    let county = County::new().await;
    let need = county.submitted().await.id();
    let path = format!("/v1/needs/{need}/messages");
    let send = || {
        let request = county.bergen.request(reqwest::Method::POST, &path).header("Idempotency-Key", "m-1");
        county.bergen.send(request.json(&json!({"text": "Hei"})))
    };
    let first = send().await.expect(201);
    let again = send().await.expect(201);
    assert_eq!((first.text, again.header("idempotency-replayed")), (again.text.clone(), "true".to_owned()));
    assert_eq!(texts(&county.governor, &need, "").await, ["Hei"]);
}
