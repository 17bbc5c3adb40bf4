//! Frames and their ledgers.

use serde_json::json;

use super::stage::{Asked, Stage};

#[actix_web::test]
async fn a_frame_is_seen_by_its_office_and_the_directorate_only() {
    let stage = Stage::set().await;
    let made = stage.frame(5_300_000).await.expect(201);
    assert_eq!((made.json()["amount_nok"].as_i64(), made.json()["year"].as_i64()), (Some(5_300_000), Some(2027)));
    let path = made.header("location");
    for reader in [&stage.governor, &stage.directorate] {
        assert_eq!(reader.get(&path).await.expect(200).json(), made.json());
    }
    for hidden in [&stage.sender, &stage.university, &stage.stranger, &stage.other_governor] {
        hidden.get(&path).await.expect(404);
        hidden.get(&format!("{path}/ledger")).await.expect(404);
        assert_eq!(hidden.get("/v1/frames").await.expect(200).json()["items"], json!([]));
        let patch = json!({ "sources": [] });
        hidden.patch(&path, &made.tag(), patch).await.expect(404);
    }
    stage.directorate.patch(&path, &made.tag(), json!({ "sources": [] })).await.expect(403);
    let by_filter = stage.directorate.get("/v1/frames?county_governor=vestland&scheme=kollektiv&year=2027").await;
    assert_eq!(by_filter.expect(200).json()["items"].as_array().unwrap().len(), 1);
}

#[actix_web::test]
async fn there_is_one_frame_per_scheme_and_year() {
    let stage = Stage::set().await;
    let first = stage.frame(100).await.expect(201);
    let second = stage.frame(200).await.expect(409);
    assert_eq!(second.code(), "already_exists");
    assert_eq!(second.json()["params"]["frame_id"], first.json()["id"]);
}

#[actix_web::test]
async fn a_frame_names_a_known_scheme_and_sources_with_a_reference() {
    let stage = Stage::set().await;
    let unknown = json!({ "scheme": "lotto", "year": 2027, "sources": [] });
    let answer = stage.governor.post("/v1/frames", unknown).await.expect(422);
    assert_eq!(answer.faults(), [("unknown_scheme".to_owned(), "/scheme".to_owned())]);
    let source = json!({ "kind": "lottery", "reference": "", "amount_nok": 0 });
    let wrong = json!({ "scheme": "kollektiv", "year": 2027, "sources": [source] });
    let answer = stage.governor.post("/v1/frames", wrong).await.expect(422);
    let places: Vec<String> = answer.faults().into_iter().map(|(code, pointer)| format!("{code} {pointer}")).collect();
    let expected = ["not_in_list /sources/0/kind", "too_short /sources/0/reference", "too_small /sources/0/amount_nok"];
    assert_eq!(places, expected);
}

#[actix_web::test]
async fn a_frame_is_not_lowered_below_what_is_committed() {
    let stage = Stage::set().await;
    let frame = stage.frame(1_000).await.expect(201);
    stage.need(Asked { asked: &[300, 200], recommended: &[300, 200] }).await;
    let path = frame.header("location");
    let sources = |amount: i64| {
        let source = json!({ "kind": "carried_over", "reference": "Overføring 2026", "amount_nok": amount });
        json!({ "sources": [source] })
    };
    let refused = stage.governor.patch(&path, &frame.tag(), sources(299)).await.expect(409);
    assert_eq!(refused.code(), "frame_below_committed");
    assert_eq!(refused.json()["params"]["committed_nok"], 300);
    let changed = stage.governor.patch(&path, &frame.tag(), sources(300)).await.expect(200);
    assert_eq!(changed.json()["amount_nok"], 300);
    assert_eq!(stage.ledger().await["left_nok"], 0);
    let stale = stage.governor.patch(&path, &frame.tag(), sources(500)).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
}

#[actix_web::test]
async fn only_the_first_year_of_a_line_is_reserved() {
    let stage = Stage::set().await;
    stage.frame(1_000).await.expect(201);
    let need = stage.need(Asked { asked: &[300, 200], recommended: &[300, 200] }).await;
    stage.need(Asked { asked: &[100], recommended: &[0] }).await;
    let ledger = stage.ledger().await;
    let figures =
        ["sources_nok", "reserved_nok", "used_nok", "committed_nok", "left_nok"].map(|name| ledger[name].as_i64());
    assert_eq!(figures, [Some(1_000), Some(300), Some(0), Some(300), Some(700)]);
    assert_eq!(ledger["entries"][0]["need_id"], json!(need));
}
