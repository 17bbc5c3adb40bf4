//! Attachments from the upload to the file that is saved, and who sees them when.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{attach, attach_plan, pdf, shown, upload, word};
use crate::support::County;

#[actix_web::test]
async fn a_file_comes_back_as_it_was_sent_and_only_to_be_saved() {
    let county = County::new().await;
    let need = county.draft().await.id();
    let content = word(&[("word/media/image1.txt", b"hei")]);
    let name = "  Tiltaksplan «språk» \"2027\".docx ";
    let digest = Sha256::digest(&content);
    let request = upload(&county.bergen, &need, "case", name, content.clone());
    let said = format!("sha-256=:{}:", STANDARD.encode(digest));
    let added = county.bergen.send(request.header("Content-Digest", said)).await.expect(201);
    let view = added.json();
    assert_eq!((&view["file_name"], &view["format"]), (&json!(name.trim()), &json!("docx")));
    assert_eq!((&view["sha256"], &view["size_bytes"]), (&json!(hex::encode(digest)), &json!(content.len())));
    assert_eq!((&view["side"], &view["first_version"]), (&json!("sender"), &json!(null)));
    let path = added.header("location");
    let read = county.bergen.get(&path).await.expect(200);
    assert_eq!((read.json(), read.tag()), (view.clone(), added.tag()));

    let request = county.bergen.request(reqwest::Method::GET, &format!("{path}/content"));
    let answer = request.header("Accept", "application/pdf").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), view["media_type"].as_str().unwrap());
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
    assert_eq!(header("cache-control"), "private, no-cache");
    assert_eq!(header("content-length"), content.len().to_string());
    let disposition = header("content-disposition");
    assert!(disposition.starts_with("attachment; filename=\"Tiltaksplan _spr_k_ _2027_.docx\""), "{disposition}");
    assert!(
        disposition.contains("filename*=UTF-8''Tiltaksplan%20%C2%ABspr%C3%A5k%C2%BB%20%222027%22.docx"),
        "{disposition}"
    );
    let tag = header("etag");
    assert_eq!(tag, format!("\"{}\"", hex::encode(digest)));
    assert_eq!(answer.bytes().await.unwrap(), content);

    let request = county.bergen.request(reqwest::Method::GET, &format!("{path}/content"));
    let known = county.bergen.send(request.header("If-None-Match", tag)).await.expect(304);
    assert_eq!(known.text, "");
}

#[actix_web::test]
async fn a_retry_gets_its_answer_also_when_the_need_has_gone_on() {
    let county = County::new().await;
    let ready = county.ready().await;
    let send = |content: Vec<u8>| {
        let request = upload(&county.bergen, &ready.id(), "case", "plan.pdf", content);
        county.bergen.send(request.header("Idempotency-Key", "nightly-1"))
    };
    let first = send(pdf("a")).await.expect(201);
    county.bergen.transition(&format!("/v1/needs/{}/submit", ready.id()), &ready.tag(), json!({})).await.expect(200);
    let again = send(pdf("a")).await.expect(201);
    assert_eq!((again.text.as_str(), again.header("idempotency-replayed")), (first.text.as_str(), "true".to_owned()));
    assert_eq!(send(pdf("b")).await.expect(422).code(), "idempotency_key_reused");
    assert_eq!(shown(&county.bergen, &ready.id(), "").await.len(), 1);
    assert_eq!(
        attach(&county.bergen, &ready.id(), "case", "x.pdf", pdf("c")).await.expect(409).code(),
        "state_conflict"
    );
}

#[actix_web::test]
async fn the_case_is_seen_once_it_is_submitted_and_a_submission_keeps_what_it_had() {
    let county = County::new().await;
    let ready = county.ready().await;
    let need = ready.id();
    let path = format!("/v1/needs/{need}");
    let first = attach_plan(&county.bergen, &need).await;
    assert_eq!(shown(&county.university, &need, "").await, [first.id()], "whoever is invited sees the draft's");
    county.governor.get(&first.header("location")).await.expect(404);
    let submitted = county.bergen.transition(&format!("{path}/submit"), &ready.tag(), json!({})).await.expect(200);
    assert_eq!(shown(&county.governor, &need, "&purpose=case").await, [first.id()]);
    county.server.set_now("2026-11-22T11:00:00Z");

    let terms = json!({"reply_by": "2027-02-15", "reason": "Planen mangler evaluering."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let second = attach(&county.bergen, &need, "case", "plan2.pdf", pdf("with evaluation")).await.expect(201);
    county.bergen.delete(&first.header("location"), "\"1\"").await.expect(412);
    county.bergen.delete(&first.header("location"), "\"2\"").await.expect(204);
    assert_eq!(shown(&county.governor, &need, "").await, [first.id()], "the submission that it reads");
    county.governor.get(&format!("{}/content", second.header("location"))).await.expect(404);
    let again = county.bergen.delete(&first.header("location"), "\"3\"").await.expect(409);
    assert_eq!(again.code(), "attachment_in_submission");

    county.bergen.transition(&format!("{path}/submit"), &returned.tag(), json!({})).await.expect(200);
    let since = "&updated_since=2026-11-22T11:00:00Z";
    assert_eq!(shown(&county.governor, &need, since).await, [first.id(), second.id()], "who polls misses nothing");
    assert_eq!(shown(&county.governor, &need, "&submission=1").await, [first.id()]);
    assert_eq!(shown(&county.governor, &need, "&submission=2").await, [second.id()]);
    let kept = county.governor.get(&first.header("location")).await.expect(200).json();
    assert_eq!((&kept["first_version"], &kept["last_version"]), (&json!(1), &json!(1)));
    let late = county.bergen.delete(&second.header("location"), "\"2\"").await.expect(409);
    assert_eq!(late.code(), "state_conflict");
}

#[actix_web::test]
async fn what_is_for_the_dialogue_is_between_the_two() {
    let county = County::new().await;
    let draft = county.draft().await.id();
    let early = attach(&county.bergen, &draft, "dialogue", "svar.pdf", pdf("svar")).await.expect(409);
    assert_eq!(early.code(), "need_not_submitted");

    let need = county.submitted().await.id();
    let by_sender = attach(&county.bergen, &need, "dialogue", "svar.pdf", pdf("svar")).await.expect(201);
    let by_office = attach(&county.governor, &need, "dialogue", "brev.pdf", pdf("brev")).await.expect(201);
    assert_eq!(by_office.json()["side"], "county_governor");
    let both = [by_sender.id(), by_office.id()];
    assert_eq!(shown(&county.bergen, &need, "").await, both);
    assert_eq!(shown(&county.governor, &need, "").await, both);
    assert!(shown(&county.university, &need, "").await.is_empty());
    for other in [&county.university, &county.owner] {
        other.get(&by_sender.header("location")).await.expect(404);
        other.delete(&by_sender.header("location"), "\"1\"").await.expect(404);
        attach(other, &need, "dialogue", "x.pdf", pdf("x")).await.expect(403);
    }
    attach(&county.governor, &need, "case", "x.pdf", pdf("x")).await.expect(403);
    county.governor.delete(&by_sender.header("location"), "\"1\"").await.expect(403);
    county.bergen.delete(&by_sender.header("location"), "\"7\"").await.expect(412);
    county.bergen.delete(&by_sender.header("location"), "\"1\"").await.expect(204);
    assert_eq!(shown(&county.governor, &need, "").await, [by_office.id()]);
}

#[actix_web::test]
async fn a_draft_that_is_thrown_away_takes_its_attachments_along() {
    let county = County::new().await;
    let draft = county.draft().await;
    let added = attach_plan(&county.bergen, &draft.id()).await;
    county.bergen.delete(&format!("/v1/needs/{}", draft.id()), &draft.tag()).await.expect(204);
    county.bergen.get(&added.header("location")).await.expect(404);
}
