//! Reference data over HTTP.

use serde_json::json;

use crate::support::TestServer;

#[actix_web::test]
async fn the_counties_and_municipalities_of_an_office_are_listed_with_names_as_they_are_written() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let counties = bergen.get("/v1/counties?county_governor=troms-og-finnmark").await.expect(200).json();
    assert_eq!(counties["items"][0]["number"], "55");
    assert_eq!(counties["items"].as_array().unwrap().len(), 2);
    let vestland = bergen.get("/v1/municipalities?county=46&include_total=true&limit=200").await.expect(200).json();
    assert_eq!(vestland["total"], 43);
    let first = bergen.get("/v1/municipalities?limit=200").await.expect(200);
    let next = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let rest = bergen.get(&format!("/v1/municipalities?limit=200&cursor={next}")).await.expect(200).json();
    assert_eq!(rest["items"].as_array().unwrap().len(), 157);
}

#[actix_web::test]
async fn the_areas_stand_in_two_groups() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let depth = bergen.get("/v1/competence-areas?area_group=special_needs&include_total=true").await.expect(200).json();
    assert_eq!(depth["total"], 16);
    let none = bergen.get("/v1/competence-areas?updated_since=2100-01-01T00:00:00Z").await.expect(200).json();
    assert_eq!(none["items"], json!([]));
}

#[actix_web::test]
async fn a_code_list_names_its_codes_in_three_languages() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let kinds = bergen.get("/v1/code-lists/unit_kind").await.expect(200).json();
    assert_eq!(kinds["codes"][1], json!({"code": "school", "labels": {"nb": "skole", "nn": "skule", "en": "school"}}));
    assert_eq!(bergen.get("/v1/code-lists/nothing").await.expect(404).code(), "not_found");
    let names = bergen.get("/v1/code-lists").await.expect(200).json();
    assert!(names["items"].as_array().unwrap().iter().any(|list| list["name"] == "round_state"));
}
