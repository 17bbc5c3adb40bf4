//! Filters mean the same in every list: what does not exist is a mistake, and not an empty list.

use serde_json::json;

use crate::support::{County, openapi};

const WRONG: [(&str, &str); 10] = [
    ("sender", "974760674"),
    ("recipient", "12345"),
    ("owner", "974760674"),
    ("sender_orgnr", "974760674"),
    ("unit_orgnr", "97476067X"),
    ("county_governor", "nowhere"),
    ("county", "99"),
    ("municipality", "9999"),
    ("area", "swimming"),
    ("scheme", "football"),
];

#[actix_web::test]
async fn a_filter_that_names_nothing_is_refused_in_every_list_that_has_it() {
    let county = County::new().await;
    let document = openapi::document();
    let mut asked = 0;
    for operation in openapi::operations(&document) {
        let names: Vec<&str> = operation.body["parameters"]
            .as_array()
            .map(|all| all.iter().filter(|p| p["in"] == "query").filter_map(|p| p["name"].as_str()).collect())
            .unwrap_or_default();
        if !names.contains(&"include_total") || operation.path.contains('{') {
            continue;
        }
        for (name, value) in WRONG.iter().filter(|(name, _)| names.contains(name)) {
            let answer = county.governor.get(&format!("{}?{name}={value}", operation.path)).await;
            assert_eq!(answer.status, 400, "{}?{name}={value}: {}", operation.path, answer.text);
            assert_eq!(answer.faults(), [("invalid_value".to_owned(), (*name).to_owned())], "{}", operation.path);
            asked += 1;
        }
    }
    assert!(asked >= 20, "only {asked} filters were tried");
}

#[actix_web::test]
async fn a_nul_character_is_refused_wherever_it_stands_in_an_address() {
    let county = County::new().await;
    let document = openapi::document();
    let reads = openapi::operations(&document).filter(|operation| operation.method == "get");
    let mut asked = 0;
    for operation in reads.filter(|operation| operation.path.starts_with("/v1/") && !operation.path.contains('{')) {
        for parameter in operation.body["parameters"].as_array().into_iter().flatten() {
            let parameter = openapi::resolved(parameter, &document);
            if parameter["in"] == "query" {
                let path = format!("{}?{}=a%00", operation.path, parameter["name"].as_str().unwrap());
                let answer = county.governor.get(&path).await;
                assert_eq!(answer.status, 400, "{path}: {}", answer.text);
                asked += 1;
            }
        }
    }
    assert!(asked >= 100, "only {asked} parameters were tried");
    for path in ["/v1/kartlegging/instruments/a%00", "/v1/rulesets/%00", "/v1/organisations/%00"] {
        county.governor.get(path).await.expect(404);
    }
}

#[actix_web::test]
async fn a_number_may_be_written_with_spaces() {
    let county = County::new().await;
    let need = county.draft().await.id();
    let sender = &county.bergen.orgnr;
    let spaced = format!("{}%20{}%20{}", &sender[..3], &sender[3..6], &sender[6..]);
    let page = county.bergen.get(&format!("/v1/needs?sender={spaced}")).await.expect(200).json();
    assert_eq!(page["items"][0]["id"], need.as_str());
}

#[actix_web::test]
async fn the_parameter_at_fault_is_named_with_what_it_takes() {
    let county = County::new().await;
    let told = async |path: &str| {
        let answer = county.governor.get(path).await.expect(400);
        let fault = answer.json()["errors"][0].clone();
        (fault["code"].as_str().unwrap().to_owned(), fault["pointer"].clone(), fault["params"]["expected"].clone())
    };
    let (code, pointer, expected) = told("/v1/needs?state=foo").await;
    assert_eq!((code.as_str(), pointer), ("invalid_value", json!("state")));
    assert!(expected.as_str().unwrap().starts_with("draft / submitted / "), "{expected}");
    let (code, pointer, _) = told("/v1/needs?round=x").await;
    assert_eq!((code.as_str(), pointer), ("invalid_value", json!("round")));
    let (code, pointer, _) = told("/v1/rounds?scheme=kollektiv&year=soon").await;
    assert_eq!((code.as_str(), pointer), ("invalid_value", json!("year")));
    let (code, pointer, _) = told("/v1/rounds?year=2027&year=2028").await;
    assert_eq!((code.as_str(), pointer), ("repeated_parameter", json!("year")));
    let csv = county.bergen.request(reqwest::Method::POST, "/v1/kartlegging/uploads?period=2026");
    let answer = county.bergen.send(csv.header("Content-Type", "text/csv").body("x")).await.expect(400);
    assert_eq!(answer.faults(), [("missing_parameter".to_owned(), "instrument".to_owned())]);
}
