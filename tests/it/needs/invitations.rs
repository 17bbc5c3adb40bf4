//! Inviting partners and private owners, and what partners answer (N06).

use serde_json::{Value, json};

use crate::support::County;

#[actix_web::test]
async fn whoever_is_invited_finds_it_in_its_list_and_answers() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let nothing = county.university.get("/v1/invitations?state=pending").await.expect(200);
    assert_eq!(nothing.json()["items"], json!([]));
    let sent = county.bergen.post(&format!("/v1/needs/{id}/invitations"), json!({})).await.expect(201).json();
    let expected =
        json!({"partners": [county.university.orgnr], "participants": [], "private_owners": [county.owner.orgnr]});
    assert_eq!(sent, expected);
    let waiting = county.university.get("/v1/invitations?state=pending").await.expect(200).json();
    let invitation = &waiting["items"][0];
    assert_eq!((&invitation["need_id"], &invitation["role"]), (&json!(id), &json!("partner")));
    assert_eq!(invitation["sender_name"], "Bergen kommune");
    let partner = format!("/v1/needs/{id}/partners/{}", county.university.orgnr);
    let tag = format!("\"{}\"", invitation["version"]);
    let reply = json!({"reason": "Vi har kapasitet."});
    let confirmed = county.university.transition(&format!("{partner}/confirm"), &tag, reply).await.expect(200);
    assert_eq!(
        (&confirmed.json()["state"], &confirmed.json()["reason"]),
        (&json!("confirmed"), &json!("Vi har kapasitet."))
    );
    let done = county.university.get("/v1/invitations?state=pending").await.expect(200);
    assert_eq!(done.json()["items"], json!([]));
    let owners = county.owner.get("/v1/invitations?include_total=true").await.expect(200).json();
    assert_eq!((&owners["total"], &owners["items"][0]["role"]), (&json!(1), &json!("private_owner")));
}

#[actix_web::test]
async fn nobody_answers_for_another() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let partner = format!("/v1/needs/{id}/partners/{}", county.university.orgnr);
    county.university.get(&partner).await.expect(404);
    county.university.transition(&format!("{partner}/confirm"), "\"1\"", json!({})).await.expect(404);
    county.bergen.post(&format!("/v1/needs/{id}/invitations"), json!({})).await.expect(201);
    for other in [&county.bergen, &county.owner] {
        let refused = other.transition(&format!("{partner}/confirm"), "\"1\"", json!({})).await.expect(403);
        assert_eq!(refused.code(), "not_yours_to_do");
    }
    let hidden = county.governor.transition(&format!("{partner}/confirm"), "\"1\"", json!({})).await.expect(404);
    assert_eq!(hidden.code(), "not_found");
}

#[actix_web::test]
async fn an_answer_is_given_once_and_on_what_was_read() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    let read = county.university.get(&partner).await.expect(200);
    county.bergen.patch(&path, &draft.tag(), json!({"description": "Noe helt annet"})).await.expect(200);
    let stale = county.university.transition(&format!("{partner}/confirm"), &read.tag(), json!({})).await.expect(412);
    assert_eq!(stale.code(), "version_mismatch");
    let read = county.university.get(&partner).await.expect(200);
    let decline = format!("{partner}/decline");
    for silent in [json!({}), json!({"reason": " "})] {
        let refused = county.university.transition(&decline, &read.tag(), silent).await.expect(422);
        assert_eq!(refused.faults()[0].1, "/reason", "whoever declines says why");
    }
    county.university.transition(&decline, &read.tag(), json!({"reason": "Ikke i år."})).await.expect(200);
    let twice = county.university.transition(&format!("{partner}/confirm"), "*", json!({})).await.expect(409);
    assert_eq!(twice.json()["params"]["state"], "declined");
}

#[actix_web::test]
async fn a_confirmation_falls_when_the_money_changes_and_stands_when_the_contact_does() {
    let county = County::new().await;
    let ready = county.ready().await;
    let path = format!("/v1/needs/{}", ready.id());
    let state = |answer: crate::support::Answer| answer.json()["state"].clone();
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    let contact = json!({"contact": {"role": "rådgiver", "email": "a@b.example"}});
    let changed = county.bergen.patch(&path, &ready.tag(), contact).await.expect(200);
    assert_eq!(state(county.bergen.get(&partner).await), "confirmed");
    county.bergen.patch(&path, &changed.tag(), json!({"amount_nok": 500_001})).await.expect(200);
    assert_eq!(state(county.bergen.get(&partner).await), "pending");
}

#[actix_web::test]
async fn a_partner_taken_out_is_no_longer_invited() {
    let county = County::new().await;
    let ready = county.ready().await;
    let path = format!("/v1/needs/{}", ready.id());
    let without = json!({"partners": [], "budget": [], "amount_nok": 0});
    county.bergen.patch(&path, &ready.tag(), without).await.expect(200);
    county.university.get(&path).await.expect(404);
    assert_eq!(county.bergen.get(&format!("{path}/partners")).await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn only_those_named_and_concerned_are_invited_and_only_once() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let invite = format!("/v1/needs/{id}/invitations");
    let wrong = json!({"partners": [county.owner.orgnr], "private_owners": [county.university.orgnr, "1"]});
    let faults = county.bergen.post(&invite, wrong).await.expect(422).faults();
    assert_eq!(faults, [("orgnr_not_nine_digits".to_owned(), "/private_owners/1".to_owned())]);
    let wrong = json!({"partners": [county.owner.orgnr], "private_owners": [county.university.orgnr]});
    let faults = county.bergen.post(&invite, wrong).await.expect(422).faults();
    let told: Vec<&str> = faults.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(told, ["not_named_as_partner", "private_owner_not_concerned"]);
    county.bergen.post(&invite, json!({"partners": [county.university.orgnr]})).await.expect(201);
    let again = county.bergen.post(&invite, json!({"partners": [county.university.orgnr]})).await.expect(422);
    assert_eq!(again.faults()[0].0, "already_invited");
    let rest = county.bergen.post(&invite, json!({})).await.expect(201).json();
    assert_eq!(rest["partners"], Value::Array(Vec::new()));
    assert_eq!(rest["private_owners"], json!([county.owner.orgnr]));
}
