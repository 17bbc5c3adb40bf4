//! The catalogue of learning resources.

use domain::organisations::OrganisationKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::County;
use crate::support::builders::resource;

#[actix_web::test]
async fn a_resource_is_found_by_area_kind_language_provider_and_words() {
    let county = County::new().await;
    let statped = county.organisation(20, OrganisationKind::Statped, "Statped").await;
    let mut entry = resource("aac", "published");
    entry["kind"] = json!("service");
    entry["title"] = json!({"nb": "Råd om ASK", "nn": "Råd om ASK"});
    entry["provider_orgnr"] = json!(statped.orgnr);
    entry["languages"] = json!(["nn", "smj"]);
    let service = statped.post("/v1/learning-resources", entry).await.expect(201);
    assert_eq!(
        (&service.json()["county_governor"], &service.json()["languages"]),
        (&Value::Null, &json!(["nn", "smj"]))
    );
    let module =
        county.governor.post("/v1/learning-resources", resource("language_speech", "published")).await.expect(201);
    county.governor.post("/v1/learning-resources", resource("aac", "draft")).await.expect(201);
    for (filter, value, expected) in [
        ("area", "aac", &service),
        ("kind", "e_learning", &module),
        ("language", "smj", &service),
        ("provider", statped.orgnr.as_str(), &service),
        ("owner", county.governor.orgnr.as_str(), &module),
        ("q", "rad ask", &service),
        ("q", "SPRÅKM barnehåge", &module),
    ] {
        let request = county
            .bergen
            .request(Method::GET, "/v1/learning-resources")
            .query(&[(filter, value), ("include_total", "true")]);
        let page = county.bergen.send(request).await.expect(200).json();
        assert_eq!((&page["total"], &page["items"][0]), (&json!(1), &expected.json()), "{filter}={value}");
    }
    for wrong in ["language=fi", "provider=974760674", "area=astrology", "q=%22*%22", "colour=blue"] {
        county.bergen.get(&format!("/v1/learning-resources?{wrong}")).await.expect(400);
    }
}

#[actix_web::test]
async fn an_entry_is_changed_by_its_keeper_and_leads_to_safe_addresses_only() {
    let county = County::new().await;
    let statped = county.organisation(20, OrganisationKind::Statped, "Statped").await;
    let made = statped.post("/v1/learning-resources", resource("vision", "published")).await.expect(201);
    let path = made.header("location");
    for url in ["http://www.statped.no/", "javascript:alert(1)", "https://ola:hemmeleg@statped.no/", "https://statped"]
    {
        let refused = statped.patch(&path, &made.tag(), json!({"url": url})).await.expect(422);
        assert_eq!(refused.faults(), [("no_web_address".to_owned(), "/url".to_owned())], "{url}");
    }
    let unknown =
        json!({"provider_orgnr": crate::support::actors::synthetic_orgnr(77).as_str(), "areas": ["vision", "x"]});
    let places: Vec<String> = statped
        .patch(&path, &made.tag(), unknown)
        .await
        .expect(422)
        .faults()
        .into_iter()
        .map(|(_, place)| place)
        .collect();
    assert_eq!(places, ["/areas/1", "/provider_orgnr"]);
    county.governor.patch(&path, &made.tag(), json!({"kind": "course"})).await.expect(403);
    let renamed = json!({"title": {"nb": "Se bedre", "nn": "Sjå betre"}, "state": "draft"});
    let changed = statped.patch(&path, &made.tag(), renamed).await.expect(200);
    assert_eq!(changed.json()["title"]["nn"], "Sjå betre");
    county.bergen.get(&path).await.expect(404);
    let found = |q: &'static str| statped.get(q);
    assert_eq!(found("/v1/learning-resources?q=sja").await.expect(200).json()["items"][0]["id"], json!(made.id()));
    assert_eq!(found("/v1/learning-resources?q=barnehagen").await.expect(200).json()["items"], json!([]));
}
