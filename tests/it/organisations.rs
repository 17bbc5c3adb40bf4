//! Organisations and units over HTTP.

use domain::organisations::{OrganisationKind, UnitKind};
use serde_json::json;

use crate::support::County;

#[actix_web::test]
async fn organisations_are_read_and_found_by_kind_and_place() {
    let county = County::new().await;
    let bergen = county.owner.get(&format!("/v1/organisations/{}", county.bergen.orgnr)).await.expect(200);
    assert_eq!(
        (&bergen.json()["name"], &bergen.json()["municipality_number"]),
        (&json!("Bergen kommune"), &json!("4601"))
    );
    assert_eq!(bergen.tag().split('.').next(), Some("\"1"));
    let universities =
        county.owner.get("/v1/organisations?kind=university&include_total=true").await.expect(200).json();
    assert_eq!(
        (&universities["total"], &universities["items"][0]["orgnr"]),
        (&json!(1), &json!(county.university.orgnr))
    );
    let in_bergen = county.owner.get("/v1/organisations?municipality=4601").await.expect(200).json();
    assert_eq!(in_bergen["items"].as_array().unwrap().len(), 1);
    let both = format!("/v1/organisations?id={}&id={}", county.bergen.orgnr, county.owner.orgnr);
    assert_eq!(county.owner.get(&both).await.expect(200).json()["items"].as_array().unwrap().len(), 2);
}

#[actix_web::test]
async fn a_number_that_is_wrong_or_unknown_finds_nothing() {
    let county = County::new().await;
    for number in ["974760674", "974760673", "abc", "97476067"] {
        assert_eq!(county.bergen.get(&format!("/v1/organisations/{number}")).await.expect(404).code(), "not_found");
        assert_eq!(county.bergen.get(&format!("/v1/units/{number}")).await.expect(404).code(), "not_found");
    }
}

#[actix_web::test]
async fn a_municipality_that_does_not_exist_is_a_mistake_of_the_callers() {
    let county = County::new().await;
    for path in
        ["organisations?municipality=9999", "organisations?county=99", "units?municipality=9999", "units?serves=46"]
    {
        let refused = county.bergen.get(&format!("/v1/{path}")).await.expect(400);
        assert_eq!(refused.code(), "invalid_query", "{path}");
    }
    assert_eq!(county.bergen.get("/v1/units?colour=blue").await.expect(400).code(), "unknown_filter");
    assert_eq!(county.bergen.get("/v1/organisations?kind=castle").await.expect(400).code(), "invalid_query");
}

#[actix_web::test]
async fn units_are_read_and_found_by_kind_owner_and_ownership() {
    let county = County::new().await;
    let ids = |answer: crate::support::Answer| {
        let items = answer.expect(200).json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["orgnr"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let private = ids(county.bergen.get("/v1/units?private=true&municipality=4601").await);
    assert_eq!(private.len(), 1);
    let unit = county.bergen.get(&format!("/v1/units/{}", private[0])).await.expect(200).json();
    assert_eq!((&unit["kind"], &unit["owner_orgnr"]), (&json!("kindergarten"), &json!(county.owner.orgnr)));
    assert_eq!(ids(county.bergen.get(&format!("/v1/units?owner={}", county.bergen.orgnr)).await).len(), 1);
    assert_eq!(ids(county.bergen.get("/v1/units?kind=school&county=46&active=true").await).len(), 1);
    let ppt = county.server.unit(13, UnitKind::Ppt, &county.bergen).await;
    assert_eq!(ids(county.bergen.get("/v1/units?kind=ppt").await), [ppt.to_string()]);
    assert_eq!(ids(county.bergen.get("/v1/units?serves=4601").await), Vec::<String>::new());
}

#[actix_web::test]
async fn pages_of_organisations_go_on_by_number() {
    let county = County::new().await;
    for n in 20..23 {
        county.organisation(n, OrganisationKind::Union, &format!("Forbund {n}")).await;
    }
    let mut seen = Vec::new();
    let mut path = "/v1/organisations?limit=3".to_owned();
    loop {
        let page = county.bergen.get(&path).await.expect(200).json();
        seen.extend(page["items"].as_array().unwrap().iter().map(|item| item["orgnr"].as_str().unwrap().to_owned()));
        let Some(cursor) = page["next_cursor"].as_str() else { break };
        path = format!("/v1/organisations?limit=3&cursor={cursor}");
    }
    assert_eq!(seen.len(), 7);
    assert!(seen.is_sorted());
}
