//! Setting up a round: the whole machinery of a write, seen from outside.

use persistence::StoreError;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::TestServer;

fn body() -> Value {
    json!({
        "ruleset": "kollektiv-2026",
        "year": 2027,
        "opens_on": "2026-10-10",
        "deadline_date": "2027-02-01",
        "report_due_on": "2028-01-15",
    })
}

#[actix_web::test]
async fn a_county_governor_sets_up_a_round_and_everybody_reads_it() {
    let server = TestServer::start().await;
    let (governor, bergen) = (server.county_governor().await, server.municipality().await);
    let made = governor.post("/v1/rounds", body()).await.expect(201);
    assert_eq!(made.json()["state"], "open");
    assert_eq!(made.json()["scheme"], "kollektiv");
    assert_eq!(made.json()["deadline_at"], "2027-02-01T23:00:00Z");
    let read = bergen.get(&made.header("location")).await.expect(200);
    assert_eq!(read.json(), made.json());
    assert_eq!(read.tag(), made.tag());
    let known = bergen.request(Method::GET, &made.header("location")).header("If-None-Match", read.tag());
    bergen.send(known).await.expect(304);
    let list = bergen.get("/v1/rounds?county_governor=vestland&include_total=true").await.expect(200);
    assert_eq!(list.json()["items"], json!([made.json()]));
    assert_eq!(list.json()["total"], 1);
}

#[actix_web::test]
async fn a_municipality_may_not() {
    let server = TestServer::start().await;
    let answer = server.municipality().await.post("/v1/rounds", body()).await.expect(403);
    assert_eq!(answer.code(), "kind_not_allowed");
}

#[actix_web::test]
async fn every_fault_comes_at_once() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let wrong = json!({ "ruleset": 7, "year": 1900, "opens_on": "x", "deadline_date": "2027-02-01", "extra": "Ola 15081210064" });
    let answer = governor.post("/v1/rounds", wrong).await.expect(422);
    let faults: Vec<(String, String)> = answer.faults();
    let faults: Vec<(&str, &str)> = faults.iter().map(|(c, p)| (c.as_str(), p.as_str())).collect();
    assert_eq!(
        faults,
        [
            ("missing_member", "/report_due_on"),
            ("too_small", "/year"),
            ("unknown_member", "/extra"),
            ("wrong_format", "/opens_on"),
            ("wrong_type", "/ruleset"),
        ]
    );
}

#[actix_web::test]
async fn rules_answer_in_the_callers_language() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let mut wrong = body();
    wrong["ruleset"] = json!("kollektiv-1900");
    for (language, beginning) in
        [("nn-NO, en;q=0.5", "Det finst ikkje"), ("en", "There is no"), ("fr", "Det finnes ikke")]
    {
        let request = governor.request(Method::POST, "/v1/rounds").header("Accept-Language", language).json(&wrong);
        let answer = governor.send(request).await.expect(422);
        let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
        assert!(message.starts_with(beginning), "{message}");
    }
}

#[actix_web::test]
async fn a_retry_with_the_same_key_has_one_effect_and_one_answer() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let request =
        |body: &Value| governor.request(Method::POST, "/v1/rounds").header("Idempotency-Key", "one").json(body);
    let first = governor.send(request(&body())).await.expect(201);
    let second = governor.send(request(&body())).await.expect(201);
    assert_eq!((first.text.clone(), first.tag()), (second.text.clone(), second.tag()));
    assert_eq!(first.header("location"), second.header("location"));
    assert_eq!(
        (first.header("idempotency-replayed"), second.header("idempotency-replayed")),
        (String::new(), "true".to_owned())
    );
    let mut other = body();
    other["year"] = json!(2028);
    assert_eq!(governor.send(request(&other)).await.expect(422).code(), "idempotency_key_reused");
    let list = governor.get("/v1/rounds?include_total=true").await.expect(200);
    assert_eq!(list.json()["total"], 1);
}

#[actix_web::test]
async fn the_write_leaves_one_audit_row_and_one_event() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let id = governor.post("/v1/rounds", body()).await.expect(201).id();
    let subject = format!("round/{id}");
    let read = move |reader: &mut persistence::Reader| persistence::audit::trail(reader, &subject);
    let trail = server.app.store.read::<_, StoreError, _>("test", read).await.unwrap();
    assert_eq!(trail.len(), 1);
    assert!(persistence::audit::is_whole(&trail));
    let page = governor.get("/v1/events").await.expect(200).json();
    assert_eq!(page["items"].as_array().unwrap().len(), 1, "{page}");
    assert_eq!(page["items"][0]["type"], "no.kompetanseloft.round.created.v1");
    assert_eq!(page["items"][0]["data"]["id"], json!(id));
    let rest = governor.get(&format!("/v1/events?after={}", page["next_after"].as_str().unwrap())).await.expect(200);
    assert_eq!(rest.json()["items"], json!([]));
}

#[actix_web::test]
async fn pages_go_on_where_they_stopped_and_only_for_whom_they_were_made() {
    let server = TestServer::start().await;
    let (governor, bergen) = (server.county_governor().await, server.municipality().await);
    for _ in 0..3 {
        governor.post("/v1/rounds", body()).await.expect(201);
    }
    let first = bergen.get("/v1/rounds?limit=2").await.expect(200);
    assert_eq!(first.json()["items"].as_array().unwrap().len(), 2);
    let cursor = first.json()["next_cursor"].as_str().unwrap().to_owned();
    let second = bergen.get(&format!("/v1/rounds?limit=2&cursor={cursor}")).await.expect(200);
    assert_eq!(second.json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(second.json()["next_cursor"], Value::Null);
    let stolen = governor.get(&format!("/v1/rounds?limit=2&cursor={cursor}")).await.expect(400);
    assert_eq!(stolen.code(), "invalid_cursor");
    let refiltered = bergen.get(&format!("/v1/rounds?limit=2&year=2027&cursor={cursor}")).await.expect(400);
    assert_eq!(refiltered.code(), "invalid_cursor");
    assert_eq!(bergen.get("/v1/rounds?colour=blue").await.expect(400).code(), "unknown_filter");
    assert_eq!(bergen.get("/v1/rounds?limit=0").await.expect(400).code(), "invalid_query");
}

#[actix_web::test]
async fn a_list_streams_as_csv_and_ndjson() {
    let server = TestServer::start().await;
    let governor = server.county_governor().await;
    let id = governor.post("/v1/rounds", body()).await.expect(201).id();
    let csv = governor.send(governor.request(Method::GET, "/v1/rounds").header("Accept", "text/csv")).await.expect(200);
    assert!(csv.text.starts_with("id,county_governor,"), "{}", csv.text);
    assert!(csv.text.contains(&id));
    let lines =
        governor.send(governor.request(Method::GET, "/v1/rounds").header("Accept", "application/x-ndjson")).await;
    let line: Value = serde_json::from_str(lines.expect(200).text.trim()).unwrap();
    assert_eq!(line["id"], json!(id));
}
