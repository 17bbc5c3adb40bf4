//! What an item on a need ends in (F06).

use serde_json::{Value, json};

use super::stage::{Stage, criteria, prioritise};

fn fault(code: &str, pointer: &str) -> (String, String) {
    (code.to_owned(), pointer.to_owned())
}

#[actix_web::test]
async fn a_decision_has_outcome_rank_amount_reason_and_every_criterion() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let decide = async |body: Value| stage.step(&item, "decide", body).await.expect(422).faults();
    let nothing = decide(json!({})).await;
    assert_eq!(
        nothing,
        [
            fault("missing_member", "/decided_by"),
            fault("missing_member", "/outcome"),
            fault("missing_member", "/reason")
        ]
    );
    let mut bare = prioritise(1, 600_000);
    bare["rank"] = json!(null);
    bare["criteria"] = json!(criteria()[1..]);
    assert_eq!(
        decide(bare).await,
        [
            fault("amount_above_asked", "/amount_nok"),
            fault("criterion_missing", "/criteria"),
            fault("rank_missing", "/rank")
        ]
    );
    let mut postponed = prioritise(1, 1);
    postponed["outcome"] = json!("postponed");
    assert_eq!(decide(postponed).await, [fault("not_in_list", "/outcome")], "an operation of its own");
    let decided = stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(200).json();
    assert_eq!(
        (&decided["state"], &decided["rank"], &decided["amount_nok"]),
        (&json!("decided"), &json!(1), &json!(500_000))
    );
    let twice = stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(409);
    assert_eq!(twice.json()["params"]["state"], "decided");
}

#[actix_web::test]
async fn two_needs_do_not_share_a_rank_and_one_may_get_nothing() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    stage.prioritised(&meeting, 1, 500_000).await;
    let (item, _) = stage.ruled(&meeting).await;
    let taken = stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(422);
    assert_eq!(taken.faults(), [fault("rank_taken", "/rank")]);
    let nothing = json!({
        "outcome": "not_prioritised", "reason": "Rammen strekker ikke til.", "criteria": criteria(), "decided_by": "agreement"
    });
    let decided = stage.step(&item, "decide", nothing).await.expect(200).json();
    assert_eq!((&decided["rank"], &decided["amount_nok"]), (&json!(null), &json!(null)));
}

#[actix_web::test]
async fn of_two_decisions_at_once_one_takes_the_rank() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (first, _) = stage.ruled(&meeting).await;
    let (second, _) = stage.ruled(&meeting).await;
    let decide = async |item: &str| stage.step(item, "decide", prioritise(1, 500_000)).await.status;
    let (one, other) = tokio::join!(decide(&first), decide(&second));
    let mut answers = [one, other];
    answers.sort_unstable();
    assert_eq!(answers, [200, 422]);
}

#[actix_web::test]
async fn partly_prioritised_is_less_than_what_was_asked_for() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, need) = stage.ruled(&meeting).await;
    let mut body = prioritise(1, 500_000);
    body["outcome"] = json!("partly_prioritised");
    let all = stage.step(&item, "decide", body.clone()).await.expect(422);
    assert_eq!(all.faults(), [fault("amount_not_below_asked", "/amount_nok")]);
    body["amount_nok"] = json!(499_999);
    stage.step(&item, "decide", body).await.expect(200);
    stage.step(&meeting, "close", json!({})).await.expect(200);
    assert_eq!(stage.state_of(&need).await, "partly_prioritised");
}

#[actix_web::test]
async fn a_return_names_a_day_to_come() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let terms = |day: &str| json!({"reason": "Rett budsjettet.", "reply_by": day, "decided_by": "agreement"});
    let passed = stage.step(&item, "return", terms("2026-11-20")).await.expect(422);
    assert_eq!(passed.faults(), [fault("reply_by_in_the_past", "/reply_by")]);
    let returned = stage.step(&item, "return", terms("2026-11-21")).await.expect(200).json();
    assert_eq!((&returned["state"], &returned["reply_by"]), (&json!("returned"), &json!("2026-11-21")));
}

#[actix_web::test]
async fn actions_tell_what_stands_in_the_way_of_a_decision() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    let (item, _) = stage.taken_up(&meeting).await;
    let reason = async |name: &str| {
        let actions = stage.secretariat().get(&format!("{item}/actions")).await.expect(200).json();
        let action = actions.as_array().unwrap().iter().find(|action| action["action"] == name).unwrap().clone();
        action["reasons"][0]["code"].clone()
    };
    assert_eq!(reason("decide").await, "conflicts_unruled");
    assert_eq!(reason("start").await, "state_conflict");
    assert_eq!(reason("postpone").await, json!(null));
    let seat = stage.union.get(&format!("{item}/actions")).await.expect(200).json();
    let allowed: Vec<&Value> = seat.as_array().unwrap().iter().filter(|action| action["allowed"] == true).collect();
    assert_eq!(allowed.len(), 1, "{seat}");
    assert_eq!(allowed[0]["action"], "declare");
}
