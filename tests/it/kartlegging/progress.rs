//! Following a batch by server-sent events.

use reqwest::Method;
use serde_json::{Value, json};

use super::{HEADER, Place, counts, send};
use crate::support::{Actor, TestServer};

/// The events of a line that was read to its end: name and data.
fn events(text: &str) -> Vec<(String, Value)> {
    let of = |block: &str, field: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(field));
        line.map(|value| value.trim().to_owned())
    };
    let blocks = text.split("\n\n").filter_map(|block| Some((of(block, "event:")?, of(block, "data:")?)));
    blocks.map(|(name, data)| (name, serde_json::from_str(&data).unwrap())).collect()
}

async fn opened(actor: &Actor, rows: &str) -> String {
    let body = json!({"instrument": "basis-2026", "period": "2026"});
    let batch = actor.post("/v1/kartlegging/batches", body).await.expect(201).header("location");
    let part = actor.request(Method::PUT, &format!("{batch}/parts/1")).header("Content-Type", "text/csv");
    send(actor, part.body(rows.to_owned())).await.expect(200);
    batch
}

#[actix_web::test]
async fn a_batch_is_followed_to_its_end() {
    let place = Place::on(TestServer::start_with(&["--commit-patience", "0"]).await).await;
    let bergen = &place.bergen;
    let rows = format!("{HEADER}{}{}", place.row(&place.school, "vision", "2"), place.row(&place.school, "aac", "2"));
    let batch = opened(bergen, &rows).await;
    let progress = format!("{batch}/progress");
    let (line, ()) = tokio::join!(bergen.get(&progress), async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        bergen.transition(&format!("{batch}/commit"), "*", json!({"parts": 1})).await.expect(202);
    });
    let line = line.expect(200);
    assert_eq!(
        (line.header("content-type").as_str(), line.header("cache-control")),
        ("text/event-stream", "private, no-cache".to_owned())
    );
    let events = events(&line.text);
    let (first, last) = (events.first().unwrap(), events.last().unwrap());
    assert_eq!((first.0.as_str(), &first.1["state"]), ("progress", &json!("receiving")));
    assert_eq!((&first.1["parts"], &first.1["rows"], &first.1["checked"]), (&json!(1), &json!(2), &Value::Null));
    assert!(events.iter().rev().skip(1).all(|(name, _)| name == "progress"), "{events:?}");
    assert_eq!(
        (last.0.as_str(), &last.1["state"], &last.1["counts"]["created"]),
        ("end", &json!("committed"), &json!(2))
    );
    assert_eq!(last.1, bergen.get(&batch).await.expect(200).json());
}

#[actix_web::test]
async fn what_has_ended_is_told_at_once_and_only_to_who_sees_it() {
    let place = Place::new().await;
    let batch = send(&place.bergen, super::csv(&place.bergen, "", place.one_row())).await.expect(201);
    assert_eq!(counts(&batch), [1, 1, 0, 0, 0]);
    let path = format!("/v1/kartlegging/batches/{}/progress", batch.id());
    let request = |method: Method| place.bergen.request(method, &path).header("Accept", "text/event-stream");
    let told = events(&place.bergen.send(request(Method::GET)).await.expect(200).text);
    assert_eq!(told.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["end"]);
    assert_eq!(place.bergen.send(request(Method::HEAD)).await.expect(200).text, "");
    assert_eq!(place.alver.get(&path).await.expect(404).code(), "not_found");
}
