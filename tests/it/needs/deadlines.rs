//! The last instant before a deadline and the first one after it (N03), in winter and in summer time.

use rstest::rstest;
use serde_json::json;

use crate::support::County;

/// A county whose round has this deadline.
async fn county_with_deadline(deadline: &str) -> County {
    let mut county = County::new().await;
    let round = json!({
        "ruleset": "kollektiv-2026", "year": 2027, "opens_on": "2026-10-10",
        "deadline_date": deadline, "report_due_on": "2028-01-15",
    });
    county.round = county.governor.post("/v1/rounds", round).await.expect(201).id();
    county
}

#[rstest]
#[case::winter("2027-02-01", "2027-02-01T22:59:59.999999Z", "2027-02-01T23:00:00Z")]
#[case::summer("2027-06-15", "2027-06-15T21:59:59.999999Z", "2027-06-15T22:00:00Z")]
#[actix_web::test]
async fn a_need_is_submitted_until_midnight_in_oslo(#[case] date: &str, #[case] last: &str, #[case] first: &str) {
    let county = county_with_deadline(date).await;
    let (early, late) = (county.ready().await, county.ready().await);
    let submit = |need: &crate::support::Answer| (format!("/v1/needs/{}/submit", need.id()), need.tag());
    county.server.set_now(last);
    let (path, tag) = submit(&early);
    let submitted = county.bergen.transition(&path, &tag, json!({})).await.expect(200);
    assert_eq!(submitted.json()["submitted_at"], last);
    county.server.set_now(first);
    let (path, tag) = submit(&late);
    let refused = county.bergen.transition(&path, &tag, json!({})).await.expect(422);
    assert_eq!(refused.code(), "need_not_submittable");
    assert_eq!(refused.faults(), [("deadline_passed".to_owned(), String::new())]);
}

#[actix_web::test]
async fn nothing_is_submitted_before_the_round_opens() {
    let mut county = County::new().await;
    let round = json!({
        "ruleset": "kollektiv-2026", "year": 2027, "opens_on": "2026-12-01",
        "deadline_date": "2027-02-01", "report_due_on": "2028-01-15",
    });
    let planned = county.governor.post("/v1/rounds", round).await.expect(201);
    assert_eq!(planned.json()["state"], "planned");
    county.round = planned.id();
    let ready = county.ready().await;
    let submit = format!("/v1/needs/{}/submit", ready.id());
    let refused = county.bergen.transition(&submit, &ready.tag(), json!({})).await.expect(422);
    assert_eq!(refused.faults(), [("round_not_open".to_owned(), String::new())]);
    county.server.set_now("2026-11-30T23:00:00Z");
    county.bergen.transition(&submit, &ready.tag(), json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_returned_need_is_resubmitted_until_its_own_date_for_no_more_money() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Evalueringen mangler."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    assert_eq!(returned.json()["returned"]["reply_by"], "2027-02-15");
    let draft = county.bergen.get(&path).await.expect(200);
    assert_eq!(draft.json()["returned"]["reason"], "Evalueringen mangler.");
    let mut budget = county.document()["budget"].clone();
    budget[0]["amount_nok"] = json!(300_001);
    let more = json!({"amount_nok": 500_001, "budget": budget});
    let raised = county.bergen.patch(&path, &draft.tag(), more).await.expect(200);
    confirm_again(&county, &path).await;
    county.server.set_now("2027-02-15T22:59:59Z");
    let refused = county.bergen.transition(&format!("{path}/submit"), &raised.tag(), json!({})).await.expect(422);
    assert_eq!(refused.faults(), [("amount_above_before".to_owned(), "/amount_nok".to_owned())]);
    let as_before = json!({"amount_nok": 500_000, "budget": county.document()["budget"]});
    let lowered = county.bergen.patch(&path, &raised.tag(), as_before).await.expect(200);
    confirm_again(&county, &path).await;
    let again = county.bergen.transition(&format!("{path}/submit"), &lowered.tag(), json!({})).await.expect(200);
    assert_eq!((&again.json()["submitted_version"], &again.json()["returned"]), (&json!(2), &serde_json::Value::Null));
    assert_eq!(again.json()["reference"], submitted.json()["reference"]);
}

#[actix_web::test]
async fn a_returned_need_is_late_after_its_own_date() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2026-12-01", "reason": "Evalueringen mangler.", "may_ask_for_more": true});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    county.server.set_now("2026-12-01T23:00:00Z");
    let refused = county.bergen.transition(&format!("{path}/submit"), &returned.tag(), json!({})).await.expect(422);
    assert_eq!(refused.faults(), [("reply_by_passed".to_owned(), String::new())]);
}

async fn confirm_again(county: &County, path: &str) {
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    let pending = county.university.get(&partner).await.expect(200);
    assert_eq!(pending.json()["state"], "pending");
    county.university.transition(&format!("{partner}/confirm"), &pending.tag(), json!({})).await.expect(200);
}

#[actix_web::test]
async fn once_submitted_a_need_is_checked_without_its_deadline() {
    let county = County::new().await;
    let id = county.submitted().await.id();
    county.server.set_now("2027-03-01T12:00:00Z");
    let checked = county.governor.get(&format!("/v1/needs/{id}/check")).await.expect(200).json();
    assert_eq!((&checked["submittable"], &checked["findings"]), (&json!(true), &json!([])));
}
