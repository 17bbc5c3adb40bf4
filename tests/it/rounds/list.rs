//! Finding rounds.

use serde_json::json;

use crate::support::{TestServer, builders::round};

#[actix_web::test]
async fn a_round_is_found_in_the_state_that_the_clock_has_brought_it_to() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let mut later = round("kollektiv-2026");
    later["opens_on"] = json!("2026-12-01");
    let (open, planned) = (
        governor.post("/v1/rounds", round("kip-2021")).await.expect(201),
        governor.post("/v1/rounds", later).await.expect(201),
    );
    let ids = |answer: crate::support::Answer| {
        let items = answer.expect(200).json()["items"].as_array().unwrap().clone();
        items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(governor.get("/v1/rounds?state=open").await), [open.id()]);
    assert_eq!(ids(governor.get("/v1/rounds?state=planned").await), [planned.id()]);
    server.set_now("2026-11-30T23:00:00Z");
    assert_eq!(ids(governor.get("/v1/rounds?state=open").await), [open.id(), planned.id()]);
    assert_eq!(ids(governor.get("/v1/rounds?state=closed").await), Vec::<String>::new());
    assert_eq!(governor.get("/v1/rounds?state=ajar").await.expect(400).code(), "invalid_query");
}
