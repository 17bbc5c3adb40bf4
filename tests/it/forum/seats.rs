//! A forum, its seats and its composition.

use serde_json::{Value, json};

use super::stage::Stage;

#[actix_web::test]
async fn a_forum_is_read_with_its_settings_and_its_seats() {
    let stage = Stage::new().await;
    let path = format!("/v1/forums/{}", stage.forum);
    let forum = stage.union.get(&path).await.expect(200).json();
    assert_eq!(forum["settings"], json!({"min_seats": 3, "min_groups": 2, "majority_base": "votes_cast"}));
    assert_eq!(forum["counties"], json!(["46"]));
    let list = stage.union.get("/v1/forums?county=46&include_total=true").await.expect(200).json();
    assert_eq!((&list["items"], &list["total"]), (&json!([forum]), &json!(1)));
    let seats = stage.union.get(&format!("{path}/seats?include_total=true")).await.expect(200).json();
    assert_eq!(seats["total"], 7);
    let unions = stage.union.get(&format!("{path}/seats?group=union&on=2027-03-10")).await.expect(200).json();
    assert_eq!(unions["items"][0]["orgnr"], json!(stage.union.orgnr));
    let before = stage.union.get(&format!("{path}/seats?on=2025-12-31")).await.expect(200).json();
    assert_eq!(before["items"], json!([]));
}

#[actix_web::test]
async fn a_composition_is_held_against_the_groups_of_the_ruleset() {
    let stage = Stage::new().await;
    let path = format!("/v1/forums/{}/composition", stage.forum);
    let now = stage.secretariat().get(&path).await.expect(200).json();
    assert_eq!((&now["complete"], &now["missing"]), (&json!(true), &json!([])));
    assert_eq!(now["rulesets"], json!(["kollektiv-2026"]));
    let earlier = stage.secretariat().get(&format!("{path}?on=2025-06-01&ruleset=kip-2021")).await.expect(200).json();
    assert_eq!(earlier["complete"], false);
    assert_eq!(earlier["missing"].as_array().map(Vec::len), Some(6));
    let unknown = stage.secretariat().get(&format!("{path}?ruleset=kip-1900")).await.expect(400);
    assert_eq!(unknown.code(), "invalid_query");
}

#[actix_web::test]
async fn a_member_sees_its_seat_among_what_it_is() {
    let stage = Stage::new().await;
    let me = stage.union.get("/v1/me").await.expect(200).json();
    assert_eq!(me["seats"], json!([{"seat_id": stage.seats["union"], "forum_id": stage.forum}]));
    let bergen: Value = stage.county.bergen.get("/v1/me").await.expect(200).json();
    assert_eq!(bergen["seats"].as_array().map(Vec::len), Some(1));
}
