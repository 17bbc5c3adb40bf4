//! Closing and settling a round.

use serde_json::{Value, json};

use crate::support::County;

#[actix_web::test]
async fn a_round_is_closed_and_settled_once_each_and_in_that_order() {
    let county = County::new().await;
    assert_eq!(county.step_round("settle").await.expect(409).json()["params"]["state"], "open");
    let closed = county.step_round("close").await.expect(200).json();
    assert_eq!((&closed["state"], &closed["version"]), (&json!("closed"), &json!(2)));
    assert_eq!(county.step_round("close").await.expect(409).json()["params"]["state"], "closed");
    let deadline = county.change_round(json!({"deadline_date": "2027-02-15"})).await.expect(422);
    assert_eq!(deadline.faults(), [("fixed_in_round_state".to_owned(), "/deadline_date".to_owned())]);
    county.change_round(json!({"report_due_on": "2028-02-01"})).await.expect(200);
    assert_eq!(county.step_round("settle").await.expect(200).json()["state"], "settled");
    assert_eq!(county.step_round("settle").await.expect(409).json()["params"]["state"], "settled");
    assert_eq!(county.change_round(json!({"report_due_on": "2028-03-01"})).await.expect(409).code(), "state_conflict");
    let listed = county.bergen.get("/v1/rounds?state=settled").await.expect(200).json();
    assert_eq!(listed["items"][0]["id"], json!(county.round));
}

#[actix_web::test]
async fn only_its_county_governor_ends_a_round_and_names_its_version() {
    let county = County::new().await;
    for step in ["close", "settle"] {
        let path = format!("{}/{step}", county.round_path());
        assert_eq!(county.bergen.transition(&path, "*", json!({})).await.expect(403).code(), "not_yours_to_do");
        county.governor.transition(&path, "\"7\"", json!({})).await.expect(412);
    }
}

#[actix_web::test]
async fn in_a_closed_round_nothing_begins_and_a_returned_need_comes_back() {
    let county = County::new().await;
    let (ready, submitted) = (county.ready().await, county.submitted().await);
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Evalueringen mangler."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    county.step_round("close").await.expect(200);
    let begun = county.bergen.post("/v1/needs", county.document()).await.expect(422);
    assert_eq!(begun.faults(), [("round_closed".to_owned(), "/round_id".to_owned())]);
    let first = format!("/v1/needs/{}/submit", ready.id());
    let refused = county.bergen.transition(&first, &ready.tag(), json!({})).await.expect(422);
    assert_eq!(refused.faults(), [("round_closed".to_owned(), String::new())]);
    county.bergen.transition(&format!("{path}/submit"), &returned.tag(), json!({})).await.expect(200);
}

#[actix_web::test]
async fn settling_waits_for_what_is_under_treatment() {
    let county = County::new().await;
    let (submitted, accepted) = (county.submitted().await, county.accepted().await);
    county.step_round("close").await.expect(200);
    let refused = county.step_round("settle").await.expect(409);
    assert_eq!((refused.code().as_str(), &refused.json()["params"]["needs"]), ("needs_under_treatment", &json!(2)));
    for need in [submitted, accepted] {
        let path = format!("/v1/needs/{}/withdraw", need.id());
        county.bergen.transition(&path, &need.tag(), json!({})).await.expect(200);
    }
    county.step_round("settle").await.expect(200);
}

#[actix_web::test]
async fn what_was_never_finished_expires_when_the_round_is_settled() {
    let county = County::new().await;
    let (draft, submitted) = (county.draft().await, county.submitted().await);
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Evalueringen mangler."});
    county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    county.step_round("close").await.expect(200);
    county.step_round("settle").await.expect(200);
    for id in [draft.id(), submitted.id()] {
        let need = county.bergen.get(&format!("/v1/needs/{id}")).await.expect(200);
        assert_eq!((&need.json()["state"], &need.json()["returned"]), (&json!("expired"), &Value::Null));
        let submit = format!("/v1/needs/{id}/submit");
        county.bergen.transition(&submit, &need.tag(), json!({})).await.expect(409);
        let feed = county.bergen.get(&format!("/v1/events?subject={id}")).await.expect(200).json();
        let last = feed["items"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(
            (&last["type"], &last["data"]["state"]),
            (&json!("no.kompetanseloft.need.expired.v1"), &json!("expired"))
        );
    }
    county.governor.get(&format!("/v1/needs/{}", draft.id())).await.expect(404);
    assert_eq!(county.governor.get(&path).await.expect(200).json()["state"], "expired");
}

#[actix_web::test]
async fn actions_say_what_is_possible_and_why_not() {
    let county = County::new().await;
    let path = format!("{}/actions", county.round_path());
    let told = |actions: Value| {
        let reason = |action: &Value| action["reasons"][0]["code"].as_str().unwrap_or("may").to_owned();
        actions.as_array().unwrap().iter().map(reason).collect::<Vec<_>>()
    };
    let of = |actor: &crate::support::Actor| {
        let actor = actor.clone();
        let path = path.clone();
        async move { actor.get(&path).await.expect(200).json() }
    };
    assert_eq!(told(of(&county.governor).await), ["may", "may", "may", "state_conflict"]);
    assert_eq!(told(of(&county.bergen).await), ["not_yours_to_do"; 4]);
    county.submitted().await;
    county.step_round("close").await.expect(200);
    let waiting = ["may", "state_conflict", "state_conflict", "needs_under_treatment"];
    assert_eq!(told(of(&county.governor).await), waiting);
}
