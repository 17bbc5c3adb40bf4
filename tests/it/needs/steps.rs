//! A need's steps between its sender and the county governor.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::County;

#[actix_web::test]
async fn a_need_is_submitted_with_a_reference_and_accepted() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let need = submitted.json();
    assert_eq!((&need["state"], &need["reference"]), (&json!("submitted"), &json!("B-2026-VL-0001")));
    assert_eq!(county.submitted().await.json()["reference"], "B-2026-VL-0002");
    let accept = format!("/v1/needs/{}/accept", submitted.id());
    let by_sender = county.bergen.transition(&accept, &submitted.tag(), json!({})).await.expect(403);
    assert_eq!(by_sender.code(), "not_yours_to_do");
    let accepted = county.governor.transition(&accept, &submitted.tag(), json!({})).await.expect(200);
    assert_eq!(accepted.json()["state"], "accepted");
    let twice = county.governor.transition(&accept, &accepted.tag(), json!({})).await.expect(409);
    assert_eq!((twice.code().as_str(), &twice.json()["params"]["state"]), ("state_conflict", &json!("accepted")));
}

#[actix_web::test]
async fn a_retried_submission_is_one_submission() {
    let county = County::new().await;
    let ready = county.ready().await;
    let send = || {
        let request = county.bergen.request(Method::POST, &format!("/v1/needs/{}/submit", ready.id()));
        county.bergen.send(request.header("If-Match", ready.tag()).header("Idempotency-Key", "one").json(&json!({})))
    };
    let (first, second) = (send().await.expect(200), send().await.expect(200));
    assert_eq!(first.text, second.text);
    assert_eq!(second.header("idempotency-replayed"), "true");
    let versions = county.bergen.get(&format!("/v1/needs/{}/versions", ready.id())).await.expect(200);
    assert_eq!(versions.json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn a_submission_is_frozen_with_its_parties_and_warnings() {
    let county = County::new().await;
    let ready = county.ready().await;
    let path = format!("/v1/needs/{}", ready.id());
    let narrow =
        json!({"unit_kinds": ["kindergarten", "ppt"], "explanations": {"breadth_missing": "Skolene kommer neste år"}});
    let changed = county.bergen.patch(&path, &ready.tag(), narrow).await.expect(200);
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    county.university.transition(&format!("{partner}/confirm"), "*", json!({})).await.expect(200);
    let submitted = county.bergen.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(200);
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let draft = county.bergen.get(&path).await;
    county.bergen.patch(&path, &draft.tag(), json!({"title": "Endret etterpå"})).await.expect(200);
    let frozen = county.governor.get(&format!("{path}/versions/1")).await.expect(200).json();
    assert_eq!(frozen["title"], "Språkmiljø for alle");
    assert_eq!(frozen["partner_answers"], json!([{"orgnr": county.university.orgnr, "state": "confirmed"}]));
    assert_eq!(frozen["private_owner_answers"][0]["answer"], "joins");
    assert_eq!(frozen["findings"][0]["code"], "breadth_missing");
    assert_eq!(frozen["explanations"]["breadth_missing"], "Skolene kommer neste år");
    assert_eq!(county.governor.get(&path).await.expect(200).json()["title"], "Språkmiljø for alle");
    county.governor.get(&format!("{path}/versions/2")).await.expect(404);
}

#[actix_web::test]
async fn a_submitted_need_is_changed_by_nobody() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let refused = county.bergen.patch(&path, &submitted.tag(), json!({"title": "X"})).await.expect(409);
    assert_eq!(refused.json()["params"]["state"], "submitted");
    let foreign = county.governor.patch(&path, &submitted.tag(), json!({"title": "X"})).await.expect(403);
    assert_eq!(foreign.code(), "not_yours_to_do");
    let invite = county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(409);
    assert_eq!(invite.code(), "state_conflict");
}

#[actix_web::test]
async fn a_return_names_a_day_to_come() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}/return", submitted.id());
    let past = json!({"reply_by": "2026-11-20", "reason": "For sent"});
    let refused = county.governor.transition(&path, &submitted.tag(), past).await.expect(422);
    assert_eq!(refused.faults(), [("reply_by_in_past".to_owned(), "/reply_by".to_owned())]);
    let today = json!({"reply_by": "2026-11-21", "reason": "Raskt"});
    county.governor.transition(&path, &submitted.tag(), today).await.expect(200);
}

#[actix_web::test]
async fn a_sender_withdraws_until_it_is_decided() {
    let county = County::new().await;
    let accepted = county.accepted().await;
    let path = format!("/v1/needs/{}/withdraw", accepted.id());
    let withdrawn = county.bergen.transition(&path, &accepted.tag(), json!({})).await.expect(200);
    assert_eq!(withdrawn.json()["state"], "withdrawn");
    county.bergen.transition(&path, &withdrawn.tag(), json!({})).await.expect(409);
    assert_eq!(
        county.governor.get(&format!("/v1/needs/{}", accepted.id())).await.expect(200).json()["state"],
        "withdrawn"
    );
}

#[actix_web::test]
async fn actions_say_what_is_possible_and_why_not() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let path = format!("/v1/needs/{id}/actions");
    let action = |actions: &Value, name: &str| {
        actions.as_array().unwrap().iter().find(|action| action["action"] == name).unwrap().clone()
    };
    let mine = county.bergen.get(&path).await.expect(200).json();
    assert_eq!(action(&mine, "update")["allowed"], true);
    let submit = action(&mine, "submit");
    assert_eq!(
        (&submit["allowed"], &submit["reasons"][0]["code"]),
        (&json!(false), &json!("private_owner_not_mentioned"))
    );
    assert_eq!(action(&mine, "accept")["reasons"][0]["code"], "not_yours_to_do");
    county.answered(&id).await;
    let mine = county.bergen.get(&path).await.expect(200).json();
    assert_eq!((&action(&mine, "submit")["allowed"], &action(&mine, "submit")["reasons"]), (&json!(true), &json!([])));
    let theirs = county.university.get(&path).await.expect(200).json();
    assert_eq!(action(&theirs, "answer_as_partner")["reasons"][0]["code"], "state_conflict");
    assert_eq!(action(&theirs, "submit")["allowed"], false);
    county.governor.get(&path).await.expect(404);
}

#[actix_web::test]
async fn every_step_leaves_an_event_for_those_who_see_the_need() {
    let county = County::new().await;
    let accepted = county.accepted().await;
    let types = |page: &Value| {
        let items = page["items"].as_array().unwrap().clone();
        items.iter().map(|e| e["type"].as_str().unwrap().rsplit('.').nth(1).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let feed = format!("/v1/events?subject={}", accepted.id());
    let own = county.bergen.get(&feed).await.expect(200).json();
    assert_eq!(
        types(&own),
        ["created", "invited", "partner_confirmed", "private_owner_answered", "submitted", "accepted"]
    );
    let seen = county.governor.get(&feed).await.expect(200).json();
    assert_eq!(types(&seen), ["submitted", "accepted"], "what happened to the draft is not the county governor's");
    let last = &seen["items"][1]["data"];
    assert_eq!((&last["state"], &last["reference"]), (&json!("accepted"), &accepted.json()["reference"]));
    assert!(!seen.to_string().contains("Språkmiljø"));
    let stranger = county.stavanger(20).await;
    assert_eq!(stranger.get(&feed).await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn submissions_at_the_same_time_get_numbers_without_a_gap() {
    let county = County::new().await;
    let mut ready = Vec::new();
    for _ in 0..6 {
        ready.push(county.ready().await);
    }
    let paths: Vec<(String, String)> =
        ready.iter().map(|need| (format!("/v1/needs/{}/submit", need.id()), need.tag())).collect();
    let submissions = paths.iter().map(|(path, tag)| county.bergen.transition(path, tag, json!({})));
    let submitted = futures_util::future::join_all(submissions).await;
    let mut references: Vec<String> = submitted
        .into_iter()
        .map(|answer| answer.expect(200).json()["reference"].as_str().unwrap().to_owned())
        .collect();
    references.sort();
    assert_eq!(references, (1..=6).map(|n| format!("B-2026-VL-{n:04}")).collect::<Vec<_>>());
}

#[actix_web::test]
async fn of_two_hands_on_one_version_one_wins() {
    let county = County::new().await;
    let ready = county.ready().await;
    let path = format!("/v1/needs/{}", ready.id());
    let (submit, change, tag) = (format!("{path}/submit"), json!({"title": "Endret i siste liten"}), ready.tag());
    let outcomes = futures_util::future::join(
        county.bergen.transition(&submit, &tag, json!({})),
        county.bergen.patch(&path, &tag, change),
    );
    let (submitted, changed) = outcomes.await;
    let mut statuses = [submitted.status, changed.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 412], "{} {}", submitted.text, changed.text);
}
