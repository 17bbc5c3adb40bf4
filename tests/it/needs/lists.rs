//! The list of needs: filters, pages, exports.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::County;

#[actix_web::test]
async fn needs_are_found_by_state_round_scheme_county_and_area() {
    let county = County::new().await;
    let draft = county.draft().await.id();
    let submitted = county.submitted().await.id();
    let ids = |answer: crate::support::Answer| {
        let items = answer.expect(200).json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(county.bergen.get("/v1/needs?state=draft").await), std::slice::from_ref(&draft));
    assert_eq!(
        ids(county.bergen.get("/v1/needs?state=draft&state=submitted").await),
        [draft.clone(), submitted.clone()]
    );
    assert_eq!(ids(county.bergen.get("/v1/needs?scheme=kollektiv&county=46&area=language_speech").await).len(), 2);
    assert_eq!(ids(county.bergen.get("/v1/needs?scheme=dekomp").await), Vec::<String>::new());
    assert_eq!(ids(county.bergen.get(&format!("/v1/needs?round={}", county.round)).await).len(), 2);
    assert_eq!(
        ids(county.bergen.get("/v1/needs?updated_since=2026-11-21T11:00:00.000001Z").await),
        Vec::<String>::new()
    );
}

#[actix_web::test]
async fn a_filter_that_is_unknown_or_names_nothing_is_refused() {
    let county = County::new().await;
    assert_eq!(county.bergen.get("/v1/needs?colour=blue").await.expect(400).code(), "unknown_filter");
    for wrong in ["state=blue", "round=7", "county=99", "county=460", "area=astrology", "sender=974760674", "scheme=x"]
    {
        let refused = county.bergen.get(&format!("/v1/needs?{wrong}")).await.expect(400);
        assert_eq!(refused.code(), "invalid_query", "{wrong}");
    }
}

#[actix_web::test]
async fn pages_go_on_for_the_one_they_were_made_for() {
    let county = County::new().await;
    for _ in 0..3 {
        county.draft().await;
    }
    let first = county.bergen.get("/v1/needs?limit=2&include_total=true").await.expect(200);
    assert_eq!(first.json()["total"], 3);
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    assert!(first.header("link").contains("rel=\"next\""));
    let rest = county.bergen.get(&format!("/v1/needs?limit=2&cursor={cursor}")).await.expect(200).json();
    assert_eq!((rest["items"].as_array().unwrap().len(), &rest["next_cursor"]), (1, &Value::Null));
    let stolen = county.university.get(&format!("/v1/needs?limit=2&cursor={cursor}")).await.expect(400);
    assert_eq!(stolen.code(), "invalid_cursor");
}

#[actix_web::test]
async fn the_whole_list_streams_as_csv_and_ndjson() {
    let county = County::new().await;
    let id = county.submitted().await.id();
    let stream = |accept: &'static str| {
        county.governor.send(county.governor.request(Method::GET, "/v1/needs").header("Accept", accept))
    };
    let csv = stream("text/csv").await.expect(200);
    assert!(csv.text.starts_with("id,reference,title,state,amount_nok,"), "{}", csv.text);
    assert!(csv.text.contains("B-2026-VL-0001,Språkmiljø for alle,submitted,500000,"), "{}", csv.text);
    let line: Value = serde_json::from_str(stream("application/x-ndjson").await.expect(200).text.trim()).unwrap();
    assert_eq!(line["id"], json!(id));
}
