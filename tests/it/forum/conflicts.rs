//! Conflicts of interest (F04) and quorum (F03).

use serde_json::json;

use super::stage::{Stage, prioritise};

#[actix_web::test]
async fn the_system_suggests_conflicts_and_an_unruled_one_blocks_the_decision() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.taken_up(&meeting).await;
    let bergen = stage.recusal(&item, "bergen").await;
    assert_eq!(
        (&bergen["holder"]["status"], &bergen["holder"]["grounds"]),
        (&json!("suggested"), &json!(["sender", "recipient"]))
    );
    let university = stage.recusal(&item, "university").await;
    assert_eq!(university["holder"]["grounds"], json!(["partner", "recipient"]));
    assert_eq!(university["deputy"]["status"], "not_assessed");
    let blocked = stage.step(&item, "decide", prioritise(1, 100)).await.expect(409);
    assert_eq!(blocked.code(), "conflicts_unruled");
    let mut seats = [json!(stage.seats["bergen"]), json!(stage.seats["university"])];
    seats.sort_by_key(ToString::to_string);
    assert_eq!(blocked.json()["params"]["seats"], json!(seats));
    stage.rule(&item, "bergen", "holder", true).await.expect(200);
    stage.rule(&item, "university", "holder", false).await.expect(200);
    assert_eq!(stage.recusal(&item, "university").await["holder"]["status"], "assessed_no_conflict");
    stage.step(&item, "decide", prioritise(1, 100)).await.expect(200);
}

#[actix_web::test]
async fn a_recused_member_counts_neither_to_the_base_nor_among_those_who_take_part() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let count = stage.union.get(&format!("{item}/quorum")).await.expect(200).json();
    let quorum = &count["quorum"];
    assert_eq!((&quorum["base"], &quorum["seats_needed"]), (&json!(6), &json!(4)), "the university has a deputy");
    assert_eq!(quorum["eligible"].as_array().map(Vec::len), Some(5), "who is not in the room");
    assert_eq!(quorum["recused"], json!([stage.seats["bergen"]]));
    assert_eq!(quorum["quorate"], true);
}

#[actix_web::test]
async fn a_deputy_in_the_room_takes_the_seat_of_a_recused_holder() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    for name in ["chair", "bergen", "owner", "ks"] {
        stage.arrives(&meeting, name).await;
    }
    stage.present(&meeting, "university", &["holder", "deputy"]).await;
    let (item, _) = stage.ruled(&meeting).await;
    let quorum = stage.secretariat().get(&format!("{item}/quorum")).await.expect(200).json()["quorum"].clone();
    let deputy = json!({"seat_id": stage.seats["university"], "group": "university", "by": "deputy"});
    assert!(quorum["eligible"].as_array().unwrap().contains(&deputy), "{quorum}");
    stage.step(&item, "decide", prioritise(1, 100)).await.expect(200);
}

#[actix_web::test]
async fn quorum_is_counted_at_the_instant_of_the_decision() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let before = json!({"member": "holder", "from": "2026-11-21T09:00:00Z", "to": "2026-11-21T10:00:00Z"});
    for name in ["union", "association"] {
        let path = format!("{meeting}/attendance/{}", stage.seats[name]);
        stage.secretariat().put(&path, "\"1\"", json!({"intervals": [before]})).await.expect(200);
    }
    let few = stage.step(&item, "decide", prioritise(1, 100)).await.expect(409);
    assert_eq!(few.code(), "not_quorate");
    assert_eq!(few.json()["params"], json!({"eligible": 3, "needed": 4, "groups": 3, "groups_needed": 2}));
    let back = json!({"member": "holder", "from": "2026-11-21T11:00:00Z"});
    let path = format!("{meeting}/attendance/{}", stage.seats["union"]);
    stage.secretariat().put(&path, "\"2\"", json!({"intervals": [before, back]})).await.expect(200);
    let decided = stage.step(&item, "decide", prioritise(1, 100)).await.expect(200).json();
    assert_eq!(decided["quorum"]["eligible"].as_array().map(Vec::len), Some(4));
}

#[actix_web::test]
async fn the_forum_rules_quorate_without_the_member_concerned() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    for name in ["chair", "owner", "ks", "bergen"] {
        stage.arrives(&meeting, name).await;
    }
    let (item, _) = stage.taken_up(&meeting).await;
    assert_eq!(stage.rule(&item, "bergen", "holder", false).await.expect(409).code(), "not_quorate");
    stage.arrives(&meeting, "union").await;
    stage.rule(&item, "bergen", "holder", false).await.expect(200);
}

#[actix_web::test]
async fn where_nearly_everybody_is_recused_the_item_can_only_be_postponed() {
    let stage = Stage::new().await;
    let meeting = stage.opened().await;
    for name in ["chair", "bergen", "owner", "ks", "union", "association"] {
        stage.arrives(&meeting, name).await;
    }
    stage.present(&meeting, "university", &["holder", "deputy"]).await;
    let (item, _) = stage.ruled(&meeting).await;
    for name in ["owner", "ks", "union"] {
        stage.rule(&item, name, "holder", true).await.expect(200);
    }
    let last = stage.rule(&item, "university", "deputy", true).await.expect(409);
    assert_eq!(last.code(), "quorum_unreachable");
    stage.step(&item, "postpone", json!({"reason": "Forumet kan ikke bli vedtaksført."})).await.expect(200);
}

#[actix_web::test]
async fn a_member_declares_its_own_conflict_and_the_forum_rules() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    let declare = format!("{item}/recusals/{}/declare", stage.seats["union"]);
    let body = json!({"member": "holder", "reason": "Jeg har ledet planleggingen."});
    let version = stage.recusal(&item, "union").await["version"].clone();
    let tag = format!("\"{version}\"");
    let foreign = stage.voss.transition(&declare, &tag, body.clone()).await.expect(403);
    assert_eq!(foreign.code(), "not_yours_to_do");
    let declared = stage.union.transition(&declare, &tag, body.clone()).await.expect(200).json();
    assert_eq!(
        (&declared["holder"]["status"], &declared["holder"]["grounds"]),
        (&json!("declared"), &json!(["declared"]))
    );
    assert_eq!(stage.union.transition(&declare, &tag, body).await.expect(412).code(), "version_mismatch");
    let blocked = stage.step(&item, "decide", prioritise(1, 100)).await.expect(409);
    assert_eq!(blocked.json()["params"]["seats"], json!([stage.seats["union"]]));
    stage.rule(&item, "union", "holder", true).await.expect(200);
    stage.step(&item, "decide", prioritise(1, 100)).await.expect(200);
}
