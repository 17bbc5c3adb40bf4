//! Payments: four eyes, one run, sent once.

use reqwest::Method;
use serde_json::{Value, json};

use super::stage::Stage;

/// A notified grant with its plan; the path of the grant and of the sender's payment.
async fn planned() -> (Stage, String, String) {
    let (stage, grant) = Stage::notified(1_000).await;
    stage.put_plan(&grant, stage.plan()).await.expect(200);
    let payment = Stage::path_of(&stage.payments(&grant).await[0]);
    (stage, grant, payment)
}

/// The same with everything approved and a run put together; the path of the run.
async fn in_run() -> (Stage, String, String) {
    let (stage, grant, _) = planned().await;
    for payment in stage.payments(&grant).await {
        stage.step(&stage.approver, &Stage::path_of(&payment), "approve", json!({})).await.expect(200);
    }
    let run = stage.governor.post("/v1/payment-runs", json!({ "due_until": "2026-11-21" })).await.expect(201);
    assert_eq!(run.json()["amount_nok"], 300);
    (stage, grant, run.header("location"))
}

#[actix_web::test]
async fn nothing_is_approved_before_notification() {
    let (stage, grant) = Stage::granted(1_000).await;
    let path = format!("/v1/grants/{}", grant.id());
    stage.put_plan(&path, stage.plan()).await.expect(200);
    let payment = Stage::path_of(&stage.payments(&path).await[0]);
    let refused = stage.step(&stage.approver, &payment, "approve", json!({})).await.expect(409);
    assert_eq!(
        (refused.code(), refused.json()["params"]["state"].clone()),
        ("grant_not_payable".to_owned(), json!("decided"))
    );
}

#[actix_web::test]
async fn whoever_prepared_a_payment_does_not_approve_it() {
    let (stage, grant) = Stage::notified(1_000).await;
    let tag = stage.governor.get(&grant).await.expect(200).tag();
    let plan = stage.governor.request(Method::PUT, &format!("{grant}/instalments"));
    let by_kari = |request: reqwest::RequestBuilder| request.header("Acting-Person", "kari");
    stage.governor.send(by_kari(plan.header("If-Match", tag).json(&stage.plan()))).await.expect(200);
    let payment = Stage::path_of(&stage.payments(&grant).await[0]);
    let tag = stage.governor.get(&payment).await.expect(200).tag();
    let approve =
        || stage.approver.request(Method::POST, &format!("{payment}/approve")).header("If-Match", tag.clone());
    let refused = stage.approver.send(by_kari(approve())).await.expect(403);
    assert_eq!(refused.code(), "payment_prepared_by_you");
    let no_scope = stage.governor.transition(&format!("{payment}/approve"), &tag, json!({})).await.expect(403);
    assert_eq!(no_scope.code(), "scope_missing");
    let approved = stage.approver.send(approve().header("Acting-Person", "ola")).await.expect(200);
    assert_eq!(approved.json()["state"], "approved");
}

#[actix_web::test]
async fn only_the_office_that_pays_acts_on_a_payment() {
    let (stage, _, payment) = planned().await;
    for step in ["cancel", "mark-paid"] {
        stage.step(&stage.sender, &payment, step, json!({})).await.expect(403);
        stage.step(&stage.other_governor, &payment, step, json!({})).await.expect(404);
    }
}

#[actix_web::test]
async fn a_released_run_sends_its_payments_once_and_its_file_never_changes() {
    let (stage, grant, run) = in_run().await;
    stage.governor.get(&format!("{run}/file")).await.expect(404);
    let tag = stage.governor.get(&run).await.expect(200).tag();
    let released = stage.governor.transition(&format!("{run}/release"), &tag, json!({})).await.expect(200);
    assert_eq!(released.json()["state"], "released");
    let states: Vec<Value> = stage.payments(&grant).await.iter().map(|payment| payment["state"].clone()).collect();
    assert_eq!(states, [json!("sent"), json!("sent")]);
    assert_eq!(stage.governor.get(&grant).await.expect(200).json()["state"], "running");
    let file = stage.governor.get(&format!("{run}/file")).await.expect(200);
    assert_eq!(file.text.lines().count(), 3, "{}", file.text);
    assert!(file.text.contains("T-2026-VL-0001") && file.text.contains("Bergen kommune"), "{}", file.text);
    assert_eq!(stage.governor.get(&format!("{run}/file")).await.expect(200).text, file.text);
    let again = stage.step(&stage.governor, &run, "release", json!({})).await.expect(409);
    assert_eq!(again.json()["params"]["state"], "released");
    assert_eq!(stage.ledger().await["sent_nok"], 300);
    for hidden in [&stage.sender, &stage.other_governor] {
        hidden.get(&run).await.expect(404);
        hidden.get(&format!("{run}/file")).await.expect(404);
    }
}

#[actix_web::test]
async fn a_payment_in_a_live_run_is_taken_up_by_no_other() {
    let (stage, grant, run) = in_run().await;
    let payment = stage.payments(&grant).await[0].clone();
    let second = stage.governor.post("/v1/payment-runs", json!({ "payment_ids": [payment["id"]] })).await.expect(409);
    assert_eq!(second.code(), "payment_in_live_run");
    assert!(run.ends_with(second.json()["params"]["payment_run_id"].as_str().unwrap()));
    let empty = stage.governor.post("/v1/payment-runs", json!({ "due_until": "2026-11-21" })).await.expect(409);
    assert_eq!(empty.code(), "payment_run_empty");
    let stranger = stage.other_governor.post("/v1/payment-runs", json!({ "payment_ids": [payment["id"]] })).await;
    assert_eq!(stranger.expect(422).faults(), [("unknown_reference".to_owned(), "/payment_ids/0".to_owned())]);
}

#[actix_web::test]
async fn a_run_takes_up_what_is_named_or_what_is_due_not_both() {
    let (stage, _, _) = planned().await;
    for body in [json!({}), json!({ "due_until": "2026-11-21", "payment_ids": [uuid::Uuid::now_v7()] })] {
        let answer = stage.governor.post("/v1/payment-runs", body).await.expect(422);
        assert_eq!(answer.faults(), [("payments_or_due_until".to_owned(), String::new())]);
    }
}

#[actix_web::test]
async fn a_cancelled_payment_leaves_its_draft_run() {
    let (stage, grant, run) = in_run().await;
    let payment = Stage::path_of(&stage.payments(&grant).await[0]);
    stage.step(&stage.governor, &payment, "cancel", json!({})).await.expect(200);
    let left = stage.governor.get(&run).await.expect(200).json();
    assert_eq!((left["payment_ids"].as_array().unwrap().len(), &left["amount_nok"]), (1, &json!(150)));
    let put = stage.put_plan(&grant, stage.plan()).await.expect(200).json();
    assert_eq!(put["instalments"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn the_bank_pays_or_refuses_and_what_it_refused_is_approved_anew() {
    let (stage, grant, run) = in_run().await;
    stage.step(&stage.governor, &run, "release", json!({})).await.expect(200);
    let payments = stage.payments(&grant).await;
    let (first, second) = (Stage::path_of(&payments[0]), Stage::path_of(&payments[1]));
    let early = stage.step(&stage.governor, &first, "mark-paid", json!({ "paid_on": "2026-11-22" })).await.expect(422);
    assert_eq!(early.faults(), [("paid_on_in_the_future".to_owned(), "/paid_on".to_owned())]);
    let paid = stage.step(&stage.governor, &first, "mark-paid", json!({})).await.expect(200);
    assert_eq!((&paid.json()["state"], &paid.json()["paid_on"]), (&json!("paid"), &json!("2026-11-21")));
    stage.step(&stage.governor, &first, "mark-paid", json!({})).await.expect(409);
    let failed = stage.step(&stage.governor, &second, "mark-failed", json!({ "reason": "Kontoen er avslutta" })).await;
    assert_eq!(failed.expect(200).json()["payment_run_id"], Value::Null);
    let locked = stage.put_plan(&grant, json!({ "instalments": [] })).await.expect(422);
    assert!(locked.faults().iter().any(|(code, _)| code == "instalment_already_acted_on"));
    let again = json!({ "payment_ids": [payments[1]["id"]] });
    assert_eq!(stage.governor.post("/v1/payment-runs", again.clone()).await.expect(409).code(), "state_conflict");
    stage.step(&stage.approver, &second, "approve", json!({})).await.expect(200);
    let run = stage.governor.post("/v1/payment-runs", again).await.expect(201).header("location");
    stage.step(&stage.governor, &run, "release", json!({})).await.expect(200);
    assert_eq!(stage.governor.get(&second).await.expect(200).json()["state"], "sent");
}

#[actix_web::test]
async fn actions_tell_the_approver_why_not() {
    let (stage, _, payment) = planned().await;
    let actions = stage.approver.get(&format!("{payment}/actions")).await.expect(200).json();
    let approve = &actions[0];
    assert_eq!((&approve["action"], &approve["allowed"]), (&json!("approve"), &json!(true)));
    let actions = stage.governor.get(&format!("{payment}/actions")).await.expect(200).json();
    let codes: Vec<&Value> = actions[0]["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert_eq!(codes, [&json!("scope_missing"), &json!("payment_prepared_by_you")]);
}

#[actix_web::test]
async fn payments_stream_as_csv() {
    let (stage, _, _) = planned().await;
    let request = stage.governor.request(Method::GET, "/v1/payments?state=planned").header("Accept", "text/csv");
    let csv = stage.governor.send(request).await.expect(200);
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(csv.text.lines().count(), 3, "{}", csv.text);
}
