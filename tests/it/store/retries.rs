//! Retries over HTTP: one effect, however many come at once.

use reqwest::Method;
use serde_json::json;

use crate::support::TestServer;

#[actix_web::test]
async fn twenty_twins_at_once_have_one_effect() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let body = json!({
        "ruleset": "kollektiv-2026", "year": 2027, "opens_on": "2026-10-10",
        "deadline_date": "2027-02-01", "report_due_on": "2028-01-15",
    });
    let twins = (0..20).map(|_| {
        let request = governor.request(Method::POST, "/v1/rounds").header("Idempotency-Key", "twin").json(&body);
        governor.send(request)
    });
    let answers = futures_util::future::join_all(twins).await;
    let done: Vec<_> = answers.iter().filter(|answer| answer.status == 201).collect();
    assert!(!done.is_empty());
    assert!(done.iter().all(|answer| answer.text == done[0].text), "one answer for all");
    for other in answers.iter().filter(|answer| answer.status != 201) {
        assert_eq!((other.status, other.code().as_str()), (409, "idempotency_in_progress"), "{}", other.text);
    }
    let list = governor.get("/v1/rounds?include_total=true").await.expect(200);
    assert_eq!(list.json()["total"], 1);
}
