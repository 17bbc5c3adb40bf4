//! Uploading: counts, modes, dry runs, retries, and what a write leaves behind.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::future::join_all;
use persistence::StoreError;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{HEADER, Place, counts, csv, findings, send, total};

#[actix_web::test]
async fn rows_are_created_then_unchanged_then_updated() {
    let place = Place::new().await;
    let file = place.one_row() + &place.row(&place.private_kindergarten, "hearing", "1");
    let first = send(&place.bergen, csv(&place.bergen, "&source=fagsystem", file.clone())).await.expect(201);
    assert_eq!(counts(&first), [2, 2, 0, 0, 0]);
    assert_eq!((&first.json()["state"], &first.json()["mode"]), (&json!("committed"), &json!("all")));
    assert_eq!(first.json()["source"], "fagsystem");
    assert_eq!(first.json()["digest"], hex::encode(Sha256::digest(&file)));
    let read = place.bergen.get(&first.header("location")).await.expect(200);
    assert_eq!((read.json(), read.tag()), (first.json(), first.tag()));

    let again = send(&place.bergen, csv(&place.bergen, "", file.clone())).await.expect(201);
    assert_eq!(counts(&again), [2, 0, 0, 2, 0]);
    let changed = send(&place.bergen, csv(&place.bergen, "", file.replace("2.5", "3.5"))).await.expect(201);
    assert_eq!(counts(&changed), [2, 0, 1, 1, 0]);

    let path = format!("/v1/kartlegging/responses?unit_orgnr={}", place.school);
    let response = place.bergen.get(&path).await.expect(200).json()["items"][0].clone();
    assert_eq!(
        (&response["current"], &response["needed"], &response["respondents"]),
        (&json!(3.5), &json!(4.0), &json!(12))
    );
    assert_eq!((&response["version"], &response["batch_id"]), (&json!(2), &json!(changed.id())));
    assert_eq!((&response["sender_orgnr"], &response["comment"]), (&json!(place.bergen.orgnr), &json!(null)));
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 2);
    assert_eq!(total(&place.bergen, "/v1/kartlegging/batches?state=committed").await, 3);
}

#[actix_web::test]
async fn what_an_update_replaced_is_kept() {
    let place = Place::new().await;
    let first = send(&place.bergen, csv(&place.bergen, "", place.one_row())).await.expect(201);
    let second = send(&place.bergen, csv(&place.bergen, "", place.one_row().replace("12,", "13,"))).await.expect(201);
    let list = place.bergen.get("/v1/kartlegging/responses").await.expect(200).json();
    let path = format!("/v1/kartlegging/responses/{}", list["items"][0]["id"].as_str().unwrap());
    let response = place.bergen.get(&path).await.expect(200).json();
    assert_eq!((&response["batch_id"], &response["respondents"]), (&json!(second.id()), &json!(13)));
    assert_eq!(response["version"], 2);
    let history = json!([{
        "version": 1, "sender_orgnr": place.bergen.orgnr, "batch_id": first.id(), "current": 2.5, "needed": 4.0,
        "respondents": 12, "comment": null, "replaced_by_batch": second.id(), "replaced_at": response["updated_at"],
    }]);
    assert_eq!(response["history"], history);
    assert_eq!(place.alver.get(&path).await.expect(404).code(), "not_found");
}

#[actix_web::test]
async fn another_period_is_another_key() {
    let place = Place::new().await;
    for period in ["2026", "2026-H1", "2026-H2", "2027"] {
        let path = format!("/v1/kartlegging/uploads?instrument=basis-2026&period={period}");
        let request = place.bergen.request(reqwest::Method::POST, &path);
        let answer = send(&place.bergen, request.header("Content-Type", "text/csv").body(place.one_row())).await;
        assert_eq!(counts(&answer.expect(201)), [1, 1, 0, 0, 0], "{period}");
    }
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses?period=2026-H1").await, 1);
}

#[actix_web::test]
async fn a_faulty_row_stops_the_whole_batch_or_only_itself() {
    let place = Place::new().await;
    let file = place.one_row() + &place.row(&place.school, "hearing", "\"2,5\"");
    let all = send(&place.bergen, csv(&place.bergen, "", file.clone())).await.expect(201);
    assert_eq!((all.json()["state"].as_str(), counts(&all)), (Some("rejected"), [2, 0, 0, 0, 2]));
    let expected = [("decimal_comma", "current", 1), ("batch_rejected", "", 1)];
    assert_eq!(findings(&all), expected.map(|(code, column, count)| (code.to_owned(), column.to_owned(), count)));
    assert_eq!(all.json()["findings"][0]["rows"], json!([3]));
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 0);

    let valid = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!((valid.json()["state"].as_str(), counts(&valid)), (Some("committed"), [2, 1, 0, 0, 1]));
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 1);
}

#[actix_web::test]
async fn a_batch_of_which_nothing_can_be_taken_is_rejected_in_either_mode() {
    let place = Place::new().await;
    let file = format!("{HEADER}{}", place.row(&place.school, "vision", "9"));
    let batch = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!((batch.json()["state"].as_str(), counts(&batch)), (Some("rejected"), [1, 0, 0, 0, 1]));
    assert_eq!(batch.json()["committed_at"], json!(null));
}

#[actix_web::test]
async fn a_dry_run_gives_the_same_answer_and_stores_no_response() {
    let place = Place::new().await;
    send(&place.bergen, csv(&place.bergen, "", place.one_row())).await.expect(201);
    let file = place.one_row().replace("2.5", "3.5")
        + &place.row(&place.private_kindergarten, "vision", "1")
        + &place.row(&place.school, "hearing", "x");
    let dry = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows&dry_run=true", file.clone())).await.expect(201);
    assert_eq!((dry.json()["state"].as_str(), counts(&dry)), (Some("dry_run_done"), [3, 1, 1, 0, 1]));
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 1);
    let real = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!((counts(&real), findings(&real)), (counts(&dry), findings(&dry)));
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 2);
    assert_eq!(total(&place.bergen, "/v1/kartlegging/batches?dry_run=true").await, 1);
}

#[actix_web::test]
async fn the_same_key_twice_rejects_both_rows_also_in_a_dry_run() {
    let place = Place::new().await;
    let file = place.one_row() + &place.row(&place.school, "hearing", "1") + &place.row(&place.school, "vision", "3");
    for query in ["&mode=valid_rows&dry_run=true", "&mode=valid_rows"] {
        let batch = send(&place.bergen, csv(&place.bergen, query, file.clone())).await.expect(201);
        assert_eq!(counts(&batch), [3, 1, 0, 0, 2]);
        assert_eq!(findings(&batch), [("duplicate_in_batch".to_owned(), String::new(), 2)]);
        assert_eq!(batch.json()["findings"][0]["rows"], json!([2, 4]));
    }
}

#[actix_web::test]
async fn a_retry_with_the_same_key_has_one_effect_and_one_answer() {
    let place = Place::new().await;
    let keyed = |file: String| csv(&place.bergen, "", file).header("Idempotency-Key", "tonight");
    let first = send(&place.bergen, keyed(place.one_row())).await.expect(201);
    let second = send(&place.bergen, keyed(place.one_row())).await.expect(201);
    assert_eq!((&first.text, first.tag()), (&second.text, second.tag()));
    assert_eq!(second.header("idempotency-replayed"), "true");
    let other = send(&place.bergen, keyed(place.one_row().replace("2.5", "3"))).await.expect(422);
    assert_eq!(other.code(), "idempotency_key_reused");
    assert_eq!(total(&place.bergen, "/v1/kartlegging/batches").await, 1);
}

#[actix_web::test]
async fn the_digest_is_verified_where_it_is_sent() {
    let place = Place::new().await;
    let digest = |text: &str| format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(text)));
    let with = |digest: String| csv(&place.bergen, "", place.one_row()).header("Content-Digest", digest);
    let wrong = send(&place.bergen, with(digest("another file"))).await.expect(400);
    assert_eq!(wrong.code(), "digest_mismatch");
    assert_eq!(total(&place.bergen, "/v1/kartlegging/batches").await, 0);
    send(&place.bergen, with(digest(&place.one_row()))).await.expect(201);
}

#[actix_web::test]
async fn an_upload_leaves_one_audit_row_and_one_event() {
    let place = Place::new().await;
    let batch = send(&place.bergen, csv(&place.bergen, "", place.one_row())).await.expect(201);
    let subject = format!("batch/{}", batch.id());
    let read = move |reader: &mut persistence::Reader| persistence::audit::trail(reader, &subject);
    let trail = place.server.app.store.read::<_, StoreError, _>("test", read).await.unwrap();
    assert_eq!((trail.len(), trail[0].action.as_str()), (1, "batch.upload"));
    assert!(trail[0].changes.contains(batch.json()["digest"].as_str().unwrap()));
    let events = place.bergen.get("/v1/events").await.expect(200).json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1);
    assert_eq!(events["items"][0]["type"], "no.kompetanseloft.batch.committed.v1");
    assert_eq!(events["items"][0]["data"]["id"], json!(batch.id()));
    let of_alver = place.alver.get("/v1/events").await.expect(200).json();
    assert_eq!(of_alver["items"], json!([]));
}

#[actix_web::test]
async fn two_uploads_of_the_same_rows_at_the_same_time_end_as_if_one_came_after_the_other() {
    let place = Place::new().await;
    let areas = ["vision", "hearing", "aac", "motor", "attention"];
    let rows: String = areas.iter().map(|area| place.row(&place.school, area, "2")).collect();
    let file = format!("{HEADER}{rows}");
    let uploads = (0..6).map(|_| async { send(&place.bergen, csv(&place.bergen, "", file.clone())).await.expect(201) });
    let mut all: Vec<[i64; 5]> = join_all(uploads).await.iter().map(counts).collect();
    all.sort_unstable();
    assert_eq!(all[5], [5, 5, 0, 0, 0]);
    assert!(all[..5].iter().all(|counts| *counts == [5, 0, 0, 5, 0]), "{all:?}");
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 5);
}

#[actix_web::test]
async fn more_rows_than_one_statement_takes_are_taken() {
    let place = Place::new().await;
    let areas: Vec<String> =
        place.bergen.get("/v1/kartlegging/instruments/basis-2026").await.expect(200).json()["areas"]
            .as_array()
            .unwrap()
            .iter()
            .map(|area| area["code"].as_str().unwrap().to_owned())
            .collect();
    let mut file = HEADER.to_owned();
    for unit in [&place.school, &place.private_kindergarten] {
        for area in &areas {
            for group in ["leaders", "pedagogical_staff", "assistants", "support_service", "all"] {
                file += &format!("{unit},{area},{group},2,4,12,\"kommentar, med komma\"\n");
            }
        }
    }
    let expected = i64::try_from(areas.len() * 10).unwrap();
    let first = send(&place.bergen, csv(&place.bergen, "", file.clone())).await.expect(201);
    assert_eq!(counts(&first), [expected, expected, 0, 0, 0]);
    let updated = send(&place.bergen, csv(&place.bergen, "", file.replace(",2,4,", ",3,4,"))).await.expect(201);
    assert_eq!(counts(&updated), [expected, 0, expected, 0, 0]);
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses?area=aac&respondent_group=all").await, 2);
    let csv = place.bergen.request(reqwest::Method::GET, "/v1/kartlegging/responses").header("Accept", "text/csv");
    let text = place.bergen.send(csv).await.expect(200).text;
    assert_eq!(text.lines().count(), areas.len() * 10 + 1);
    assert!(text.starts_with("id,instrument,period,unit_orgnr,area,respondent_group,current,needed,"), "{text}");
}
