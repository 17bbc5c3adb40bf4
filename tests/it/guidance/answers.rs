//! Questions with answers: kept by those who guide, read by everybody once they are published.

use domain::organisations::OrganisationKind;
use serde_json::{Value, json};

use crate::support::County;
use crate::support::builders::guidance;

fn ids(page: &Value) -> Vec<&str> {
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn a_question_is_its_keepers_until_it_is_published_and_everybodys_then() {
    let county = County::new().await;
    let statped = county.organisation(20, OrganisationKind::Statped, "Statped").await;
    let draft = county.governor.post("/v1/guidance", guidance("vision", "draft")).await.expect(201);
    assert_eq!((&draft.json()["county_governor"], &draft.json()["position"]), (&json!("vestland"), &json!(100)));
    let path = draft.header("location");
    for other in [&county.bergen, &statped] {
        other.get(&path).await.expect(404);
        other.patch(&path, &draft.tag(), json!({"state": "published"})).await.expect(404);
        assert_eq!(other.get("/v1/guidance?include_total=true").await.expect(200).json()["total"], 0);
    }
    let events =
        |page: Value| page["items"].as_array().unwrap().iter().filter(|e| e["data"]["id"] == json!(draft.id())).count();
    assert_eq!(events(county.bergen.get("/v1/events?limit=1000").await.expect(200).json()), 0);
    county.governor.patch(&path, "\"9\"", json!({"state": "published"})).await.expect(412);
    let published = county.governor.patch(&path, &draft.tag(), json!({"state": "published"})).await.expect(200);
    assert_eq!(published.json()["answer"], draft.json()["answer"]);
    assert_eq!(county.bergen.get(&path).await.expect(200).json(), published.json());
    assert_eq!(events(county.bergen.get("/v1/events?limit=1000").await.expect(200).json()), 2);
    let refused = statped.patch(&path, &published.tag(), json!({"position": 1})).await.expect(403);
    assert_eq!(refused.code(), "not_yours_to_do");
    let refused = county.bergen.post("/v1/guidance", guidance("vision", "draft")).await.expect(403);
    assert_eq!(refused.code(), "kind_not_allowed");
}

#[actix_web::test]
async fn questions_stand_in_their_order_and_are_found_by_what_they_are_for() {
    let county = County::new().await;
    let directorate = county.organisation(20, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let with = |member: &str, value: Value, position: i64| {
        let mut body = guidance("vision", "published");
        body[member] = value;
        body["position"] = json!(position);
        body
    };
    let last = county.governor.post("/v1/guidance", with("round_id", json!(county.round), 30)).await.expect(201).id();
    let first = directorate.post("/v1/guidance", with("scheme", json!("kollektiv"), 10)).await.expect(201).id();
    let middle =
        directorate.post("/v1/guidance", with("about", json!(["kartlegging_missing"]), 20)).await.expect(201).id();
    let page = county.bergen.get("/v1/guidance?limit=2").await.expect(200).json();
    assert_eq!(ids(&page), [&first, &middle]);
    let cursor = page["next_cursor"].as_str().unwrap();
    assert_eq!(
        ids(&county.bergen.get(&format!("/v1/guidance?limit=2&cursor={cursor}")).await.expect(200).json()),
        [&last]
    );
    for (filter, expected) in [
        ("scheme=kollektiv".to_owned(), vec![&first]),
        (format!("round={}", county.round), vec![&last]),
        ("finding=kartlegging_missing".to_owned(), vec![&middle]),
        (format!("owner={}", directorate.orgnr), vec![&first, &middle]),
        ("area=vision&state=published".to_owned(), vec![&first, &middle, &last]),
        ("area=hearing".to_owned(), vec![]),
    ] {
        let page = county.bergen.get(&format!("/v1/guidance?{filter}")).await.expect(200).json();
        assert_eq!(ids(&page), expected, "{filter}");
    }
}

#[actix_web::test]
async fn every_fault_of_a_question_is_told() {
    let county = County::new().await;
    let statped = county.organisation(20, OrganisationKind::Statped, "Statped").await;
    let mut wrong = guidance("astrology", "published");
    wrong["about"] = json!(["N05", "no_such_finding", "N05"]);
    wrong["scheme"] = json!("kollektiv");
    wrong["round_id"] = json!(county.round);
    let told = |answer: crate::support::Answer| -> Vec<String> {
        answer.expect(422).faults().into_iter().map(|(code, place)| format!("{code} {place}")).collect()
    };
    assert_eq!(
        told(statped.post("/v1/guidance", wrong.clone()).await),
        ["not_unique /about/2", "scheme_or_round /scheme", "unknown_finding /about/1"]
    );
    wrong["question"] = json!({"nb": "Bare bokmål?"});
    wrong["answer"] = json!({"nb": "Ja.", "nn": "  "});
    let rest = told(statped.post("/v1/guidance", wrong).await);
    assert_eq!(rest, ["missing_member /question/nn", "too_short /answer/nn"]);
    let mut foreign = guidance("astrology", "published");
    foreign["round_id"] = json!(county.round);
    assert_eq!(
        told(statped.post("/v1/guidance", foreign).await),
        ["round_of_other_office /round_id", "unknown_reference /areas/0"]
    );
}
