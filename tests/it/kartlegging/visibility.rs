//! Who sees what: the sender, the unit's owner, and nobody else (K07).

use serde_json::json;

use super::{HEADER, Place, csv, send, total};
use crate::support::Answer;

async fn batch_of_bergen(place: &Place) -> Answer {
    let rows = [
        format!("{},vision,leaders,2,4,12,om skulen", place.school),
        format!("{},vision,leaders,2,4,12,om barnehagen", place.private_kindergarten),
        format!("{},hearing,leaders,x,4,12,feil", place.school),
    ];
    let file = format!("{HEADER}{}\n", rows.join("\n"));
    send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201)
}

#[actix_web::test]
async fn the_owner_of_a_unit_sees_what_is_said_about_it_and_no_more() {
    let place = Place::new().await;
    let batch = batch_of_bergen(&place).await;
    let path = format!("/v1/kartlegging/batches/{}", batch.id());
    let seen = place.owner.get(&path).await.expect(200).json();
    assert_eq!((&seen["counts"]["received"], &seen["findings"]), (&json!(3), &json!([])));
    let result = place.owner.get(&format!("{path}/result")).await.expect(200).text;
    assert_eq!(result.lines().count(), 2);
    assert!(result.contains("om barnehagen") && !result.contains("om skulen"));
    let responses = place.owner.get("/v1/kartlegging/responses").await.expect(200).json();
    assert_eq!(responses["items"].as_array().unwrap().len(), 1);
    assert_eq!(responses["items"][0]["comment"], "om barnehagen");
    let events = place.owner.get("/v1/events").await.expect(200).json();
    assert_eq!(events["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn to_everybody_else_it_is_not_there() {
    let place = Place::new().await;
    let batch = batch_of_bergen(&place).await;
    let path = format!("/v1/kartlegging/batches/{}", batch.id());
    let governor = place.server.county_governor().await;
    for other in [&place.alver, &governor] {
        other.get(&path).await.expect(404);
        other.get(&format!("{path}/result")).await.expect(404);
        assert_eq!(total(other, "/v1/kartlegging/batches").await, 0);
        assert_eq!(total(other, &format!("/v1/kartlegging/batches?sender_orgnr={}", place.bergen.orgnr)).await, 0);
        assert_eq!(total(other, &format!("/v1/kartlegging/batches?id={}", batch.id())).await, 0);
        assert_eq!(total(other, "/v1/kartlegging/responses").await, 0);
        assert_eq!(total(other, &format!("/v1/kartlegging/responses?batch_id={}", batch.id())).await, 0);
        assert_eq!(other.get("/v1/events").await.expect(200).json()["items"], json!([]));
    }
    place.server.anonymous().get(&path).await.expect(401);
    place.bergen.get("/v1/kartlegging/batches/01936b0e-7c1a-7000-8000-1234567890ab").await.expect(404);
}
