//! Search: whoever searches finds what it reads, by the words in that, and nothing else.

use domain::organisations::OrganisationKind;
use serde_json::{Value, json};

use crate::forum::stage::Stage;
use crate::support::{Actor, County};

/// The ids that a search finds; the count agrees.
async fn found(actor: &Actor, words: &str) -> Vec<String> {
    let request = actor.request(reqwest::Method::GET, "/v1/needs").query(&[("q", words), ("include_total", "true")]);
    let page = actor.send(request).await.expect(200).json();
    let items = page["items"].as_array().unwrap();
    assert_eq!(page["total"], json!(items.len()), "{words}");
    items.iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

const NOWHERE: [String; 0] = [];

#[actix_web::test]
async fn a_need_is_found_by_its_words_however_they_are_typed() {
    let county = County::new().await;
    let mut document = county.document();
    document["title"] = json!("Mánáidgárdi og barnehåge på Åsane");
    let draft = county.bergen.post("/v1/needs", document).await.expect(201);
    county.draft().await;
    let only = [draft.id()];
    for typed in
        ["Mánáidgárdi", "manaidgardi", "BARNEHAGE ASANE", "barnehåg aas", "åsane", "aasane", "asane sprak skole"]
    {
        let hits = found(&county.bergen, typed).await;
        assert_eq!(hits, only, "{typed}");
    }
    assert_eq!(found(&county.bergen, "språkmiljø bergen").await.len(), 2, "goals, and the sender's name");
    assert_eq!(found(&county.bergen, "tidligere").await.len(), 2, "the expected benefit");
    assert_eq!(found(&county.bergen, "mana finnesikke").await, NOWHERE);
    assert_eq!(found(&county.bergen, "miljø").await, NOWHERE, "a word's middle");
    assert_eq!(found(&county.bergen, "fagleg rådgiver oppvekst").await, NOWHERE, "the contact");
    let renamed = json!({"title": "Noko anna"});
    county.bergen.patch(&format!("/v1/needs/{}", only[0]), &draft.tag(), renamed).await.expect(200);
    assert_eq!(found(&county.bergen, "barnehage åsane").await, NOWHERE, "what it was called before");
    let tag = county.bergen.get(&format!("/v1/needs/{}", only[0])).await.expect(200).tag();
    county.bergen.delete(&format!("/v1/needs/{}", only[0]), &tag).await.expect(204);
    assert_eq!(found(&county.bergen, "noko").await, NOWHERE);
}

#[actix_web::test]
async fn draft_and_submission_are_each_found_by_those_who_read_them() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let directorate = county.organisation(30, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let stavanger = county.stavanger(31).await;
    let submitted = county.submitted().await;
    let only = [submitted.id()];
    let on_record = [&county.governor, &stage.voss, &directorate];
    let asked = [&county.university, &county.owner];
    for reader in on_record.into_iter().chain(asked).chain([&county.bergen]) {
        for words in ["sprakmiljo", "B-2026-VL-0001", "bergen kommune"] {
            let hits = found(reader, words).await;
            assert_eq!(hits, only, "{words}");
        }
    }
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let changed = json!({"title": "Hemmeleg utkast"});
    county.bergen.patch(&path, &returned.tag(), changed).await.expect(200);
    for reader in asked.into_iter().chain([&county.bergen]) {
        assert_eq!(found(reader, "hemmeleg").await, only, "the draft is theirs to read");
        assert_eq!(found(reader, "for alle").await, NOWHERE, "what it was called when it was submitted");
        assert_eq!(found(reader, "hemmeleg B-2026-VL-0001").await, only);
    }
    for reader in on_record {
        assert_eq!(found(reader, "hemmeleg").await, NOWHERE, "a draft is never theirs");
        assert_eq!(found(reader, "for alle").await, only, "they read what was submitted");
    }
    for words in ["hemmeleg", "språkmiljø", "bergen"] {
        assert_eq!(found(&stavanger, words).await, NOWHERE);
    }
    let fresh = county.draft().await.id();
    for reader in on_record.into_iter().chain(asked) {
        assert!(!found(reader, "språkmiljø").await.contains(&fresh), "nobody was asked yet");
    }
}

#[actix_web::test]
async fn whoever_comes_by_several_roads_meets_a_need_once() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let (first, second) = (county.submitted().await.id(), county.submitted().await.id());
    for reader in [&county.bergen, &county.university] {
        let page = reader.get("/v1/needs?limit=1&include_total=true").await.expect(200).json();
        assert_eq!((&page["total"], &page["items"][0]["id"]), (&json!(2), &json!(first)));
        let cursor = page["next_cursor"].as_str().unwrap();
        let rest = reader.get(&format!("/v1/needs?limit=1&cursor={cursor}")).await.expect(200).json();
        assert_eq!((&rest["next_cursor"], &rest["items"][0]["id"]), (&Value::Null, &json!(second)));
    }
}

#[actix_web::test]
async fn signs_and_operators_are_text_or_refused() {
    let county = County::new().await;
    let draft = county.draft().await.id();
    let q = |words: &str| county.bergen.request(reqwest::Method::GET, "/v1/needs").query(&[("q", words)]);
    for refused in ["", " ", "*", "\"():-^{}[]'&|!<>\\", &"språk ".repeat(200), &"a".repeat(1_000)] {
        let answer = county.bergen.send(q(refused)).await.expect(400);
        assert_eq!(
            (answer.code(), answer.faults()),
            ("invalid_query".to_owned(), vec![("invalid_value".to_owned(), "q".to_owned())])
        );
    }
    for harmless in
        ["språk*", "\"språk", "(språk", "språk) OR", "title:språk", "språk:*", "!språk", "'; DROP TABLE needs; --"]
    {
        county.bergen.send(q(harmless)).await.expect(200);
    }
    for (words, finds) in
        [("\"for alle\"", true), ("språk-miljø", false), ("for NOT alle", false), ("NEAR(alle, 2)", false)]
    {
        assert_eq!(found(&county.bergen, words).await.contains(&draft), finds, "{words}");
    }
    let many = (0..50).map(|n| format!("a{n}")).collect::<Vec<_>>().join(" ");
    county.bergen.send(q(&many)).await.expect(200);
}
