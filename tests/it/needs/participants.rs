//! Other owners that take part in a need, and confirm that they do (N14).

use std::time::{Duration, Instant};

use domain::organisations::{OrganisationKind, UnitKind};
use serde_json::{Value, json};

use crate::support::actors::synthetic_orgnr;
use crate::support::{Actor, Answer, County};

/// The codes of a rule's findings.
fn found(checked: &Answer, rule: &str) -> Vec<String> {
    let findings = checked.json()["findings"].as_array().unwrap().clone();
    let of_rule = findings.iter().filter(|finding| finding["rule"] == rule);
    of_rule.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

async fn checked(sender: &Actor, path: &str) -> Answer {
    sender.get(&format!("{path}/check")).await.expect(200)
}

/// Answers an invitation as it stands.
async fn answer(actor: &Actor, path: &str, verb: &str, reason: &str) -> Answer {
    let tag = actor.get(path).await.expect(200).tag();
    actor.transition(&format!("{path}/{verb}"), &tag, json!({"reason": reason})).await.expect(200)
}

async fn joint_draft(county: &County, participant: &Actor) -> (String, Answer) {
    let draft = county.bergen.post("/v1/needs", county.joint_document(&[participant])).await.expect(201);
    (format!("/v1/needs/{}", draft.id()), draft)
}

#[actix_web::test]
async fn a_need_of_two_municipalities_waits_until_both_want_it_as_it_stands() {
    let county = County::new().await;
    let neighbour = county.oeygarden(20).await;
    let havbarn = county.organisation(21, OrganisationKind::PrivateOwner, "Havbarn AS").await;
    county.server.unit_in("4626", 30, UnitKind::Kindergarten, &havbarn, &[]).await;
    let (path, draft) = joint_draft(&county, &neighbour).await;
    let before = checked(&county.bergen, &path).await;
    assert_eq!(found(&before, "N14"), ["participant_not_invited"]);
    assert_eq!(found(&before, "N05"), ["private_owner_not_mentioned", "private_owner_not_mentioned"]);
    neighbour.get(&path).await.expect(404);

    county.answered(&draft.id()).await;
    let joins = json!({"answer": "joins"});
    havbarn.transition(&format!("{path}/private-owners/{}/answer", havbarn.orgnr), "\"1\"", joins).await.expect(200);
    let waiting = neighbour.get("/v1/invitations?state=pending").await.expect(200).json();
    assert_eq!(
        (&waiting["items"][0]["need_id"], &waiting["items"][0]["role"]),
        (&json!(draft.id()), &json!("participant"))
    );
    let seen = neighbour.get(&path).await.expect(200).json();
    assert_eq!((&seen["title"], &seen["amount_nok"]), (&json!("Språkmiljø for alle"), &Value::Null));
    let own = format!("{path}/participants/{}", neighbour.orgnr);
    for other in [&county.bergen, &county.university, &havbarn] {
        let refused = other.transition(&format!("{own}/confirm"), "\"1\"", json!({})).await.expect(403);
        assert_eq!(refused.code(), "not_yours_to_do");
    }
    let as_partner = format!("{path}/partners/{}", neighbour.orgnr);
    neighbour.get(&as_partner).await.expect(404);
    neighbour.transition(&format!("{as_partner}/confirm"), "\"1\"", json!({})).await.expect(404);
    let read = neighbour.get(&own).await.expect(200);
    answer(&neighbour, &own, "confirm", "Vedtatt i kommunestyret.").await;
    assert!(found(&checked(&county.bergen, &path).await, "N14").is_empty());

    let more =
        json!({"title": "Språkmiljø for flere", "participants": [{"orgnr": neighbour.orgnr, "contribution": "PPT"}]});
    let changed = county.bergen.patch(&path, &draft.tag(), more).await.expect(200);
    neighbour.transition(&format!("{own}/confirm"), &read.tag(), json!({})).await.expect(412);
    let refused = county.bergen.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(422);
    let codes: Vec<String> = refused.faults().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["participant_not_confirmed", "partner_not_confirmed"]);
    answer(&neighbour, &own, "confirm", "Fortsatt med.").await;
    answer(&county.university, &format!("{path}/partners/{}", county.university.orgnr), "confirm", "Ja.").await;
    county.bergen.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(200);
    let frozen = neighbour.get(&format!("{path}/versions/1")).await.expect(200).json();
    assert_eq!(frozen["participant_answers"], json!([{"orgnr": neighbour.orgnr, "state": "confirmed"}]));
    assert_eq!(frozen["partner_answers"], json!([{"orgnr": county.university.orgnr, "state": "confirmed"}]));
    neighbour.transition(&format!("{own}/decline"), "*", json!({})).await.expect(409);
}

#[actix_web::test]
async fn whoever_declined_is_invited_again_when_it_is_named_and_not_of_itself() {
    let county = County::new().await;
    let neighbour = county.oeygarden(20).await;
    let (path, _) = joint_draft(&county, &neighbour).await;
    let invite = format!("{path}/invitations");
    county.bergen.post(&invite, json!({})).await.expect(201);
    let own = format!("{path}/participants/{}", neighbour.orgnr);
    answer(&neighbour, &own, "decline", "Ikke i år.").await;
    let declined = neighbour.get(&format!("{path}/actions")).await.expect(200).json();
    let action = declined.as_array().unwrap().iter().find(|a| a["action"] == "answer_as_participant").unwrap().clone();
    assert_eq!((&action["allowed"], &action["reasons"][0]["code"]), (&json!(false), &json!("state_conflict")));
    assert_eq!(found(&checked(&county.bergen, &path).await, "N14"), ["participant_declined"]);
    let nobody = county.bergen.post(&invite, json!({})).await.expect(201).json();
    assert_eq!(nobody, json!({"partners": [], "participants": [], "private_owners": []}));
    let again = json!({"participants": [neighbour.orgnr]});
    let sent = county.bergen.post(&invite, again.clone()).await.expect(201).json();
    assert_eq!(sent["participants"], json!([neighbour.orgnr]));
    let asked = county.bergen.get(&format!("{path}/participants")).await.expect(200).json()["items"][0].clone();
    assert_eq!((&asked["state"], &asked["reason"], &asked["version"]), (&json!("pending"), &Value::Null, &json!(3)));
    assert_eq!(county.bergen.post(&invite, again).await.expect(422).faults()[0].0, "already_invited");
    let wrong = json!({"partners": [neighbour.orgnr], "participants": [county.university.orgnr]});
    let faults: Vec<String> =
        county.bergen.post(&invite, wrong).await.expect(422).faults().into_iter().map(|(code, _)| code).collect();
    assert_eq!(faults, ["not_named_as_participant", "not_named_as_partner"]);
    answer(&neighbour, &own, "confirm", "Likevel.").await;
}

#[actix_web::test]
async fn only_owners_that_are_still_there_take_part_and_each_in_one_way() {
    let county = County::new().await;
    let neighbour = county.oeygarden(20).await;
    let union = county.organisation(21, OrganisationKind::Union, "Utdanningsforbundet Vestland").await;
    let twice = county.joint_document(&[&neighbour, &neighbour, &county.university]);
    let faults = county.bergen.post("/v1/needs", twice).await.expect(422).faults();
    let fault = |place: &str| ("not_unique".to_owned(), place.to_owned());
    assert_eq!(faults, [fault("/participants/1/orgnr"), fault("/participants/2/orgnr")]);
    let wrong = county.joint_document(&[&county.bergen, &union]);
    let unsaved = county.bergen.post("/v1/needs/check", wrong).await.expect(200);
    assert_eq!(found(&unsaved, "N14"), ["participant_is_sender", "participant_not_owner"]);

    let (path, _) = joint_draft(&county, &neighbour).await;
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    answer(&neighbour, &format!("{path}/participants/{}", neighbour.orgnr), "confirm", "Ja.").await;
    let end = "UPDATE municipalities SET valid_to = '2026-11-20' WHERE number = '4626'";
    county.server.execute(vec![end.to_owned()]).await;
    let ended = checked(&county.bergen, &path).await;
    assert_eq!(found(&ended, "N14"), ["municipality_ended"]);
    assert!(ended.text.contains("opphørte 20. november 2026"), "{}", ended.text);
    let own = neighbour.post("/v1/needs/check", county.document()).await.expect(200);
    assert_eq!(found(&own, "N01"), ["municipality_ended"]);
}

#[actix_web::test]
async fn two_needs_that_name_each_other_are_told_once_the_sender_may_know_of_both() {
    let county = County::new().await;
    let neighbour = county.oeygarden(20).await;
    let (path, _) = joint_draft(&county, &neighbour).await;
    let theirs = neighbour.post("/v1/needs", county.joint_document(&[&county.bergen])).await.expect(201);
    let circular = async || {
        let codes = found(&checked(&county.bergen, &path).await, "N14");
        codes.contains(&"circular_participation".to_owned())
    };
    assert!(!circular().await, "a draft that did not invite is hidden");
    neighbour.post(&format!("/v1/needs/{}/invitations", theirs.id()), json!({})).await.expect(201);
    assert!(circular().await);
    let other_area = json!({"areas": [{"area": "vision", "level": "basic", "purpose": "build"}]});
    let theirs_path = format!("/v1/needs/{}", theirs.id());
    let changed = neighbour.patch(&theirs_path, &theirs.tag(), other_area).await.expect(200);
    assert!(!circular().await, "another area is another measure");
    let same_area = json!({"areas": county.document()["areas"]});
    let changed = neighbour.patch(&theirs_path, &changed.tag(), same_area).await.expect(200);
    assert!(circular().await);
    neighbour.transition(&format!("{theirs_path}/withdraw"), &changed.tag(), json!({})).await.expect(200);
    assert!(!circular().await, "it is no longer on its way");
}

#[actix_web::test]
async fn a_private_owner_registers_its_own_measure_with_the_municipal_ppt() {
    let county = County::new().await;
    let neighbour = county.oeygarden(20).await;
    let office = county.server.unit_in("4626", 30, UnitKind::Ppt, &neighbour, &["4626", "4601"]).await;
    let mut document = county.document();
    document["budget"][1]["recipient"] = json!(county.owner.orgnr);
    document["units"] = json!([
        {"orgnr": synthetic_orgnr(10).to_string(), "role": "leads"},
        {"orgnr": office.to_string(), "role": "contributes"},
    ]);
    let draft = county.owner.post("/v1/needs", document).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    assert_eq!(found(&checked(&county.owner, &path).await, "N14"), ["unit_takes_no_part"]);
    let with_bergen = json!({"participants": [{"orgnr": county.bergen.orgnr, "contribution": "PPT veileder"}]});
    let changed = county.owner.patch(&path, &draft.tag(), with_bergen).await.expect(200);
    assert_eq!(found(&checked(&county.owner, &path).await, "N14"), ["participant_not_invited"]);
    county.owner.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    answer(&county.bergen, &format!("{path}/participants/{}", county.bergen.orgnr), "confirm", "PPT er med.").await;
    answer(&county.university, &format!("{path}/partners/{}", county.university.orgnr), "confirm", "Ja.").await;
    let submitted = county.owner.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(200);
    assert_eq!(submitted.json()["state"], "submitted");
}

#[actix_web::test]
async fn a_private_owner_that_takes_part_in_its_own_right_is_not_asked_twice() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let named = json!({"participants": [{"orgnr": county.owner.orgnr}]});
    county.bergen.patch(&path, &draft.tag(), named).await.expect(200);
    assert_eq!(county.bergen.get(&format!("{path}/private-owners")).await.expect(200).json()["items"], json!([]));
    assert!(found(&checked(&county.bergen, &path).await, "N05").is_empty());
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let asked = county.owner.get("/v1/invitations?include_total=true").await.expect(200).json();
    assert_eq!((&asked["total"], &asked["items"][0]["role"]), (&json!(1), &json!("participant")));
    county.owner.get(&path).await.expect(200);
}

#[actix_web::test]
async fn ten_thousand_participants_are_refused_at_once() {
    let county = County::new().await;
    let mut document = county.document();
    let began = Instant::now();
    document["participants"] = (0..10_000).map(|_| json!({"orgnr": county.owner.orgnr})).collect();
    let faults = county.bergen.post("/v1/needs", document.clone()).await.expect(422).faults();
    assert_eq!(faults, [("too_many_items".to_owned(), "/participants".to_owned())]);
    document["participants"] = (0..10_000).map(|n| json!({"number": n})).collect();
    let refused = county.bergen.post("/v1/needs", document).await.expect(422);
    assert!(refused.faults().len() <= 200, "{} faults are told", refused.faults().len());
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}
