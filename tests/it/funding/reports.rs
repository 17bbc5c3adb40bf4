//! Reports: a part per recipient, submitted by the sender, approved by the office.

use serde_json::{Value, json};

use super::stage::Stage;
use crate::support::{Actor, Answer};

const INDICATORS: [&str; 5] =
    ["practice_changed", "competence_strengthened", "benefit_for_children", "inclusive_environment", "lasting_change"];

fn content(used: i64) -> Value {
    let indicators: Vec<Value> = INDICATORS.iter().map(|code| json!({ "code": code, "value": 4 })).collect();
    json!({
        "used_nok": used, "own_contribution_nok": 20, "indicators": indicators, "goals": "reached",
        "participants": [{ "target_group": "leaders", "count": 4 }, { "target_group": "assistants", "count": 31 }],
        "assessment": "Personalet brukar observasjon i det daglege.",
    })
}

async fn fill_in(report: &str, actor: &Actor, content: Value) -> Answer {
    let path = format!("{report}/parts/{}", actor.orgnr);
    let tag = actor.get(&path).await.expect(200).tag();
    actor.put(&path, &tag, content).await
}

/// A notified grant; its path and its report's.
async fn laid_out() -> (Stage, String, String) {
    let (stage, grant) = Stage::notified(1_000).await;
    let report = format!("{grant}/reports/2027-2028");
    (stage, grant, report)
}

/// The same with both parts filled in and submitted.
async fn submitted() -> (Stage, String, String) {
    let (stage, grant, report) = laid_out().await;
    fill_in(&report, &stage.sender, content(140)).await.expect(200);
    fill_in(&report, &stage.university, content(150)).await.expect(200);
    stage.step(&stage.sender, &report, "submit", json!({})).await.expect(200);
    (stage, grant, report)
}

#[actix_web::test]
async fn the_sender_submits_when_every_part_is_there() {
    let (stage, _, report) = laid_out().await;
    let part = fill_in(&report, &stage.sender, content(140)).await.expect(200).json();
    assert_eq!((&part["granted_nok"], &part["unused_nok"]), (&json!(150), &json!(10)));
    assert_eq!(stage.sender.get(&report).await.expect(200).json()["unused_nok"], Value::Null);
    let early = stage.step(&stage.sender, &report, "submit", json!({})).await.expect(422);
    assert_eq!(early.faults(), [("report_part_missing".to_owned(), String::new())]);
    assert_eq!(early.json()["errors"][0]["params"]["orgnr"], json!(stage.university.orgnr));
    fill_in(&report, &stage.university, content(150)).await.expect(200);
    let not_the_sender = stage.step(&stage.university, &report, "submit", json!({})).await.expect(403);
    assert_eq!(not_the_sender.code(), "not_yours_to_do");
    let done = stage.step(&stage.sender, &report, "submit", json!({})).await.expect(200).json();
    assert_eq!(
        (&done["state"], &done["used_nok"], &done["unused_nok"]),
        (&json!("submitted"), &json!(290), &json!(10))
    );
}

#[actix_web::test]
async fn a_part_is_its_recipients_own() {
    let (stage, _, report) = laid_out().await;
    let part = format!("{report}/parts/{}", stage.university.orgnr);
    let tag = stage.sender.get(&part).await.expect(200).tag();
    assert_eq!(stage.sender.put(&part, &tag, content(1)).await.expect(403).code(), "not_yours_to_do");
    assert_eq!(stage.governor.put(&part, &tag, content(1)).await.expect(403).code(), "not_yours_to_do");
    stage.stranger.put(&part, &tag, content(1)).await.expect(404);
    stage.stranger.get(&report).await.expect(404);
    stage.university.put(&format!("{report}/parts/{}", stage.stranger.orgnr), &tag, content(1)).await.expect(404);
    let untagged = stage.university.request(reqwest::Method::PUT, &part).json(&content(1));
    stage.university.send(untagged).await.expect(428);
}

#[actix_web::test]
async fn recipients_do_not_collide_with_the_sender() {
    let (stage, _, report) = laid_out().await;
    let tag = stage.sender.get(&report).await.expect(200).tag();
    fill_in(&report, &stage.university, content(150)).await.expect(200);
    fill_in(&report, &stage.sender, content(150)).await.expect(200);
    let version = |tag: &str| tag.split('.').next().unwrap().to_owned();
    assert_eq!(version(&stage.sender.get(&report).await.expect(200).tag()), version(&tag));
    stage.sender.transition(&format!("{report}/submit"), &tag, json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_part_keeps_within_what_was_granted_and_answers_every_indicator() {
    let (stage, _, report) = laid_out().await;
    let mut wrong = content(151);
    wrong["indicators"][0]["code"] = json!("shoe_size");
    let refused = fill_in(&report, &stage.sender, wrong).await.expect(422);
    let codes: Vec<String> = refused.faults().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["indicator_missing", "unknown_indicator", "used_more_than_granted"]);
    let mut named = content(100);
    named["assessment"] = json!("Ola, 15921210083, har lært mykje.");
    let refused = fill_in(&report, &stage.sender, named).await.expect(422);
    assert_eq!(refused.faults(), [("national_id".to_owned(), "/assessment".to_owned())]);
}

#[actix_web::test]
async fn what_is_submitted_stands_until_it_is_returned() {
    let (stage, _, report) = submitted().await;
    fill_in(&report, &stage.sender, content(100)).await.expect(409);
    let reason = json!({ "reason": "Tal på deltakarar manglar for PPT." });
    stage.step(&stage.sender, &report, "return", reason.clone()).await.expect(403);
    let returned = stage.step(&stage.governor, &report, "return", reason).await.expect(200).json();
    assert_eq!(returned["state"], "returned");
    fill_in(&report, &stage.sender, content(100)).await.expect(200);
    stage.step(&stage.sender, &report, "submit", json!({})).await.expect(200);
    let approved = stage.step(&stage.governor, &report, "approve", json!({})).await.expect(200).json();
    assert_eq!((&approved["state"], &approved["unused_nok"]), (&json!("approved"), &json!(50)));
    stage.step(&stage.governor, &report, "approve", json!({})).await.expect(409);
}

#[actix_web::test]
async fn an_instalment_waits_for_its_report() {
    let (stage, grant, report) = submitted().await;
    let mut waiting = Stage::instalment(&stage.sender, 50, "2028-02-01");
    waiting["awaits_report"] = json!("2027-2028");
    let plan = json!({ "instalments": [
        Stage::instalment(&stage.sender, 100, "2027-09-01"), waiting,
        Stage::instalment(&stage.university, 150, "2027-09-01"),
    ] });
    stage.put_plan(&grant, plan).await.expect(200);
    let payments = stage.payments(&grant).await;
    let payment = payments.iter().find(|payment| payment["awaits_report"].is_string()).unwrap();
    let path = Stage::path_of(payment);
    let refused = stage.step(&stage.approver, &path, "approve", json!({})).await.expect(409);
    assert_eq!(
        (refused.code(), refused.json()["params"]["school_year"].clone()),
        ("report_not_approved".to_owned(), json!("2027-2028"))
    );
    stage.step(&stage.governor, &report, "approve", json!({})).await.expect(200);
    stage.step(&stage.approver, &path, "approve", json!({})).await.expect(200);
}

#[actix_web::test]
async fn overdue_reports_are_found() {
    let (stage, _, report) = laid_out().await;
    let count = async |query: &str| {
        let page = stage.governor.get(&format!("/v1/reports?include_total=true&{query}")).await.expect(200).json();
        page["total"].as_i64().unwrap()
    };
    assert_eq!((count("overdue=true").await, count("overdue=false").await, count("state=draft").await), (0, 1, 1));
    stage.server.set_now("2028-01-16T11:00:00Z");
    assert_eq!((count("overdue=true").await, count("overdue=false").await), (1, 0));
    assert_eq!(stage.sender.get(&report).await.expect(200).json()["overdue"], true);
    assert_eq!(stage.stranger.get("/v1/reports").await.expect(200).json()["items"], json!([]));
    assert_eq!(stage.university.get("/v1/reports").await.expect(200).json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn actions_name_the_missing_part() {
    let (stage, _, report) = laid_out().await;
    let actions = stage.sender.get(&format!("{report}/actions")).await.expect(200).json();
    let (fill_in, submit) = (&actions[0], &actions[1]);
    assert_eq!((&fill_in["action"], &fill_in["allowed"]), (&json!("fill-in"), &json!(true)));
    let codes: Vec<&Value> = submit["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert_eq!(codes, [&json!("report_part_missing"), &json!("report_part_missing")]);
}
