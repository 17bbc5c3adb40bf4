//! Where guidance is offered: beside findings, and for the areas of a need.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::builders::{guidance, resource};
use crate::support::{Actor, County};

async fn checked(actor: &Actor, path: &str, language: &str) -> Value {
    actor.send(actor.request(Method::GET, path).header("Accept-Language", language)).await.expect(200).json()
}

/// The questions beside the finding of a rule.
fn questions(check: &Value, rule: &str) -> Vec<String> {
    let findings = check["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == json!(rule));
    let links = findings.flat_map(|finding| finding["guidance"].as_array().unwrap().clone());
    links.map(|link| link["question"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_check_offers_what_helps_with_its_findings_and_areas() {
    let county = County::new().await;
    let path = format!("/v1/needs/{}/check", county.draft().await.id());
    for state in ["published", "draft"] {
        county.governor.post("/v1/guidance", guidance("vision", state)).await.expect(201);
        county.governor.post("/v1/learning-resources", resource("language_speech", state)).await.expect(201);
    }
    county.governor.post("/v1/learning-resources", resource("hearing", "published")).await.expect(201);
    let mut other_scheme = guidance("vision", "published");
    other_scheme["scheme"] = json!("dekomp");
    county.governor.post("/v1/guidance", other_scheme).await.expect(201);
    let check = checked(&county.bergen, &path, "nn").await;
    assert_eq!(questions(&check, "N05"), ["Kven skal vi spørje?"]);
    assert_eq!(questions(&check, "N06"), Vec::<String>::new());
    let resources = check["learning_resources"].as_array().unwrap();
    assert_eq!((resources.len(), &resources[0]["url"]), (1, &json!("https://www.statped.no/")));
    assert_eq!(check["guidance"], json!([]), "nothing about language and speech yet");
    county.governor.post("/v1/guidance", guidance("language_speech", "published")).await.expect(201);
    county.governor.post("/v1/guidance", guidance("language_speech", "draft")).await.expect(201);
    let about = checked(&county.bergen, &path, "nn").await["guidance"].clone();
    assert_eq!((about.as_array().unwrap().len(), &about[0]["question"]), (1, &json!("Kven skal vi spørje?")));
    assert_eq!(questions(&checked(&county.bergen, &path, "en").await, "N05").len(), 2);
    let unsaved = county.bergen.post("/v1/needs/check", county.document()).await.expect(200).json();
    assert_eq!(questions(&unsaved, "N05"), ["Hvem skal vi spørre?", "Hvem skal vi spørre?"]);
    assert_eq!(unsaved["learning_resources"].as_array().unwrap().len(), 1);
}
