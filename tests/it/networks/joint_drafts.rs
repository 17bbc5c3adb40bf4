//! A coordination becomes one draft of its lead.

use serde_json::{Value, json};
use uuid::Uuid;

use super::stage::{Stage, ids};
use crate::support::County;

#[actix_web::test]
async fn the_lead_turns_a_coordination_into_a_joint_draft_once() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let other = stage.shared_draft_of(bergen, "Språk i Bergen").await;
    let own = stage.shared_draft_of(voss, "Språk på Voss").await;
    let made = stage.coordination(&[&other, &own]).await;
    let (draft, body) = (format!("{made}/draft"), json!({"round_id": stage.county.round}));
    assert_eq!(bergen.post(&draft, body.clone()).await.expect(403).code(), "not_yours_to_do");
    stage.alver.post(&draft, body.clone()).await.expect(404);
    let key = voss.request(reqwest::Method::POST, &draft).header("Idempotency-Key", "joint-1").json(&body);
    let joint = voss.send(key).await.expect(201);
    let need = joint.json();
    assert_eq!(joint.header("location"), format!("/v1/needs/{}", joint.id()));
    assert_eq!((&need["title"], &need["state"]), (&json!("Språk sammen"), &json!("draft")));
    let description = need["description"].as_str().unwrap();
    assert!(description.starts_with("To kommuner vil det samme.\n\nUtkastet er satt sammen av disse behovene:\n\n"));
    assert!(description.contains("«Språk på Voss» (Voss herad)\nOm Språk på Voss."), "{description}");
    assert_eq!(need["evidence"]["explanation"], "Hemmelig om Språk på Voss", "its own, not the other's");
    assert_eq!(need["participants"], json!([{"orgnr": bergen.orgnr, "contribution": null}]));
    let partner = json!({"orgnr": stage.county.university.orgnr, "contribution": "Leder samlingene."});
    assert_eq!(need["partners"], json!([partner]));
    assert_eq!((&need["amount_nok"], &need["budget"]), (&json!(0), &json!([])));
    assert_eq!(
        (&need["areas"], &need["goals"]),
        (&json!([{"area": "language_speech", "level": "basic", "purpose": "build"}]), &json!(["Felles praksis"]))
    );
    let coordination = made.rsplit('/').next().unwrap();
    assert_eq!((&need["coordination_id"], &need["shared_with"]), (&json!(coordination), &json!([stage.id()])));

    let seen = bergen.get(&format!("/v1/needs/{}", joint.id())).await.expect(200).json();
    assert_eq!(seen["coordination_id"], json!(coordination), "the network sees where it comes from");
    let drafted = bergen.get(&made).await.expect(200).json();
    assert_eq!((&drafted["state"], &drafted["draft_need_id"]), (&json!("drafted"), &json!(joint.id())));
    assert_eq!(ids(&bergen.get(&format!("{}/needs", stage.network)).await.expect(200)).len(), 3);
    let again = voss.request(reqwest::Method::POST, &draft).header("Idempotency-Key", "joint-1").json(&body);
    assert_eq!(voss.send(again).await.expect(201).header("idempotency-replayed"), "true");
    let second = voss.post(&draft, body.clone()).await.expect(409);
    assert_eq!((second.code().as_str(), &second.json()["params"]["need_id"]), ("already_exists", &json!(joint.id())));
    assert_eq!(stage.change(bergen, &made, json!({"need_ids": []})).await.expect(409).code(), "state_conflict");
    let patched = voss.patch(&format!("/v1/needs/{}", joint.id()), &joint.tag(), json!({"title": "Vårt"})).await;
    assert_eq!(patched.expect(200).json()["coordination_id"], json!(coordination));

    let tag = voss.get(&format!("/v1/needs/{}", joint.id())).await.expect(200).tag();
    voss.delete(&format!("/v1/needs/{}", joint.id()), &tag).await.expect(204);
    let open = bergen.get(&made).await.expect(200).json();
    assert_eq!((&open["state"], &open["draft_need_id"]), (&json!("open"), &Value::Null));
    let titled = json!({"round_id": stage.county.round, "title": "Et nytt forsøk"});
    assert_eq!(voss.post(&draft, titled).await.expect(201).json()["title"], "Et nytt forsøk");
}

#[actix_web::test]
async fn a_joint_draft_needs_needs_an_open_round_of_the_leads_county_and_an_open_coordination() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let empty = stage.coordination(&[]).await;
    let body = json!({"round_id": stage.county.round});
    let refused = voss.post(&format!("{empty}/draft"), body.clone()).await.expect(409);
    assert_eq!(refused.code(), "coordination_without_needs");
    let need = stage.shared_draft_of(bergen, "Språk i Bergen").await;
    let made = stage.coordination(&[&need]).await;
    let draft = format!("{made}/draft");
    let nowhere = voss.post(&draft, json!({"round_id": Uuid::now_v7()})).await.expect(422);
    assert_eq!(nowhere.faults(), [("unknown_reference".to_owned(), "/round_id".to_owned())]);
    let stavanger = County::stavanger(&stage.county, 30).await;
    stage.put_member(&stavanger.orgnr).await.expect(200);
    stage.change(bergen, &made, json!({"lead_orgnr": stavanger.orgnr})).await.expect(200);
    let other_county = stavanger.post(&draft, body.clone()).await.expect(422);
    assert_eq!(other_county.faults(), [("round_of_other_county".to_owned(), "/round_id".to_owned())]);
    stage.change(bergen, &made, json!({"lead_orgnr": voss.orgnr, "closed": true})).await.expect(200);
    assert_eq!(voss.post(&draft, body).await.expect(409).code(), "state_conflict");
}

#[actix_web::test]
async fn of_two_calls_at_once_one_makes_the_draft() {
    let stage = Stage::new().await;
    let need = stage.shared_draft_of(&stage.county.bergen, "Språk i Bergen").await;
    let draft = format!("{}/draft", stage.coordination(&[&need]).await);
    let body = json!({"round_id": stage.county.round});
    let calls = (0..6).map(|_| stage.voss.post(&draft, body.clone()));
    let mut statuses: Vec<u16> = futures_util::future::join_all(calls).await.iter().map(|a| a.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409, 409, 409]);
    assert_eq!(ids(&stage.voss.get("/v1/needs").await.expect(200)).len(), 2);
}
