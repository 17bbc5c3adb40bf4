//! Exemptions from the deadline of a round (N03).

use serde_json::{Value, json};

use crate::support::{Actor, Answer, County};

/// The ids of the exemptions that a caller sees.
async fn seen(county: &County, by: &Actor) -> Vec<Value> {
    let path = format!("{}/exemptions?include_total=true", county.round_path());
    let page = by.get(&path).await.expect(200).json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], items.len());
    items.iter().map(|item| item["id"].clone()).collect()
}

async fn take_back(county: &County, exemption: &Answer) -> Answer {
    let tag = county.governor.get(&county.round_path()).await.expect(200).tag();
    let path = format!("{}/exemptions/{}", county.round_path(), exemption.id());
    county.governor.delete(&path, &tag).await
}

async fn submit(county: &County, need: &Answer) -> Answer {
    county.bergen.transition(&format!("/v1/needs/{}/submit", need.id()), &need.tag(), json!({})).await
}

#[actix_web::test]
async fn an_exempt_owner_submits_after_the_deadline_until_its_own_day() {
    let county = County::new().await;
    let (first, second, third) = (county.ready().await, county.ready().await, county.ready().await);
    county.server.set_now("2027-02-02T12:00:00Z");
    let late = || vec![("deadline_passed".to_owned(), String::new())];
    assert_eq!(submit(&county, &first).await.expect(422).faults(), late());
    let given = county.exemption(&county.bergen, "2027-02-15").await.expect(201);
    assert_eq!(
        (&given.json()["until"], &given.json()["until_at"]),
        (&json!("2027-02-15"), &json!("2027-02-15T23:00:00Z"))
    );
    submit(&county, &first).await.expect(200);
    county.server.set_now("2027-02-15T22:59:59.999999Z");
    submit(&county, &second).await.expect(200);
    county.server.set_now("2027-02-15T23:00:00Z");
    assert_eq!(submit(&county, &third).await.expect(422).faults(), late());
}

#[actix_web::test]
async fn an_exemption_is_for_its_owner_alone_and_ends_when_it_is_taken_back() {
    let county = County::new().await;
    let ready = county.ready().await;
    county.server.set_now("2027-02-02T12:00:00Z");
    county.exemption(&county.owner, "2027-02-15").await.expect(201);
    submit(&county, &ready).await.expect(422);
    let given = county.exemption(&county.bergen, "2027-02-15").await.expect(201);
    let check = format!("/v1/needs/{}/check", ready.id());
    assert_eq!(county.bergen.get(&check).await.expect(200).json()["submittable"], true);
    take_back(&county, &given).await.expect(204);
    submit(&county, &ready).await.expect(422);
    take_back(&county, &given).await.expect(404);
}

#[actix_web::test]
async fn who_is_exempt_and_why_is_between_the_owner_and_the_county_governor() {
    let county = County::new().await;
    let bergen = county.exemption(&county.bergen, "2027-02-15").await.expect(201).json();
    let owner = county.exemption(&county.owner, "2027-03-01").await.expect(201).json();
    assert_eq!(seen(&county, &county.governor).await, [bergen["id"].clone(), owner["id"].clone()]);
    assert_eq!(seen(&county, &county.bergen).await, [bergen["id"].clone()]);
    assert_eq!(seen(&county, &county.owner).await, [owner["id"].clone()]);
    assert_eq!(seen(&county, &county.university).await, Vec::<Value>::new());
    let path = format!("{}/exemptions/{}", county.round_path(), owner["id"].as_str().unwrap());
    county.bergen.delete(&path, "*").await.expect(404);
    county.owner.delete(&path, "*").await.expect(403);
}

#[actix_web::test]
async fn an_exemption_is_given_once_to_an_owner_and_lasts_longer_than_the_deadline() {
    let county = County::new().await;
    let refused = |answer: Answer| answer.expect(422).faults();
    let fault = |code: &str, pointer: &str| (code.to_owned(), pointer.to_owned());
    assert_eq!(
        refused(county.exemption(&county.university, "2027-02-01").await),
        [fault("exemption_ends_with_deadline", "/until"), fault("not_an_owner", "/orgnr")]
    );
    let path = format!("{}/exemptions", county.round_path());
    let unknown = json!({"orgnr": "310279617", "until": "2027-02-15", "reason": "Ba om det."});
    assert_eq!(refused(county.governor.post(&path, unknown).await), [fault("unknown_reference", "/orgnr")]);
    let unexplained = json!({"orgnr": county.bergen.orgnr, "until": "2027-02-15", "reason": ""});
    assert_eq!(refused(county.governor.post(&path, unexplained).await), [fault("too_short", "/reason")]);
    county.server.set_now("2027-02-15T23:00:00Z");
    assert_eq!(
        refused(county.exemption(&county.bergen, "2027-02-15").await),
        [fault("exemption_ends_in_past", "/until")]
    );
    let given = county.exemption(&county.bergen, "2027-02-16").await.expect(201);
    let again = county.exemption(&county.bergen, "2027-02-17").await.expect(409);
    assert_eq!(
        (again.code().as_str(), &again.json()["params"]["exemption_id"]),
        ("already_exists", &json!(given.id()))
    );
}

#[actix_web::test]
async fn a_closed_round_exempts_nobody() {
    let county = County::new().await;
    let ready = county.ready().await;
    let given = county.exemption(&county.bergen, "2027-02-15").await.expect(201);
    county.step_round("close").await.expect(200);
    let refused = submit(&county, &ready).await.expect(422);
    assert_eq!(refused.faults(), [("round_closed".to_owned(), String::new())]);
    assert_eq!(county.exemption(&county.owner, "2027-02-15").await.expect(409).code(), "state_conflict");
    assert_eq!(take_back(&county, &given).await.expect(409).json()["params"]["state"], "closed");
}

#[actix_web::test]
async fn an_exemption_changes_its_round() {
    let county = County::new().await;
    let given = county.exemption(&county.bergen, "2027-02-15").await.expect(201);
    assert_eq!(county.governor.get(&county.round_path()).await.expect(200).json()["version"], 2);
    take_back(&county, &given).await.expect(204);
    let feed = county.university.get(&format!("/v1/events?subject={}", county.round)).await.expect(200).json();
    let types: Vec<&str> = feed["items"].as_array().unwrap().iter().map(|e| e["type"].as_str().unwrap()).collect();
    let expected = ["created", "exempted", "exemption_ended"].map(|what| format!("no.kompetanseloft.round.{what}.v1"));
    assert_eq!(types, expected);
    assert!(!feed.to_string().contains("delt ved"));
}
