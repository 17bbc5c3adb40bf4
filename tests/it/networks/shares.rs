//! A need that its sender shares with a network is read there as by those who are invited, with what is asked for in
//! all, until it is taken back, deleted, or its sender or reader leaves.

use serde_json::{Value, json};

use super::stage::{Stage, ids};
use crate::support::{Actor, County};

async fn sees(actor: &Actor, need: &str) -> bool {
    let one = actor.get(&format!("/v1/needs/{need}")).await;
    let one_by_id = format!("/v1/needs?id={need}&include_total=true");
    let found = [one_by_id, "/v1/needs?area=language_speech".to_owned(), "/v1/needs?q=sprak".to_owned()];
    let mut shown = vec![one.status == 200];
    for list in found {
        shown.push(ids(&actor.get(&list).await.expect(200)).contains(&need.to_owned()));
    }
    let events = actor.get(&format!("/v1/events?subject={need}")).await.expect(200);
    shown.push(!events.json()["items"].as_array().unwrap().is_empty());
    assert!(shown.iter().all(|seen| *seen == shown[0]), "one road shows {need} and another does not: {shown:?}");
    shown[0]
}

#[actix_web::test]
async fn members_read_what_is_shared_and_nobody_else_does() {
    let stage = Stage::new().await;
    let need = stage.draft_of(&stage.voss, "Språk på Voss").await;
    let county = &stage.county;
    let everybody = [&county.bergen, &stage.statped, &stage.alver, &county.governor, &county.university];
    for other in everybody {
        assert!(!sees(other, &need).await);
    }
    let shared = stage.share(&stage.voss, &need).await.expect(200).json();
    assert_eq!(shared["shared_with"], json!([stage.id()]));
    let seen: Vec<bool> = futures_util::future::join_all(everybody.map(|other| sees(other, &need))).await;
    assert_eq!(seen, [true, true, false, false, false], "{} is a draft in the network", shared["id"]);

    let read = county.bergen.get(&format!("/v1/needs/{need}")).await.expect(200);
    let body = read.json();
    assert_eq!((&body["title"], &body["amount_nok"]), (&json!("Språk på Voss"), &json!(200_000)));
    assert_eq!((&body["own_contribution_nok"], &body["budget"]), (&json!(10_000), &json!([])));
    assert_eq!((&body["contact"], &body["shared_with"]), (&Value::Null, &json!([])));
    assert!(!read.text.contains("Hemmelig"), "evidence is the sender's own");
    assert_eq!(county.bergen.get(&format!("/v1/needs/{need}/check")).await.expect(403).code(), "not_yours_to_do");
    county.bergen.patch(&format!("/v1/needs/{need}"), &read.tag(), json!({"title": "Min"})).await.expect(403);

    let side_by_side = stage.statped.get(&format!("{}/needs", stage.network)).await.expect(200).json();
    let item = &side_by_side["items"][0];
    assert_eq!((&item["sender_name"], &item["amount_nok"]), (&json!("Voss herad"), &json!(200_000)));
    assert_eq!(item["areas"][0], json!({"area": "language_speech", "level": "basic", "purpose": "build"}));
    assert_eq!(item["partners"][0]["orgnr"], json!(county.university.orgnr));
    let office = county.governor.get(&format!("{}/needs?include_total=true", stage.network)).await.expect(200).json();
    assert_eq!((&office["items"], &office["total"]), (&json!([]), &json!(0)), "the office sees no draft");
    stage.alver.get(&format!("{}/needs", stage.network)).await.expect(404);
}

#[actix_web::test]
async fn the_sight_ends_with_unsharing_leaving_and_deleting() {
    let stage = Stage::new().await;
    let bergen = &stage.county.bergen;
    let need = stage.shared_draft_of(&stage.voss, "Språk på Voss").await;
    assert!(sees(bergen, &need).await);
    stage.unshare(&stage.voss, &need).await.expect(204);
    assert!(!sees(bergen, &need).await);
    stage.unshare(&stage.voss, &need).await.expect(404);

    stage.share(&stage.voss, &need).await.expect(200);
    assert!(sees(&stage.statped, &need).await);
    stage.remove_member(&stage.statped, &stage.statped.orgnr).await.expect(204);
    assert!(!sees(&stage.statped, &need).await, "who has left sees it no more");
    let before = stage.voss.get(&format!("/v1/needs/{need}")).await.expect(200);
    stage.remove_member(bergen, &stage.voss.orgnr).await.expect(204);
    assert!(!sees(bergen, &need).await, "what a former member shared is seen no more");
    let after = stage.voss.get(&format!("/v1/needs/{need}")).await.expect(200);
    assert_eq!(after.json()["shared_with"], json!([]));
    assert_ne!(before.tag(), after.tag(), "the need shows it, so its version is another");

    let own = stage.shared_draft_of(bergen, "Språk i Bergen").await;
    let tag = bergen.get(&format!("/v1/needs/{own}")).await.expect(200).tag();
    bergen.delete(&format!("/v1/needs/{own}"), &tag).await.expect(204);
    assert_eq!(ids(&bergen.get(&format!("{}/needs", stage.network)).await.expect(200)), Vec::<String>::new());
}

#[actix_web::test]
async fn only_the_sender_shares_and_only_with_a_network_that_it_is_in() {
    let stage = Stage::new().await;
    let need = stage.draft_of(&stage.voss, "Språk på Voss").await;
    let path = format!("/v1/needs/{need}/shares/{}", stage.id());
    stage.county.bergen.put(&path, "*", json!({})).await.expect(404);
    stage.county.governor.put(&path, "*", json!({})).await.expect(404);
    stage.share(&stage.voss, &need).await.expect(200);
    stage.county.bergen.put(&path, "*", json!({})).await.expect(403);
    stage.county.bergen.delete(&path, "*").await.expect(403);

    let own = stage.draft_of(&stage.alver, "Språk i Alver").await;
    stage.share(&stage.alver, &own).await.expect(404);
    let other = County::stavanger(&stage.county, 30).await;
    let founded = other.post("/v1/networks", json!({"name": "Nettverk Sør"})).await.expect(201).id();
    let foreign = format!("/v1/needs/{own}/shares/{founded}");
    stage.alver.put(&foreign, "*", json!({})).await.expect(404);

    let tag = stage.voss.get(&format!("/v1/needs/{need}")).await.expect(200).tag();
    let again = stage.voss.put(&path, &tag, json!({})).await.expect(200);
    assert_eq!(again.tag(), tag, "sharing twice changes nothing");
    let unnamed = stage.voss.request(reqwest::Method::PUT, &path).json(&json!({}));
    assert_eq!(stage.voss.send(unnamed).await.expect(428).code(), "precondition_required");
    assert_eq!(stage.voss.delete(&path, "\"1\"").await.expect(412).code(), "version_mismatch");
    let withdrawn = stage.voss.transition(&format!("/v1/needs/{need}/withdraw"), &tag, json!({})).await.expect(200);
    assert_eq!(stage.voss.put(&path, &withdrawn.tag(), json!({})).await.expect(409).code(), "state_conflict");
}

#[actix_web::test]
async fn a_submitted_need_is_read_by_office_and_seats_as_before_and_by_members_as_shared() {
    let stage = Stage::new().await;
    let (county, bergen) = (&stage.county, &stage.county.bergen);
    let submitted = county.submitted().await;
    let need = submitted.id();
    stage.share(bergen, &need).await.expect(200);
    stage.put_member(&county.governor.orgnr).await.expect(200);
    let office = county.governor.get(&format!("/v1/needs/{need}")).await.expect(200).json();
    assert_eq!(office["contact"]["email"], "oppvekst@bergen.example", "membership takes nothing from the office");
    let member = stage.voss.get(&format!("/v1/needs/{need}")).await.expect(200).json();
    assert_eq!((&member["contact"], &member["amount_nok"]), (&Value::Null, &json!(500_000)));
    let version = stage.voss.get(&format!("/v1/needs/{need}/versions/1")).await.expect(200);
    assert_eq!(version.json()["findings"], json!([]));
    assert!(!version.text.contains("bergen.example") && version.text.contains("Språkmiljø"), "{}", version.text);
    let items = county.governor.get(&format!("{}/needs", stage.network)).await.expect(200);
    assert_eq!(ids(&items), std::slice::from_ref(&need));
    // The university is invited and becomes a member: its own lines, and the whole amount.
    stage.put_member(&county.university.orgnr).await.expect(200);
    let both = county.university.get(&format!("/v1/needs/{need}")).await.expect(200).json();
    assert_eq!((&both["amount_nok"], &both["budget"][0]["key"]), (&json!(500_000), &json!("first")));
}
