//! Schemes and rulesets over HTTP.

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::support::{TestServer, repository};

/// The files as rounds use them, with their SHA-256.
const PINNED: [(&str, &str); 4] = [
    ("dekomp-2021.toml", "48d844a7d27bda3e77388de6092e8ce835ea76fdbbae5c82e28e4bffb2ab2827"),
    ("kip-2021.toml", "e1cefc0220d324f3d6aaca4e808a603ffbc6ef665b36173658f11b8c3be20cca"),
    ("kollektiv-2026.toml", "7f7bc6be236e5579eba32293e6a0ca1a98a604e7234c7a581c95dd093e9f5bac"),
    ("rekomp-2021.toml", "ce10a189e136e38a3005174b99b1e64ccbeb40db9c5aa54e21eb84c533b6df0c"),
];

#[test]
fn a_ruleset_is_not_edited_once_rounds_may_use_it() {
    let found: Vec<(String, String)> = repository::files("rulesets", "toml")
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
            (name, hex::encode(Sha256::digest(std::fs::read(path).expect("a ruleset can be read"))))
        })
        .collect();
    let pinned = PINNED.map(|(name, digest)| (name.to_owned(), digest.to_owned()));
    assert_eq!(
        found, pinned,
        "measures run out under the rules that they were granted under: a rule that changes goes into a new file with a \
         new code, such as kollektiv-2028.toml, which is pinned here; pin a file anew only if no round uses it yet, or \
         if nothing but its comments changed"
    );
}

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
