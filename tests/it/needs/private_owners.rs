//! What a need says about private owners, and what they say themselves (N05).

use domain::organisations::UnitKind;
use reqwest::Method;
use serde_json::json;

use crate::support::{Answer, County};

async fn note_first(county: &County, path: &str, body: serde_json::Value) -> Answer {
    let request = county.bergen.request(Method::PUT, path).header("If-None-Match", "*").json(&body);
    county.bergen.send(request).await
}

#[actix_web::test]
async fn every_private_owner_of_the_municipality_is_listed_asked_or_not() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let list = county.bergen.get(&format!("/v1/needs/{id}/private-owners")).await.expect(200).json();
    let owner = &list["items"][0];
    assert_eq!((&owner["orgnr"], &owner["name"]), (&json!(county.owner.orgnr), &json!("Solsikken barnehager AS")));
    assert_eq!((&owner["concerned"], &owner["answer"], &owner["version"]), (&json!(true), &json!(null), &json!(0)));
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn an_owner_not_mentioned_blocks_the_submission() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    let refused = county.bergen.transition(&format!("{path}/submit"), &draft.tag(), json!({})).await.expect(422);
    let codes: Vec<String> = refused.faults().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["partner_not_invited", "private_owner_not_mentioned"]);
    let errors = refused.json()["errors"].clone();
    let owner = errors.as_array().unwrap().iter().find(|e| e["code"] == "private_owner_not_mentioned").unwrap();
    assert_eq!((&owner["params"]["rule"], &owner["params"]["orgnr"]), (&json!("N05"), &json!(county.owner.orgnr)));
}

#[actix_web::test]
async fn the_municipality_notes_and_the_owners_own_answer_outranks_it() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let path = format!("/v1/needs/{id}/private-owners/{}", county.owner.orgnr);
    county.owner.get(&format!("/v1/needs/{id}")).await.expect(404);
    let blind =
        county.bergen.request(Method::PUT, &path).json(&json!({"invited_on": "2026-11-01", "answer": "declined"}));
    assert_eq!(county.bergen.send(blind).await.expect(428).code(), "precondition_required");
    let noted = note_first(&county, &path, json!({"invited_on": "2026-11-01", "answer": "declined"})).await.expect(201);
    assert_eq!((&noted.json()["answer"], &noted.json()["own_answer"]), (&json!("declined"), &json!(null)));
    assert_eq!(noted.header("location"), path);
    county.owner.get(&format!("/v1/needs/{id}")).await.expect(200);
    let own = json!({"answer": "joins", "reason": "Vi blir gjerne med."});
    let answered = county.owner.transition(&format!("{path}/answer"), &noted.tag(), own).await.expect(200);
    assert_eq!(
        (&answered.json()["answer"], &answered.json()["recorded_answer"]),
        (&json!("joins"), &json!("declined"))
    );
    let again = json!({"invited_on": "2026-11-02", "answer": "no_answer"});
    let stale = county.bergen.put(&path, &noted.tag(), again.clone()).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
    let renoted = county.bergen.put(&path, &answered.tag(), again.clone()).await.expect(200).json();
    assert_eq!((&renoted["answer"], &renoted["reason"]), (&json!("joins"), &json!("Vi blir gjerne med.")));
    assert_eq!(note_first(&county, &path, again).await.expect(412).code(), "version_mismatch");
}

#[actix_web::test]
async fn a_note_is_about_an_owner_in_the_municipality_and_about_the_past() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let elsewhere = format!("/v1/needs/{id}/private-owners/{}", county.university.orgnr);
    note_first(&county, &elsewhere, json!({"invited_on": "2026-11-01", "answer": "joins"})).await.expect(404);
    let path = format!("/v1/needs/{id}/private-owners/{}", county.owner.orgnr);
    let future = note_first(&county, &path, json!({"invited_on": "2026-11-22", "answer": "joins"})).await.expect(422);
    assert_eq!(future.faults(), [("invited_in_future".to_owned(), "/invited_on".to_owned())]);
}

#[actix_web::test]
async fn only_owners_of_the_kinds_addressed_have_to_be_mentioned() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    let check = format!("{path}/check");
    let found = |answer: Answer, code: &str| {
        answer.expect(200).json()["findings"].as_array().unwrap().iter().filter(|f| f["code"] == code).count()
    };
    assert_eq!(found(county.bergen.get(&check).await, "private_owner_not_mentioned"), 1);
    let changed = county.bergen.patch(&path, &draft.tag(), json!({"unit_kinds": ["school", "ppt"]})).await.expect(200);
    assert_eq!(found(county.bergen.get(&check).await, "private_owner_not_mentioned"), 0);
    assert_eq!(found(county.bergen.get(&check).await, "breadth_missing"), 1);
    county.server.unit(12, UnitKind::School, &county.owner).await;
    assert_eq!(found(county.bergen.get(&check).await, "private_owner_not_mentioned"), 1);
    assert_eq!(changed.json()["state"], "draft");
}
