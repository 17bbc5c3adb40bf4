//! A sender's own codes for units, mapped once.

use reqwest::Method;
use serde_json::json;

use super::{HEADER, Place, counts, csv, findings, send, total};

const SCHEME: &str = "/v1/kartlegging/code-schemes/oppvekstsystem";

async fn with_codes() -> Place {
    let place = Place::new().await;
    for (code, unit) in [("B-017", &place.school), ("Barnehagen", &place.private_kindergarten)] {
        let path = format!("{SCHEME}/{code}");
        let answer = place.bergen.put_new(&path, json!({"unit_orgnr": unit})).await.expect(201);
        assert_eq!((&answer.json()["code"], &answer.json()["version"]), (&json!(code), &json!(1)));
    }
    place
}

#[actix_web::test]
async fn rows_name_units_by_the_senders_own_codes() {
    let place = with_codes().await;
    let bergen = &place.bergen;
    let row = |unit: &str| place.row(unit, "vision", "2");
    let file = format!("{HEADER}{}{}{}", row("B-017"), row(" Barnehagen "), row("B-018"));
    let batch = send(bergen, csv(bergen, "&mode=valid_rows&code_scheme=oppvekstsystem", file)).await.expect(201);
    assert_eq!(counts(&batch), [3, 2, 0, 0, 1]);
    assert_eq!(findings(&batch), [("unit_code_unknown".to_owned(), "unit_orgnr".to_owned(), 1)]);
    assert_eq!(batch.json()["code_scheme"], "oppvekstsystem");
    let by_number = format!("{HEADER}{}", row(&place.school));
    let again = send(bergen, csv(bergen, "&code_scheme=oppvekstsystem", by_number)).await.expect(201);
    assert_eq!(counts(&again), [1, 0, 0, 1, 0], "a number is as good");
    let without = send(bergen, csv(bergen, "", format!("{HEADER}{}", row("B-017")))).await.expect(201);
    assert_eq!(findings(&without), [("unit_malformed".to_owned(), "unit_orgnr".to_owned(), 1)]);

    let result = format!("/v1/kartlegging/batches/{}/result", batch.id());
    let of_owner = place.owner.get(&result).await.expect(200).text;
    assert!(of_owner.contains("Barnehagen") && !of_owner.contains("B-017"), "an owner sees its own unit: {of_owner}");
}

#[actix_web::test]
async fn an_owner_sees_the_rows_that_were_about_its_units_whatever_the_code_says_now() {
    let place = with_codes().await;
    let bergen = &place.bergen;
    let file =
        format!("{HEADER}{0},vision,all,2,3,7,om skulen\n{1},vision,all,2,3,7,om barnehagen\n", "B-017", "Barnehagen");
    let batch = send(bergen, csv(bergen, "&code_scheme=oppvekstsystem", file)).await.expect(201);
    let result = format!("/v1/kartlegging/batches/{}/result", batch.id());
    let swapped = json!({"unit_orgnr": place.private_kindergarten});
    bergen.put(&format!("{SCHEME}/B-017"), "*", swapped).await.expect(200);
    bergen.delete(&format!("{SCHEME}/Barnehagen"), "*").await.expect(204);
    let of_owner = place.owner.get(&result).await.expect(200).text;
    assert!(of_owner.contains("om barnehagen") && !of_owner.contains("om skulen"), "{of_owner}");
    let seen = place.owner.get(&format!("/v1/kartlegging/batches/{}", batch.id())).await.expect(200).json();
    assert_eq!(seen["code_scheme"], serde_json::Value::Null, "how others call their units is their own business");
}

#[actix_web::test]
async fn a_batch_whose_scheme_is_gone_says_that_the_code_is_unknown() {
    let place = Place::new().await;
    let (bergen, path) = (&place.bergen, format!("{SCHEME}/B-017"));
    bergen.put_new(&path, json!({"unit_orgnr": place.school})).await.expect(201);
    let body =
        json!({"instrument": "basis-2026", "period": "2026", "mode": "valid_rows", "code_scheme": "oppvekstsystem"});
    let batch = bergen.post("/v1/kartlegging/batches", body).await.expect(201).header("location");
    let part = bergen.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/csv");
    send(bergen, part.body(format!("{HEADER}{}", place.row("B-017", "vision", "2")))).await.expect(200);
    bergen.delete(&path, "*").await.expect(204);
    let committed = bergen.transition(&format!("{batch}/commit"), "*", json!({"parts": 1})).await.expect(200);
    assert_eq!(findings(&committed), [("unit_code_unknown".to_owned(), "unit_orgnr".to_owned(), 1)]);
}

#[actix_web::test]
async fn a_batch_in_parts_keeps_its_scheme() {
    let place = with_codes().await;
    let bergen = &place.bergen;
    let body = json!({"instrument": "basis-2026", "period": "2026", "code_scheme": "oppvekstsystem"});
    let batch = bergen.post("/v1/kartlegging/batches", body).await.expect(201).header("location");
    let part = bergen.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/csv");
    let part = part.body(format!("{HEADER}{}", place.row("B-017", "vision", "2")));
    assert_eq!(send(bergen, part).await.expect(200).json()["faulty"], 0);
    let committed = bergen.transition(&format!("{batch}/commit"), "*", json!({"parts": 1})).await.expect(200);
    assert_eq!(counts(&committed), [1, 1, 0, 0, 0]);
}

#[actix_web::test]
async fn a_code_is_mapped_once_changed_with_its_version_and_taken_away() {
    let place = with_codes().await;
    let (bergen, path) = (&place.bergen, format!("{SCHEME}/B-017"));
    let to = |unit: &str| json!({"unit_orgnr": unit});
    assert_eq!(bergen.put_new(&path, to(&place.school)).await.expect(412).code(), "version_mismatch");
    let changed = bergen.put(&path, "\"1\"", to(&place.private_kindergarten)).await.expect(200);
    assert_eq!(
        (&changed.json()["unit_orgnr"], &changed.json()["version"]),
        (&json!(place.private_kindergarten), &json!(2))
    );
    assert_eq!(bergen.put(&path, "\"1\"", to(&place.school)).await.expect(412).code(), "version_mismatch");
    assert_eq!(total(bergen, "/v1/kartlegging/code-schemes?code_scheme=oppvekstsystem").await, 2);
    assert_eq!(total(&place.alver, "/v1/kartlegging/code-schemes").await, 0, "codes are nobody else's");
    assert_eq!(place.alver.delete(&path, "*").await.expect(404).code(), "not_found");
    let same = bergen.put(&path, "\"2\"", to(&place.private_kindergarten)).await.expect(200);
    assert_eq!(same.json()["version"], 2, "nothing was changed");
    bergen.delete(&path, "\"2\"").await.expect(204);
    assert_eq!(bergen.delete(&path, "*").await.expect(404).code(), "not_found");
    assert_eq!(total(bergen, "/v1/kartlegging/code-schemes").await, 1);
    let events = format!("/v1/events?subject={}", same.id());
    let events = bergen.get(&events).await.expect(200).json()["items"].as_array().unwrap().clone();
    let happened: Vec<&str> = events.iter().map(|event| event["data"]["state"].as_str().unwrap()).collect();
    assert_eq!(happened, ["active", "active", "deleted"]);
    let back = bergen.put_new(&path, to(&place.school)).await.expect(201);
    assert_eq!((back.id(), &back.json()["version"]), (same.id(), &json!(4)));
}

#[actix_web::test]
async fn a_code_is_read_where_it_was_put_whatever_characters_it_has() {
    let place = Place::new().await;
    let body = json!({"unit_orgnr": place.school});
    for (code, expected) in
        [("B-017", "B-017"), ("Blåbær%2Ftrinn%201", "Bl%C3%A5b%C3%A6r%2Ftrinn%201"), ("100%25%3F", "100%25%3F")]
    {
        let made = place.bergen.put_new(&format!("{SCHEME}/{code}"), body.clone()).await.expect(201);
        assert_eq!(made.header("location"), format!("{SCHEME}/{expected}"));
        let read = place.bergen.get(&made.header("location")).await.expect(200);
        assert_eq!((read.json(), read.tag()), (made.json(), made.tag()));
        let known = place.bergen.request(Method::GET, &made.header("location")).header("If-None-Match", read.tag());
        place.bergen.send(known).await.expect(304);
    }
    let path = format!("{SCHEME}/B-017");
    assert_eq!(place.alver.get(&path).await.expect(404).code(), "not_found", "codes are nobody else's");
    place.bergen.get("/v1/kartlegging/code-schemes/fagsystem/B-017").await.expect(404);
    place.bergen.delete(&path, "*").await.expect(204);
    place.bergen.get(&path).await.expect(404);
}

#[actix_web::test]
async fn what_cannot_be_a_code_is_refused() {
    let place = with_codes().await;
    let bergen = &place.bergen;
    let own = json!({"unit_orgnr": place.school});
    for (path, body, code) in [
        ("/v1/kartlegging/code-schemes/Oppvekst/B-1", &own, "code_scheme_name"),
        ("/v1/kartlegging/code-schemes/oppvekst/15081210281", &own, "unit_code"),
        ("/v1/kartlegging/code-schemes/oppvekst/B-1", &json!({"unit_orgnr": place.school_in_alver}), "unit_not_yours"),
        ("/v1/kartlegging/code-schemes/oppvekst/B-1", &json!({"unit_orgnr": "974760673"}), "unknown_unit"),
        ("/v1/kartlegging/code-schemes/oppvekst/B-1", &json!({"unit_orgnr": "skulen"}), "unknown_unit"),
        ("/v1/kartlegging/code-schemes/15081210281/B-1", &own, "code_scheme_name"),
        (
            &format!("/v1/kartlegging/code-schemes/oppvekst/{}", place.private_kindergarten),
            &own,
            "code_of_another_unit",
        ),
    ] {
        let refused = bergen.put_new(path, body.clone()).await.expect(422);
        assert_eq!(refused.faults()[0].0, code, "{path} {body}: {}", refused.text);
    }
    let unknown = send(bergen, csv(bergen, "&code_scheme=fagsystem", place.one_row())).await.expect(422);
    assert_eq!(unknown.faults(), [("unknown_code_scheme".to_owned(), "code_scheme".to_owned())]);
}
