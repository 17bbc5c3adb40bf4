//! Batches in parts: put in any order, committed once, lost never.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::future::join_all;
use reqwest::Method;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{HEADER, Place, counts, findings, send, total};
use crate::support::{Actor, Answer, TestServer};

/// An open batch of this mode; its path.
async fn opened(actor: &Actor, more: Value) -> String {
    let mut body = json!({"instrument": "basis-2026", "period": "2026", "source": "fagsystem"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    actor.post("/v1/kartlegging/batches", body).await.expect(201).header("location")
}

async fn put(actor: &Actor, batch: &str, n: u32, rows: impl Into<String>) -> Answer {
    let request = actor.request(Method::PUT, &format!("{batch}/parts/{n}")).header("Content-Type", "text/csv");
    send(actor, request.body(rows.into())).await
}

async fn commit(actor: &Actor, batch: &str, parts: u32) -> Answer {
    actor.transition(&format!("{batch}/commit"), "*", json!({"parts": parts})).await
}

fn gzipped(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

/// Parts about the school, one area each.
fn parts(place: &Place) -> [String; 3] {
    ["vision", "hearing", "aac"].map(|area| format!("{HEADER}{}", place.row(&place.school, area, "2.5")))
}

#[actix_web::test]
async fn parts_in_any_order_and_at_once_are_one_batch() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({})).await;
    let open = bergen.get(&batch).await.expect(200).json();
    assert_eq!((&open["state"], &open["parts"], &open["digest"]), (&json!("open"), &json!([]), &Value::Null));
    assert_eq!(open["expires_at"], "2026-11-22T11:00:00Z");
    let rows = parts(&place);
    let all = join_all([3, 1, 2].map(|n| put(bergen, &batch, n, rows[n as usize - 1].clone()))).await;
    for answer in all {
        let part = answer.expect(200).json();
        assert_eq!((&part["rows"], &part["faulty"]), (&json!(1), &json!(0)));
    }
    let receiving = bergen.get(&batch).await.expect(200).json();
    assert_eq!((&receiving["state"], receiving["parts"].as_array().unwrap().len()), (&json!("receiving"), 3));
    assert_eq!(receiving["parts"][1]["digest"], hex::encode(Sha256::digest(&rows[1])));
    assert_eq!(total(bergen, "/v1/kartlegging/responses").await, 0);

    let committed = commit(bergen, &batch, 3).await.expect(200);
    assert_eq!((committed.json()["state"].as_str(), counts(&committed)), (Some("committed"), [3, 3, 0, 0, 0]));
    let of_parts = rows.iter().fold(Sha256::new(), |all, part| all.chain_update(hex::encode(Sha256::digest(part))));
    assert_eq!(committed.json()["digest"], hex::encode(of_parts.finalize()));
    assert_eq!((&committed.json()["parts"], &committed.json()["expires_at"]), (&json!([]), &Value::Null));
    assert_eq!(total(bergen, "/v1/kartlegging/responses").await, 3);
    let again = commit(bergen, &batch, 3).await.expect(409);
    assert_eq!(again.json()["params"]["state"], "committed");
    let file = rows.iter().skip(1).fold(rows[0].clone(), |file, part| file + part.split_once('\n').unwrap().1);
    let upload = send(bergen, super::csv(bergen, "", file)).await.expect(201);
    assert_eq!(counts(&upload), [3, 0, 0, 3, 0], "one call and parts are the same");
}

#[actix_web::test]
async fn the_same_part_again_is_harmless_and_another_under_its_number_is_not() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({})).await;
    let rows = parts(&place);
    let first = put(bergen, &batch, 1, rows[0].clone()).await.expect(200);
    let tag = bergen.get(&batch).await.expect(200).tag();
    let packed = bergen.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/csv");
    let packed = send(bergen, packed.header("Content-Encoding", "gzip").body(gzipped(&rows[0]))).await.expect(200);
    assert_eq!(packed.json(), first.json(), "packed or not, it is the same");
    assert_eq!(bergen.get(&batch).await.expect(200).tag(), tag);
    let other = put(bergen, &batch, 1, rows[1].clone()).await.expect(409);
    assert_eq!((other.code().as_str(), &other.json()["params"]["part"]), ("part_differs", &json!(1)));
    let twins = join_all([(); 4].map(|()| put(bergen, &batch, 2, rows[1].clone()))).await;
    for twin in twins {
        twin.expect(200);
    }
    assert_eq!(counts(&commit(bergen, &batch, 2).await.expect(200)), [2, 2, 0, 0, 0]);
}

#[actix_web::test]
async fn a_commit_names_how_many_parts_there_are() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({})).await;
    let empty = commit(bergen, &batch, 1).await.expect(409);
    assert_eq!((empty.code().as_str(), &empty.json()["params"]["state"]), ("state_conflict", &json!("open")));
    let rows = parts(&place);
    for n in [1, 3] {
        put(bergen, &batch, n, rows[n as usize - 1].clone()).await.expect(200);
    }
    for (announced, missing, surplus) in
        [(3, json!([2]), json!([])), (2, json!([2]), json!([3])), (1, json!([]), json!([3]))]
    {
        let refused = commit(bergen, &batch, announced).await.expect(409).json();
        assert_eq!(refused["code"], "parts_incomplete");
        assert_eq!((&refused["params"]["missing"], &refused["params"]["surplus"]), (&missing, &surplus));
    }
    let without = bergen.post(&format!("{batch}/commit"), json!({"parts": 2})).await.expect(428);
    assert_eq!(without.code(), "precondition_required");
    put(bergen, &batch, 2, rows[1].clone()).await.expect(200);
    commit(bergen, &batch, 3).await.expect(200);
}

#[actix_web::test]
async fn rows_are_numbered_through_all_parts_and_judged_when_they_are_applied() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({"mode": "valid_rows"})).await;
    let good = place.row(&place.school, "vision", "2.5");
    let comma = place.row(&place.school, "hearing", "\"2,5\"");
    let person = format!("{},aac,leaders,2,4,12,om 15081210281\n", place.school);
    put(bergen, &batch, 1, format!("{HEADER}{good}{comma}")).await.expect(200);
    let second = put(bergen, &batch, 2, format!("{HEADER}{person}{good}")).await.expect(200);
    assert_eq!((&second.json()["rows"], &second.json()["faulty"]), (&json!(2), &json!(1)));
    let ndjson = json!({"unit_orgnr": place.school, "area": "aac", "respondent_group": "leaders", "current": 2, "needed": 4, "respondents": 9});
    let third = bergen.request(Method::PUT, &format!("{batch}/parts/3")).header("Content-Type", "application/x-ndjson");
    send(bergen, third.body(format!("{ndjson}\n"))).await.expect(200);
    let committed = commit(bergen, &batch, 3).await.expect(200);
    assert_eq!(counts(&committed), [5, 1, 0, 0, 4]);
    let groups = findings(&committed);
    assert!(groups.contains(&("duplicate_in_batch".to_owned(), String::new(), 2)), "{groups:?}");
    let rows_of = |code: &str| {
        let found = committed.json()["findings"].as_array().unwrap().clone();
        found.into_iter().find(|group| group["code"] == code).unwrap()["rows"].clone()
    };
    assert_eq!(rows_of("duplicate_in_batch"), json!([2, 5]));
    assert_eq!((rows_of("decimal_comma"), rows_of("national_id")), (json!([3]), json!([4])));
    let result = bergen.get(&format!("{batch}/result?outcome=created")).await.expect(200);
    assert!(result.text.lines().nth(1).unwrap().contains(",6,created,"), "{}", result.text);
    assert!(!bergen.get(&format!("{batch}/result")).await.expect(200).text.contains("15081210281"));
}

#[actix_web::test]
async fn a_batch_that_takes_long_is_accepted_and_ends_by_itself() {
    let place = Place::on(TestServer::start_with(&["--commit-patience", "0"]).await).await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({})).await;
    put(bergen, &batch, 1, parts(&place)[0].clone()).await.expect(200);
    let taken = commit(bergen, &batch, 1).await.expect(202);
    assert_eq!((taken.header("retry-after").as_str(), taken.header("location")), ("1", batch.clone()));
    let mut state = taken.json()["state"].clone();
    for _ in 0..200 {
        if state == "committed" {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        state = bergen.get(&batch).await.expect(200).json()["state"].clone();
    }
    assert_eq!(state, "committed");
    let feed = bergen.get("/v1/events?limit=1000").await.expect(200).json();
    let of_batches =
        feed["items"].as_array().unwrap().iter().filter(|event| event["type"].as_str().unwrap().contains(".batch."));
    let happened: Vec<String> =
        of_batches.map(|event| event["type"].as_str().unwrap().rsplit('.').nth(1).unwrap().to_owned()).collect();
    assert_eq!(happened, ["open", "processing", "committed"]);
}

#[actix_web::test]
async fn a_batch_is_cancelled_or_expires_and_takes_nothing_then() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let rows = parts(&place);
    let cancelled = opened(bergen, json!({})).await;
    put(bergen, &cancelled, 1, rows[0].clone()).await.expect(200);
    let tag = bergen.get(&cancelled).await.expect(200).tag();
    bergen.delete(&cancelled, &tag).await.expect(204);
    let forgotten = opened(bergen, json!({})).await;
    put(bergen, &forgotten, 1, rows[0].clone()).await.expect(200);
    place.server.set_now("2026-11-22T10:59:00Z");
    api::kartlegging::expire::expire(&place.server.app).await.unwrap();
    assert_eq!(bergen.get(&forgotten).await.expect(200).json()["state"], "receiving");
    place.server.set_now("2026-11-22T11:00:01Z");
    api::kartlegging::expire::expire(&place.server.app).await.unwrap();
    for (batch, state) in [(&cancelled, "cancelled"), (&forgotten, "expired")] {
        let seen = bergen.get(batch).await.expect(200).json();
        assert_eq!((&seen["state"], &seen["parts"]), (&json!(state), &json!([])));
        assert_eq!(put(bergen, batch, 2, rows[1].clone()).await.expect(409).json()["params"]["state"], state);
        assert_eq!(commit(bergen, batch, 1).await.expect(409).json()["params"]["state"], state);
    }
    assert_eq!(total(bergen, "/v1/kartlegging/responses").await, 0);
}

#[actix_web::test]
async fn what_cannot_be_a_part_is_refused_and_leaves_nothing() {
    let place = Place::new().await;
    let bergen = &place.bergen;
    let batch = opened(bergen, json!({})).await;
    let rows = parts(&place);
    for (n, code) in [(0, "too_small"), (1_001, "too_large")] {
        let refused = put(bergen, &batch, n, rows[0].clone()).await.expect(422);
        assert_eq!(refused.faults(), [(code.to_owned(), "n".to_owned())]);
    }
    let wrong = format!("sha-256=:{}:", STANDARD.encode(Sha256::digest("noe annet")));
    let request = bergen.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/csv");
    let refused = send(bergen, request.header("Content-Digest", wrong).body(rows[0].clone())).await.expect(400);
    assert_eq!(refused.code(), "digest_mismatch");
    assert_eq!(put(bergen, &batch, 1, HEADER).await.expect(422).code(), "upload_without_rows");
    let request = bergen.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/plain");
    send(bergen, request.body("hei")).await.expect(415);
    assert_eq!(bergen.get(&batch).await.expect(200).json()["state"], "open");
    for (body, pointer) in [
        (json!({"instrument": "nothing-2026", "period": "2026"}), "/instrument"),
        (json!({"instrument": "basis-2026", "period": "2026-Q1"}), "/period"),
        (json!({"instrument": "basis-2026", "period": "2026", "mode": "some"}), "/mode"),
        (json!({"instrument": "basis-2026", "period": "2026", "source": "15081210281"}), "/source"),
    ] {
        let refused = bergen.post("/v1/kartlegging/batches", body).await.expect(422);
        assert_eq!(refused.faults()[0].1, pointer);
    }
}

#[actix_web::test]
async fn an_organisation_has_so_many_batches_under_way() {
    let place = Place::new().await;
    for _ in 0..20 {
        opened(&place.bergen, json!({})).await;
    }
    let body = json!({"instrument": "basis-2026", "period": "2026"});
    let refused = place.bergen.post("/v1/kartlegging/batches", body.clone()).await.expect(409);
    assert_eq!((refused.code().as_str(), &refused.json()["params"]["limit"]), ("too_many_batches", &json!(20)));
    place.alver.post("/v1/kartlegging/batches", body).await.expect(201);
}
