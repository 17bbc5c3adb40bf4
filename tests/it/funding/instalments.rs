//! The plan by which a grant is paid.

use serde_json::{Value, json};

use super::stage::Stage;

#[actix_web::test]
async fn a_plan_sums_exactly_to_every_recipient_line() {
    let (stage, grant) = Stage::notified(1_000).await;
    let mut short = stage.plan();
    short["instalments"][1]["amount_nok"] = json!(149);
    let refused = stage.put_plan(&grant, short).await.expect(422);
    assert_eq!(refused.faults(), [("instalments_do_not_sum".to_owned(), "/instalments".to_owned())]);
    let message = refused.json()["errors"][0]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("149") && message.contains("150"), "{message}");
    let put = stage.put_plan(&grant, stage.plan()).await.expect(200);
    let states: Vec<&str> = put.json()["instalments"].as_array().unwrap().iter().map(|_| "planned").collect();
    assert_eq!(states.len(), 2);
    let read = stage.governor.get(&format!("{grant}/instalments")).await.expect(200);
    assert_eq!((read.json(), read.tag()), (put.json(), put.tag()));
}

#[actix_web::test]
async fn a_recipient_sees_its_own_instalments_and_the_sender_all() {
    let (stage, grant) = Stage::notified(1_000).await;
    stage.put_plan(&grant, stage.plan()).await.expect(200);
    let count = async |actor: &crate::support::Actor| {
        let plan = actor.get(&format!("{grant}/instalments")).await.expect(200).json();
        let page = actor.get(&format!("{grant}/payments")).await.expect(200).json();
        let lengths = (plan["instalments"].as_array().unwrap().len(), page["items"].as_array().unwrap().len());
        assert_eq!(lengths.0, lengths.1);
        lengths.0
    };
    assert_eq!(
        (count(&stage.sender).await, count(&stage.university).await, count(&stage.directorate).await),
        (2, 1, 2)
    );
    assert_eq!(stage.stranger.get("/v1/payments").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn a_plan_of_a_grant_that_is_not_notified_is_seen_by_the_office_only() {
    let (stage, grant) = Stage::granted(1_000).await;
    let path = format!("/v1/grants/{}", grant.id());
    stage.put_plan(&path, stage.plan()).await.expect(200);
    let payment = Stage::path_of(&stage.payments(&path).await[0]);
    stage.sender.get(&payment).await.expect(404);
    stage.governor.get(&payment).await.expect(200);
}

#[actix_web::test]
async fn putting_the_same_plan_again_keeps_the_payments() {
    let (stage, grant) = Stage::notified(1_000).await;
    let ids = |answer: Value| -> Vec<String> {
        let instalments = answer["instalments"].as_array().unwrap().clone();
        instalments.iter().map(|payment| payment["id"].as_str().unwrap().to_owned()).collect()
    };
    let first = ids(stage.put_plan(&grant, stage.plan()).await.expect(200).json());
    assert_eq!(ids(stage.put_plan(&grant, stage.plan()).await.expect(200).json()), first);
    let mut other = stage.plan();
    other["instalments"][1]["due_on"] = json!("2027-01-10");
    let second = ids(stage.put_plan(&grant, other).await.expect(200).json());
    assert_eq!(first.iter().filter(|id| second.contains(id)).count(), 1);
    let states: Vec<String> =
        stage.payments(&grant).await.iter().map(|payment| payment["state"].as_str().unwrap().to_owned()).collect();
    assert_eq!((states.len(), states.iter().filter(|state| *state == "cancelled").count()), (3, 1));
}

#[actix_web::test]
async fn two_plans_on_one_version_do_not_overwrite_each_other() {
    let (stage, grant) = Stage::notified(1_000).await;
    let tag = stage.governor.get(&grant).await.expect(200).tag();
    stage.governor.put(&format!("{grant}/instalments"), &tag, stage.plan()).await.expect(200);
    let stale = stage.governor.put(&format!("{grant}/instalments"), &tag, stage.plan()).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
    stage.sender.put(&format!("{grant}/instalments"), "\"1\"", stage.plan()).await.expect(403);
    stage.stranger.put(&format!("{grant}/instalments"), "\"1\"", stage.plan()).await.expect(404);
}

#[actix_web::test]
async fn a_decline_has_no_instalments() {
    let (stage, need) = Stage::with_need(1_000).await;
    let mut body = stage.decision(&need, "declined", &[]);
    body["departure_reason"] = json!("Løyvinga er kutta");
    let declined = stage.governor.post("/v1/grants", body).await.expect(201);
    let answer = stage.put_plan(&declined.header("location"), json!({ "instalments": [] })).await.expect(409);
    assert_eq!(answer.json()["params"]["outcome"], "declined");
}
