//! A deadline that moves, and a round that ends, while somebody submits: every submission is under the round as it
//! stood when it was written, which the feed tells by the order of its events.

use futures_util::future::{join, join_all};
use serde_json::{Value, json};

use crate::support::{Answer, County};

async fn ready(county: &County) -> Vec<Answer> {
    let mut ready = Vec::new();
    for _ in 0..6 {
        ready.push(county.ready().await);
    }
    ready
}

/// Submits all of them at once; how many were submitted, and the codes that stopped the others.
async fn submit_all(county: &County, needs: &[Answer]) -> (usize, Vec<String>) {
    let submit = |need: &Answer| {
        let (path, tag) = (format!("/v1/needs/{}/submit", need.id()), need.tag());
        async move { county.bergen.transition(&path, &tag, json!({})).await }
    };
    let answers = join_all(needs.iter().map(submit)).await;
    let (submitted, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status == 200);
    (submitted.len(), refused.iter().flat_map(|answer| answer.faults()).map(|(code, _)| code).collect())
}

/// What happened to rounds and needs of the county, in order.
async fn told(county: &County) -> Vec<String> {
    let feed = county.governor.get("/v1/events?limit=1000").await.expect(200).json();
    let kind = |event: &Value| event["type"].as_str().unwrap().trim_start_matches("no.kompetanseloft.").to_owned();
    feed["items"].as_array().unwrap().iter().map(kind).collect()
}

#[actix_web::test]
async fn nobody_is_let_through_by_a_deadline_that_has_not_moved_yet() {
    let county = County::new().await;
    let needs = ready(&county).await;
    county.server.set_now("2027-02-02T12:00:00Z");
    let moved = county.change_round(json!({"deadline_date": "2027-02-15"}));
    let ((submitted, stopped), moved) = join(submit_all(&county, &needs), moved).await;
    moved.expect(200);
    assert_eq!(submitted + stopped.len(), needs.len(), "{stopped:?}");
    assert!(stopped.iter().all(|code| code == "deadline_passed"), "{stopped:?}");
    let told = told(&county).await;
    let moved = told.iter().position(|event| event == "round.changed.v1").unwrap();
    let first = told.iter().position(|event| event == "need.submitted.v1").unwrap_or(told.len());
    assert!(moved < first, "{told:?}");
}

#[actix_web::test]
async fn nobody_slips_into_a_round_that_is_closed() {
    let county = County::new().await;
    let needs = ready(&county).await;
    let ((submitted, stopped), closed) = join(submit_all(&county, &needs), county.step_round("close")).await;
    closed.expect(200);
    assert_eq!(submitted + stopped.len(), needs.len(), "{stopped:?}");
    assert!(stopped.iter().all(|code| code == "round_closed"), "{stopped:?}");
    let told = told(&county).await;
    let closed = told.iter().position(|event| event == "round.closed.v1").unwrap();
    assert!(!told[closed..].contains(&"need.submitted.v1".to_owned()), "{told:?}");
}

#[actix_web::test]
async fn a_need_comes_back_or_its_round_is_settled_and_never_both() {
    for _ in 0..4 {
        let county = County::new().await;
        let submitted = county.submitted().await;
        let path = format!("/v1/needs/{}", submitted.id());
        let terms = json!({"reply_by": "2027-02-15", "reason": "Evalueringen mangler."});
        let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
        county.step_round("close").await.expect(200);
        let (submit, tag) = (format!("{path}/submit"), returned.tag());
        let again = county.bergen.transition(&submit, &tag, json!({}));
        let (again, settled) = join(again, county.step_round("settle")).await;
        let state = county.bergen.get(&path).await.expect(200).json()["state"].clone();
        match (again.status, settled.status) {
            (200, 409) => assert_eq!((settled.code().as_str(), &state), ("needs_under_treatment", &json!("submitted"))),
            (412 | 409, 200) => assert_eq!(state, "expired"),
            other => panic!("{other:?}: {} {}", again.text, settled.text),
        }
    }
}
