//! Schemes and rulesets over HTTP.

use serde_json::json;

use crate::support::TestServer;

#[actix_web::test]
async fn a_ruleset_shows_every_rule_and_number_with_its_source() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let ruleset = bergen.get("/v1/rulesets/kollektiv-2026").await.expect(200).json();
    let rule = |code: &str| ruleset["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == code).cloned();
    assert_eq!(rule("N05"), Some(json!({"rule": "N05", "severity": "blocker", "source": "design"})));
    assert_eq!(rule("N11"), Some(json!({"rule": "N11", "severity": "off", "source": "design"})));
    let settings = ruleset["settings"].as_array().unwrap();
    let partners = settings.iter().find(|setting| setting["name"] == "partner_kinds").unwrap();
    assert_eq!(
        (&partners["value"], &partners["source"]),
        (&json!(["university", "vocational_college"]), &json!("read"))
    );
    assert_eq!(bergen.get("/v1/rulesets/kollektiv-1900").await.expect(404).code(), "not_found");
}

#[actix_web::test]
async fn four_schemes_have_a_ruleset_each() {
    let server = TestServer::start().await;
    let bergen = server.municipality().await;
    let codes = |page: serde_json::Value| {
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["code"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let schemes = bergen.get("/v1/schemes").await.expect(200).json();
    assert_eq!(codes(schemes.clone()), ["dekomp", "kip", "kollektiv", "rekomp"]);
    assert_eq!(schemes["items"][2]["rulesets"], json!(["kollektiv-2026"]));
    let rulesets = bergen.get("/v1/rulesets?include_total=true").await.expect(200).json();
    assert_eq!((&rulesets["total"], codes(rulesets.clone()).len()), (&json!(4), 4));
    assert_eq!(codes(bergen.get("/v1/rulesets?scheme=kip").await.expect(200).json()), ["kip-2021"]);
}
