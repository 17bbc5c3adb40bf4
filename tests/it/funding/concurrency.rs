//! One frame, many at once: what is left never falls below zero (G01).

use serde_json::json;

use super::stage::{Asked, Stage};

#[actix_web::test]
async fn twenty_decisions_at_once_never_exceed_the_frame() {
    let stage = Stage::set().await;
    stage.frame(1_000).await.expect(201);
    let mut waiting = Vec::new();
    for _ in 0..20 {
        let need = stage.need(Asked { asked: &[100], recommended: &[0] }).await;
        let mut body = stage.decision(&need, "granted", &[100]);
        body["departure_reason"] = json!("Stort behov");
        waiting.push((stage.governor.clone(), body));
    }
    let running: Vec<_> = waiting
        .into_iter()
        .map(|(governor, body)| actix_web::rt::spawn(async move { governor.post("/v1/grants", body).await }))
        .collect();
    let (mut granted, mut refused) = (0, 0);
    for decision in running {
        let answer = decision.await.unwrap();
        if answer.status == 201 {
            granted += 1;
        } else {
            assert_eq!(answer.expect(409).code(), "frame_exceeded");
            refused += 1;
        }
    }
    assert_eq!((granted, refused), (10, 10));
    let ledger = stage.ledger().await;
    assert_eq!((&ledger["used_nok"], &ledger["left_nok"]), (&json!(1_000), &json!(0)));
    let references = stage.governor.get("/v1/grants?limit=200").await.expect(200).json();
    let mut references: Vec<String> =
        references["items"].as_array().unwrap().iter().map(|g| g["reference"].as_str().unwrap().to_owned()).collect();
    references.sort();
    let expected: Vec<String> = (1..=10).map(|n| format!("T-2026-VL-{n:04}")).collect();
    assert_eq!(references, expected);
}

#[actix_web::test]
async fn a_payment_is_taken_up_by_one_of_two_runs_at_once() {
    let (stage, grant) = Stage::notified(1_000).await;
    stage.put_plan(&grant, stage.plan()).await.expect(200);
    let payment = stage.payments(&grant).await[0].clone();
    stage.step(&stage.approver, &Stage::path_of(&payment), "approve", json!({})).await.expect(200);
    let body = json!({ "payment_ids": [payment["id"]] });
    let runs: Vec<_> = (0..4)
        .map(|_| (stage.governor.clone(), body.clone()))
        .map(|(governor, body)| actix_web::rt::spawn(async move { governor.post("/v1/payment-runs", body).await }))
        .collect();
    let mut statuses = Vec::new();
    for run in runs {
        statuses.push(run.await.unwrap().status);
    }
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
}
