//! A unit's owner takes over what others have sent about it (K03).

use serde_json::{Value, json};

use super::{HEADER, Place, counts, csv, send, total};
use crate::support::Actor;

const PATH: &str = "/v1/kartlegging/responses/take-over";

fn row(place: &Place, current: &str) -> String {
    format!("{HEADER}{}", place.row(&place.private_kindergarten, "vision", current))
}

/// A response about the private kindergarten that belongs to Bergen.
async fn sent_by_bergen(place: &Place) {
    send(&place.bergen, csv(&place.bergen, "", row(place, "2"))).await.expect(201);
}

fn asked(unit: &str) -> Value {
    json!({"unit_orgnr": unit, "instrument": "basis-2026", "period": "2026"})
}

async fn events_about(actor: &Actor, id: &Value) -> usize {
    let feed = actor.get(&format!("/v1/events?subject={}", id.as_str().unwrap())).await.expect(200).json();
    feed["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn the_owner_of_a_unit_takes_over_and_the_values_stay() {
    let place = Place::new().await;
    sent_by_bergen(&place).await;
    let taken = place.owner.post(PATH, asked(&place.private_kindergarten)).await.expect(200).json();
    assert_eq!(taken["responses"], 1);
    let item = &taken["items"][0];
    assert_eq!((&item["from_orgnr"], &item["to_orgnr"]), (&json!(place.bergen.orgnr), &json!(place.owner.orgnr)));
    let same = send(&place.owner, csv(&place.owner, "", row(&place, "2"))).await.expect(201);
    assert_eq!(counts(&same), [1, 0, 0, 1, 0], "what it says is as it was");
    let updated = send(&place.owner, csv(&place.owner, "", row(&place, "3"))).await.expect(201);
    assert_eq!(counts(&updated), [1, 0, 1, 0, 0]);
    let refused = send(&place.bergen, csv(&place.bergen, "", row(&place, "4"))).await.expect(201);
    assert_eq!(refused.json()["counts"]["owned_by_other"], 1);
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 0, "it is nothing of Bergen's any more");
    let list = place.owner.get("/v1/kartlegging/responses").await.expect(200).json();
    let detail = format!("/v1/kartlegging/responses/{}", list["items"][0]["id"].as_str().unwrap());
    assert_eq!(place.owner.get(&detail).await.expect(200).json()["take_overs"], json!([item]));
    for (actor, seen) in [(&place.owner, 1), (&place.bergen, 1), (&place.alver, 0)] {
        assert_eq!(total(actor, "/v1/kartlegging/responses/take-overs").await, i64::try_from(seen).unwrap());
        assert_eq!(events_about(actor, &item["id"]).await, seen);
    }
}

#[actix_web::test]
async fn doing_it_again_changes_nothing() {
    let place = Place::new().await;
    sent_by_bergen(&place).await;
    place.owner.post(PATH, asked(&place.private_kindergarten)).await.expect(200);
    let again = place.owner.post(PATH, asked(&place.private_kindergarten)).await.expect(200).json();
    assert_eq!(again, json!({"responses": 0, "items": []}));
    let read = place.owner.get("/v1/kartlegging/responses").await.expect(200).json();
    assert_eq!(read["items"][0]["version"], 2);
}

#[actix_web::test]
async fn nobody_but_the_owner_takes_over() {
    let place = Place::new().await;
    sent_by_bergen(&place).await;
    let other = place.alver.post(PATH, asked(&place.private_kindergarten)).await.expect(403);
    assert_eq!(other.code(), "not_yours_to_do");
    let unknown = place.owner.post(PATH, asked("974760673")).await.expect(422);
    assert_eq!(unknown.faults(), [("unknown_unit".to_owned(), "/unit_orgnr".to_owned())]);
    let mut period = asked(&place.private_kindergarten);
    period["period"] = json!("2026-Q1");
    assert_eq!(place.owner.post(PATH, period).await.expect(422).faults()[0].0, "invalid_period");
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 1);
}
