//! Votes (F05): agreement first.

use serde_json::{Value, json};

use super::stage::{Stage, prioritise};

/// A vote on prioritising a need, among the five who take part: the chair, an owner, KS, the union, the association.
fn count(in_favour: u32, against: u32, abstained: u32) -> Value {
    json!({"outcome": "prioritised", "amount_nok": 100, "in_favour": in_favour, "against": against, "abstained": abstained})
}

fn by_vote() -> Value {
    let mut body = prioritise(1, 100);
    body["decided_by"] = json!("vote");
    body
}

#[actix_web::test]
async fn a_vote_counts_those_who_take_part_and_decides_what_it_was_on() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    assert_eq!(stage.step(&item, "decide", by_vote()).await.expect(409).code(), "vote_missing");
    let all_seven = stage.vote(&item, count(4, 2, 1)).await.expect(422);
    assert_eq!(all_seven.faults(), [("vote_sum_differs".to_owned(), String::new())]);
    assert_eq!(all_seven.json()["errors"][0]["params"], json!({"expected": 5, "found": 7}));
    let held = stage.vote(&item, count(3, 1, 1)).await.expect(200).json();
    assert_eq!(held["vote"]["carried"], true);
    assert_eq!(stage.step(&item, "decide", prioritise(1, 100)).await.expect(409).code(), "vote_was_held");
    let mut other = by_vote();
    other["amount_nok"] = json!(200);
    assert_eq!(stage.step(&item, "decide", other).await.expect(409).code(), "vote_on_other_proposal");
    let decided = stage.step(&item, "decide", by_vote()).await.expect(200).json();
    assert_eq!(decided["decided_by"], "vote");
}

#[actix_web::test]
async fn a_proposal_that_falls_is_not_decided() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    assert_eq!(stage.vote(&item, count(2, 3, 0)).await.expect(200).json()["vote"]["carried"], false);
    assert_eq!(stage.step(&item, "decide", by_vote()).await.expect(409).code(), "vote_not_carried");
    stage.vote(&item, count(3, 2, 0)).await.expect(200);
    stage.step(&item, "decide", by_vote()).await.expect(200);
}

#[actix_web::test]
async fn at_a_tie_the_chairs_vote_decides() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let tie = |chair: Option<&str>| {
        let mut body = count(2, 2, 1);
        body["chair"] = json!(chair);
        body
    };
    let silent = stage.vote(&item, tie(None)).await.expect(422);
    assert_eq!(silent.faults(), [("chair_vote_missing".to_owned(), "/chair".to_owned())]);
    assert_eq!(stage.vote(&item, tie(Some("against"))).await.expect(200).json()["vote"]["carried"], false);
    assert_eq!(stage.vote(&item, tie(Some("for"))).await.expect(200).json()["vote"]["carried"], true);
    stage.step(&item, "decide", by_vote()).await.expect(200);
}

#[actix_web::test]
async fn a_recused_chair_decides_no_tie() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    stage.rule(&item, "chair", "holder", true).await.expect(200);
    let mut body = count(2, 2, 0);
    body["chair"] = json!("for");
    let refused = stage.vote(&item, body).await.expect(422);
    assert_eq!(refused.faults(), [("chair_not_eligible".to_owned(), "/chair".to_owned())]);
    assert_eq!(stage.vote(&item, count(2, 2, 0)).await.expect(200).json()["vote"]["carried"], false);
}

#[actix_web::test]
async fn a_vote_that_counted_a_member_recused_since_is_held_again() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    stage.vote(&item, count(5, 0, 0)).await.expect(200);
    stage.rule(&item, "owner", "holder", true).await.expect(200);
    assert_eq!(stage.step(&item, "decide", by_vote()).await.expect(409).code(), "vote_outdated");
    stage.vote(&item, count(4, 0, 0)).await.expect(200);
    stage.step(&item, "decide", by_vote()).await.expect(200);
}

#[actix_web::test]
async fn a_vote_waits_for_rulings_and_a_quorum() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.taken_up(&meeting).await;
    assert_eq!(stage.vote(&item, count(7, 0, 0)).await.expect(409).code(), "conflicts_unruled");
    let nameless = json!({"in_favour": 7, "against": 0, "abstained": 0});
    let fault = stage.vote(&item, nameless).await.expect(422).faults();
    assert_eq!(fault, [("missing_member".to_owned(), "/outcome".to_owned())]);
}
