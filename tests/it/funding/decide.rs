//! Deciding: within the frame, on an adopted recommendation, split to the krone.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::{Asked, Stage};

#[actix_web::test]
async fn a_decision_takes_the_place_of_its_line_in_the_ledger() {
    let (stage, need) = Stage::with_need(1_000).await;
    assert_eq!(stage.ledger().await["reserved_nok"], 300);
    let grant = stage.governor.post("/v1/grants", stage.decision(&need, "granted", &[300])).await.expect(201);
    let body = grant.json();
    assert_eq!(body["reference"], "T-2026-VL-0001");
    assert_eq!(
        (&body["state"], &body["outcome"], &body["amount_nok"]),
        (&json!("decided"), &json!("granted"), &json!(300))
    );
    let recipients = &body["years"][0]["recipients"];
    let expected = json!([
        { "orgnr": stage.sender.orgnr, "amount_nok": 150 }, { "orgnr": stage.university.orgnr, "amount_nok": 150 }
    ]);
    assert_eq!(recipients, &expected);
    let ledger = stage.ledger().await;
    assert_eq!(
        [&ledger["reserved_nok"], &ledger["used_nok"], &ledger["left_nok"]],
        [&json!(0), &json!(300), &json!(700)]
    );
    let read = stage.governor.get(&grant.header("location")).await.expect(200);
    assert_eq!(read.json(), body);
    let decisions = stage.governor.get(&format!("{}/decisions", grant.header("location"))).await.expect(200).json();
    let first = &decisions["items"][0];
    assert_eq!(
        (&first["kind"], &first["state"], &first["departs"]),
        (&json!("original"), &json!("live"), &json!(false))
    );
}

#[actix_web::test]
async fn later_years_are_conditional_and_charge_nothing() {
    let stage = Stage::set().await;
    stage.frame(1_000).await.expect(201);
    let need = stage.need(Asked { asked: &[300, 200], recommended: &[300, 200] }).await;
    let grant = stage.governor.post("/v1/grants", stage.decision(&need, "granted", &[300, 200])).await.expect(201);
    let conditional: Vec<Value> =
        grant.json()["years"].as_array().unwrap().iter().map(|year| year["conditional"].clone()).collect();
    assert_eq!(conditional, [json!(false), json!(true)]);
    let ledger = stage.ledger().await;
    assert_eq!((&ledger["used_nok"], &ledger["left_nok"]), (&json!(300), &json!(700)));
}

#[actix_web::test]
async fn need_and_grant_are_told_in_the_feed() {
    let (stage, grant) = Stage::granted(1_000).await;
    let feed = stage.governor.get("/v1/events?limit=1000").await.expect(200).json();
    let types: Vec<&str> = feed["items"].as_array().unwrap().iter().filter_map(|e| e["type"].as_str()).collect();
    assert!(types.contains(&"no.kompetanseloft.frame.created.v1"), "{types:?}");
    assert!(types.contains(&"no.kompetanseloft.grant.decided.v1"), "{types:?}");
    let hidden = stage.sender.get(&format!("/v1/events?subject={}", grant.id())).await.expect(200).json();
    assert_eq!(hidden["items"], json!([]));
}

#[actix_web::test]
async fn a_retry_decides_once() {
    let (stage, need) = Stage::with_need(1_000).await;
    let body = stage.decision(&need, "granted", &[300]);
    let request = || stage.governor.request(Method::POST, "/v1/grants").header("Idempotency-Key", "one").json(&body);
    let first = stage.governor.send(request()).await.expect(201);
    let second = stage.governor.send(request()).await.expect(201);
    assert_eq!(first.text, second.text);
    assert_eq!(second.header("idempotency-replayed"), "true");
    let again = stage.governor.post("/v1/grants", body).await.expect(409);
    assert_eq!(
        (again.code(), again.json()["params"]["state"].clone()),
        ("state_conflict".to_owned(), json!("decided"))
    );
}

#[actix_web::test]
async fn a_decision_above_the_frame_is_told_what_is_left() {
    let stage = Stage::set().await;
    stage.frame(500).await.expect(201);
    stage.need(Asked { asked: &[300], recommended: &[300] }).await;
    let need = stage.need(Asked { asked: &[400], recommended: &[0] }).await;
    let mut body = stage.decision(&need, "partly_granted", &[201]);
    body["departure_reason"] = json!("Stort behov");
    let refused = stage.governor.post("/v1/grants", body.clone()).await.expect(409);
    assert_eq!(refused.code(), "frame_exceeded");
    assert_eq!(refused.json()["params"], json!({ "amount_nok": 201, "left_nok": 200 }));
    assert_eq!(stage.ledger().await["used_nok"], 0);
    body["years"][0]["amount_nok"] = json!(200);
    stage.governor.post("/v1/grants", body).await.expect(201);
    assert_eq!(stage.ledger().await["left_nok"], 0);
}

#[actix_web::test]
async fn without_a_frame_nothing_is_granted_but_anything_is_declined() {
    let stage = Stage::set().await;
    let need = stage.need(Asked { asked: &[300], recommended: &[0] }).await;
    let mut body = stage.decision(&need, "granted", &[300]);
    body["departure_reason"] = json!("Stort behov");
    assert_eq!(stage.governor.post("/v1/grants", body).await.expect(409).code(), "frame_missing");
    let declined = stage.governor.post("/v1/grants", stage.decision(&need, "declined", &[])).await.expect(201);
    assert_eq!((&declined.json()["amount_nok"], &declined.json()["years"]), (&json!(0), &json!([])));
}

#[actix_web::test]
async fn a_decline_releases_its_line_and_says_why_it_departs() {
    let (stage, need) = Stage::with_need(1_000).await;
    let mut body = stage.decision(&need, "declined", &[]);
    let refused = stage.governor.post("/v1/grants", body.clone()).await.expect(422);
    assert_eq!(refused.faults(), [("departure_needs_reason".to_owned(), "/departure_reason".to_owned())]);
    body["departure_reason"] = json!("Løyvinga er kutta");
    stage.governor.post("/v1/grants", body).await.expect(201);
    assert_eq!(stage.ledger().await["left_nok"], 1_000);
    let departing = stage.governor.get("/v1/grants?departs=true&include_total=true").await.expect(200).json();
    assert_eq!(departing["total"], 1);
    assert_eq!(stage.governor.get("/v1/grants?departs=false").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn every_decision_names_a_line_that_is_in_force() {
    let (stage, need) = Stage::with_need(1_000).await;
    let missing = [("need_not_in_recommendation".to_owned(), "/recommendation_id".to_owned())];
    let mut body = stage.decision(&need, "granted", &[300]);
    body["recommendation_id"] = json!(uuid::Uuid::now_v7());
    assert_eq!(stage.governor.post("/v1/grants", body).await.expect(422).faults(), missing);
    stage.server.execute(vec![format!("UPDATE recommendation_lines SET void = true WHERE need_id = '{need}'")]).await;
    let void = stage.governor.post("/v1/grants", stage.decision(&need, "granted", &[300])).await.expect(422);
    assert_eq!(void.faults(), missing);
}

#[actix_web::test]
async fn every_fault_of_a_split_comes_at_once() {
    let (stage, need) = Stage::with_need(1_000).await;
    let mut body = stage.decision(&need, "granted", &[300]);
    body["years"][0]["recipients"] = json!([
        { "orgnr": stage.sender.orgnr, "amount_nok": 100 },
        { "orgnr": stage.stranger.orgnr, "amount_nok": 100 },
    ]);
    let answer = stage.governor.post("/v1/grants", body.clone()).await.expect(422);
    let expected =
        [("lines_do_not_sum", "/years/0/amount_nok"), ("recipient_not_in_measure", "/years/0/recipients/1/orgnr")];
    assert_eq!(answer.faults(), expected.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
    body["years"][0]["recipients"][1] = json!({ "orgnr": "123456789", "share": 1 });
    let answer = stage.governor.post("/v1/grants", body).await.expect(422);
    assert_eq!(answer.faults(), [("orgnr_wrong_check_digit".to_owned(), "/years/0/recipients/1/orgnr".to_owned())]);
}

#[actix_web::test]
async fn another_offices_need_is_answered_like_none() {
    let (stage, need) = Stage::with_need(1_000).await;
    let body = stage.decision(&need, "granted", &[300]);
    let hidden = stage.other_governor.post("/v1/grants", body.clone()).await.expect(422);
    let absent =
        stage.other_governor.post("/v1/grants", stage.decision(&uuid::Uuid::now_v7().to_string(), "granted", &[300]));
    assert_eq!(hidden.faults(), absent.await.expect(422).faults());
    assert_eq!(hidden.faults(), [("unknown_need".to_owned(), "/need_id".to_owned())]);
    assert_eq!(stage.sender.post("/v1/grants", body).await.expect(403).code(), "kind_not_allowed");
}

#[actix_web::test]
async fn a_grant_is_found_by_the_key_of_the_offices_own_system() {
    let stage = Stage::set().await;
    stage.frame(1_000).await.expect(201);
    let keyed = |need: &str| {
        let mut body = stage.decision(need, "granted", &[300]);
        body["external_refs"] = json!([{ "system": "public360", "key": "2027/17" }]);
        body
    };
    let need = stage.need(Asked { asked: &[300], recommended: &[300] }).await;
    let grant = stage.governor.post("/v1/grants", keyed(&need)).await.expect(201);
    let found = stage.governor.get("/v1/grants?external_system=public360&external_key=2027/17").await.expect(200);
    assert_eq!(found.json()["items"], json!([grant.json()]));
    let second = stage.need(Asked { asked: &[300], recommended: &[300] }).await;
    assert_eq!(stage.governor.post("/v1/grants", keyed(&second)).await.expect(409).code(), "already_exists");
}
