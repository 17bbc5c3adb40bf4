//! The forum asks for Statped where no university can contribute (N07).

use domain::organisations::OrganisationKind;
use serde_json::{Value, json};

use super::stage::{Stage, prioritise};

/// An item in treatment on a measure that Statped carries out, its conflicts ruled.
async fn taken_up(stage: &Stage, meeting: &str) -> String {
    let county = &stage.county;
    let statped = county.organisation(27, OrganisationKind::Statped, "Statped").await;
    let mut document = county.document();
    document["partners"] = json!([]);
    document["statped"] = json!({"orgnr": statped.orgnr, "role": "provider", "contribution": "Leder samlingene"});
    document["budget"][0]["recipient"] = json!(county.bergen.orgnr);
    document["explanations"] = json!({"statped_without_partner": "Ingen universitet i regionen har fagmiljøet."});
    let draft = county.bergen.post("/v1/needs", document).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let own = format!("{path}/partners/{}/confirm", statped.orgnr);
    statped.transition(&own, "\"1\"", json!({})).await.expect(200);
    let owner = format!("{path}/private-owners/{}/answer", county.owner.orgnr);
    county.owner.transition(&owner, "\"1\"", json!({"answer": "joins"})).await.expect(200);
    let submitted = county.bergen.transition(&format!("{path}/submit"), &draft.tag(), json!({})).await.expect(200);
    let warned = county.bergen.get(&format!("{path}/versions/1")).await.expect(200).json()["findings"].clone();
    assert!(warned.as_array().unwrap().iter().any(|finding| finding["code"] == "statped_without_partner"), "{warned}");
    stage.secretariat().transition(&format!("{path}/accept"), &submitted.tag(), json!({})).await.expect(200);
    let item = stage.listed(meeting, &draft.id()).await;
    stage.step(&item, "start", json!({})).await.expect(200);
    stage.rule(&item, "bergen", "holder", true).await.expect(200);
    item
}

#[actix_web::test]
async fn a_measure_of_statpeds_gets_money_once_the_forum_itself_asks_for_it() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let item = taken_up(&stage, &meeting).await;
    assert_eq!(stage.secretariat().get(&item).await.expect(200).json()["statped_request"], Value::Null);
    let refused = stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(409);
    assert_eq!(refused.code(), "statped_not_requested");
    let asks = |seat: &str| json!({"seat_id": seat, "reason": "Ingen universitet i regionen har fagmiljøet."});
    let stranger = stage.step(&item, "request-statped", asks("01936b0e-7c1a-7000-8000-1234567890ab")).await.expect(422);
    assert_eq!(stranger.faults(), [("unknown_reference".to_owned(), "/seat_id".to_owned())]);
    let asked = stage.step(&item, "request-statped", asks(&stage.seats["ks"])).await.expect(200).json();
    assert_eq!(asked["statped_request"]["seat_id"], json!(stage.seats["ks"]));
    assert_eq!(asked["statped_request"]["reason"], "Ingen universitet i regionen har fagmiljøet.");
    let seen = stage.union.get(&item).await.expect(200).json();
    assert_eq!(seen["statped_request"], asked["statped_request"]);
    stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(200);
    let late = stage.step(&item, "request-statped", asks(&stage.seats["ks"])).await.expect(409);
    assert_eq!(late.json()["params"]["state"], "decided");
}
