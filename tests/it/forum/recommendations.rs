//! Recommendations (F08), and who has to be there to adopt one (F09).

use domain::forum::SeatGroup;
use serde_json::{Value, json};

use super::stage::{ALL, Stage, prioritise};

fn adopt(item: &str) -> Value {
    json!({"agenda_item_id": item, "decided_by": "agreement"})
}

#[actix_web::test]
async fn a_recommendation_is_drawn_from_the_items_and_follows_them_until_it_is_adopted() {
    let stage = Stage::new().await;
    stage.frame(5_300_000).await;
    let meeting = stage.assembled().await;
    let (_, second) = stage.prioritised(&meeting, 2, 250_000).await;
    let draft = stage.drawn().await;
    let lines =
        |json: &Value| json["lines"].as_array().unwrap().iter().map(|line| line["need_id"].clone()).collect::<Vec<_>>();
    let before = stage.secretariat().get(&draft).await.expect(200);
    assert_eq!(lines(&before.json()), [json!(second)]);
    let (_, first) = stage.prioritised(&meeting, 1, 500_000).await;
    let after = stage.secretariat().get(&draft).await.expect(200);
    assert_eq!(lines(&after.json()), [json!(first), json!(second)], "by rank");
    assert_eq!(after.json()["claimed_nok"], 450_000, "the first school year of each");
    assert_eq!(
        after.json()["lines"][1]["split"],
        json!([
            {"school_year": "2027-2028", "recipient": stage.county.university.orgnr, "amount_nok": 150_000},
            {"school_year": "2028-2029", "recipient": stage.county.bergen.orgnr, "amount_nok": 100_000},
        ])
    );
    let item = stage.recommendation_item(&meeting, &draft).await;
    let path = format!("{draft}/adopt");
    let stale = stage.secretariat().transition(&path, &before.tag(), adopt(&item)).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
    let adopted = stage.step(&draft, "adopt", adopt(&item)).await.expect(200).json();
    assert_eq!((&adopted["state"], &adopted["agenda_item_id"]), (&json!("adopted"), &json!(item)));
    let item = stage.secretariat().get(&format!("/v1/agenda-items/{item}")).await.expect(200).json();
    assert_eq!((&item["state"], &item["decided_by"]), (&json!("decided"), &json!("agreement")));
    assert_eq!(
        stage.step(&draft, "adopt", adopt(item["id"].as_str().unwrap())).await.expect(409).code(),
        "state_conflict"
    );
}

#[actix_web::test]
async fn the_sum_keeps_within_the_frame() {
    let stage = Stage::new().await;
    let meeting = stage.assembled().await;
    stage.prioritised(&meeting, 1, 500_000).await;
    stage.prioritised(&meeting, 2, 500_000).await;
    let draft = stage.drawn().await;
    let item = stage.recommendation_item(&meeting, &draft).await;
    let missing = stage.step(&draft, "adopt", adopt(&item)).await.expect(409);
    assert_eq!((missing.code().as_str(), &missing.json()["params"]["year"]), ("frame_missing", &json!(2027)));
    stage.frame(599_999).await;
    let above = stage.step(&draft, "adopt", adopt(&item)).await.expect(409);
    assert_eq!(above.code(), "frame_exceeded");
    assert_eq!(above.json()["params"], json!({"year": 2027, "amount_nok": 600_000, "left_nok": 599_999}));
    assert_eq!(stage.secretariat().get(&draft).await.expect(200).json()["state"], "draft");
}

#[actix_web::test]
async fn a_second_recommendation_holds_only_what_the_first_does_not() {
    let stage = Stage::new().await;
    stage.frame(500_000).await;
    let meeting = stage.assembled().await;
    stage.prioritised(&meeting, 1, 500_000).await;
    let first = stage.drawn().await;
    let body = json!({"forum_id": stage.forum, "scheme": "kollektiv", "year": 2027});
    let twice = stage.secretariat().post("/v1/recommendations", body).await.expect(409);
    assert_eq!(twice.json()["params"]["id"], json!(first.rsplit('/').next()));
    let item = stage.recommendation_item(&meeting, &first).await;
    stage.step(&first, "adopt", adopt(&item)).await.expect(200);
    let (_, need) = stage.prioritised(&meeting, 1, 500_000).await;
    let second = stage.drawn().await;
    let lines = stage.secretariat().get(&second).await.expect(200).json()["lines"].clone();
    assert_eq!((lines.as_array().map(Vec::len), &lines[0]["need_id"]), (Some(1), &json!(need)));
    let item = stage.recommendation_item(&meeting, &second).await;
    let left = stage.step(&second, "adopt", adopt(&item)).await.expect(409);
    assert_eq!(left.json()["params"]["left_nok"], 200_000, "the first one has its line");
}

#[actix_web::test]
async fn a_forum_that_lacks_a_required_group_on_the_day_adopts_nothing() {
    let stage = Stage::new().await;
    stage.frame(5_300_000).await;
    let meeting = stage.opened().await;
    for name in ALL.iter().filter(|name| **name != "association") {
        stage.arrives(&meeting, name).await;
    }
    stage.prioritised(&meeting, 1, 500_000).await;
    let draft = stage.drawn().await;
    let item = stage.recommendation_item(&meeting, &draft).await;
    let refused = stage.step(&draft, "adopt", adopt(&item)).await.expect(422);
    assert_eq!(refused.faults(), [("required_groups_missing".to_owned(), "/absences".to_owned())]);
    let group = SeatGroup::PrivateAssociation.as_str();
    assert_eq!(refused.json()["errors"][0]["params"]["groups"], json!([group]));
    let with = |absence: Value| {
        let mut body = adopt(&item);
        body["absences"] = json!([absence]);
        body
    };
    let vacancy =
        with(json!({"group": group, "kind": "vacancy", "reason": "Ingen valgt.", "invited_again_on": "2026-11-01"}));
    let filled = stage.step(&draft, "adopt", vacancy).await.expect(422);
    assert_eq!(filled.faults(), [("no_vacancy".to_owned(), "/absences/0/kind".to_owned())]);
    let refusal = with(json!({"group": group, "kind": "refusal", "reason": "PBL svarte 3. februar at de ikke møter."}));
    let adopted = stage.step(&draft, "adopt", refusal).await.expect(200).json();
    assert_eq!(adopted["absences"][0]["kind"], "refusal");
}

#[actix_web::test]
async fn a_recommendation_is_adopted_in_its_own_item_in_treatment() {
    let stage = Stage::new().await;
    stage.frame(5_300_000).await;
    let meeting = stage.assembled().await;
    let (other, _) = stage.prioritised(&meeting, 1, 500_000).await;
    let draft = stage.drawn().await;
    let other = other.rsplit('/').next().unwrap();
    let wrong = stage.step(&draft, "adopt", adopt(other)).await.expect(422);
    assert_eq!(wrong.faults(), [("unknown_reference".to_owned(), "/agenda_item_id".to_owned())]);
    let id = draft.rsplit('/').next().unwrap();
    let body = json!({"kind": "recommendation", "recommendation_id": id, "title": "Innstilling"});
    let items = format!("{meeting}/agenda-items");
    let listed = stage.secretariat().post(&items, body.clone()).await.expect(201);
    let early = stage.step(&draft, "adopt", adopt(&listed.id())).await.expect(409);
    assert_eq!(early.json()["params"]["state"], "listed");
    let twice = stage.secretariat().post(&items, body).await.expect(409);
    assert_eq!(twice.code(), "already_exists");
    let declare = format!("{}/recusals/{}/declare", listed.header("location"), stage.seats["bergen"]);
    let words = json!({"member": "holder", "reason": "Kommunen har en linje."});
    let nobody = stage.secretariat().transition(&declare, "*", words).await.expect(409);
    assert_eq!(nobody.code(), "item_of_other_kind", "nobody is recused for lines whose own item was ruled");
}

#[actix_web::test]
async fn a_recommendation_needs_a_round_and_something_to_recommend() {
    let stage = Stage::new().await;
    let body = |scheme: &str, year: i32| json!({"forum_id": stage.forum, "scheme": scheme, "year": year});
    let fault = stage.secretariat().post("/v1/recommendations", body("kollektiv", 2030)).await.expect(422);
    assert_eq!(fault.faults(), [("no_round_of_scheme".to_owned(), "/scheme".to_owned())]);
    let meeting = stage.assembled().await;
    let draft = stage.drawn().await;
    let item = stage.recommendation_item(&meeting, &draft).await;
    assert_eq!(stage.step(&draft, "adopt", adopt(&item)).await.expect(409).code(), "nothing_to_recommend");
}

#[actix_web::test]
async fn a_vote_may_decide_on_the_adoption() {
    let stage = Stage::new().await;
    stage.frame(5_300_000).await;
    let meeting = stage.assembled().await;
    let (need_item, _) = stage.ruled(&meeting).await;
    stage.step(&need_item, "decide", prioritise(1, 500_000)).await.expect(200);
    let draft = stage.drawn().await;
    let item = stage.recommendation_item(&meeting, &draft).await;
    let path = format!("/v1/agenda-items/{item}");
    let named =
        stage.vote(&path, json!({"outcome": "prioritised", "in_favour": 7, "against": 0, "abstained": 0})).await;
    assert_eq!(named.expect(422).faults(), [("member_of_other_kind".to_owned(), "/outcome".to_owned())]);
    stage.vote(&path, json!({"in_favour": 6, "against": 0, "abstained": 1})).await.expect(200);
    let body = json!({"agenda_item_id": item, "decided_by": "vote"});
    stage.step(&draft, "adopt", body).await.expect(200);
}
