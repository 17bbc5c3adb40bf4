//! Who sees what of a need (contract.md §2), written out by hand.

use domain::organisations::OrganisationKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Actor, County};

#[actix_web::test]
async fn a_draft_is_seen_by_its_sender_and_those_invited_only() {
    let county = County::new().await;
    let id = county.draft().await.id();
    let path = format!("/v1/needs/{id}");
    let directorate = county.organisation(20, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let stavanger = county.stavanger(21).await;
    county.bergen.get(&path).await.expect(200);
    for other in [&county.governor, &county.university, &county.owner, &directorate, &stavanger] {
        for hidden in ["", "/check", "/actions", "/versions", "/versions/1", "/versions/1/diff/1"] {
            assert_eq!(other.get(&format!("{path}{hidden}")).await.expect(404).code(), "not_found", "{hidden}");
        }
        for hidden in ["/partners", "/participants", "/private-owners", "/messages", "/attachments"] {
            assert_eq!(other.get(&format!("{path}{hidden}")).await.expect(404).code(), "not_found", "{hidden}");
        }
        for list in ["/v1/needs?", &format!("/v1/needs?id={id}&"), "/v1/needs?q=spr%C3%A5kmilj%C3%B8&"] {
            let page = other.get(&format!("{list}include_total=true")).await.expect(200).json();
            assert_eq!((&page["total"], &page["items"]), (&json!(0), &json!([])), "{list}");
        }
    }
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    for invited in [&county.university, &county.owner] {
        invited.get(&path).await.expect(200);
        assert_eq!(invited.get("/v1/needs").await.expect(200).json()["items"][0]["id"], json!(id));
    }
    county.governor.get(&path).await.expect(404);
}

#[actix_web::test]
async fn those_invited_see_the_measure_and_their_own_lines() {
    let county = County::new().await;
    let id = county.draft().await.id();
    county.bergen.post(&format!("/v1/needs/{id}/invitations"), json!({})).await.expect(201);
    let seen = county.university.get(&format!("/v1/needs/{id}")).await.expect(200).json();
    assert_eq!(seen["title"], "Språkmiljø for alle");
    assert_eq!(seen["areas"], county.document()["areas"]);
    let lines: Vec<&Value> = seen["budget"].as_array().unwrap().iter().map(|line| &line["key"]).collect();
    assert_eq!(lines, [&json!("first")]);
    for hidden in ["amount_nok", "own_contribution_nok", "contact", "returned"] {
        assert_eq!(seen[hidden], Value::Null, "{hidden}");
    }
    assert_eq!(seen["evidence"], json!({"batches": [], "explanation": null}));
    let owner = county.owner.get(&format!("/v1/needs/{id}")).await.expect(200).json();
    assert_eq!(owner["budget"], json!([]));
    assert_eq!(county.owner.get("/v1/needs").await.expect(200).json()["items"][0]["amount_nok"], Value::Null);
    let refused = county.university.get(&format!("/v1/needs/{id}/check")).await.expect(403);
    assert_eq!(refused.code(), "not_yours_to_do");
}

#[actix_web::test]
async fn the_county_governor_reads_submissions_and_never_a_draft() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let seen = county.governor.get(&path).await.expect(200).json();
    assert_eq!((&seen["contact"]["email"], &seen["amount_nok"]), (&json!("oppvekst@bergen.example"), &json!(500_000)));
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let changed =
        json!({"title": "Hemmelig utkast", "areas": [{"area": "vision", "level": "basic", "purpose": "build"}]});
    county.bergen.patch(&path, &returned.tag(), changed).await.expect(200);
    let seen = county.governor.get(&path).await.expect(200);
    assert!(!seen.text.contains("Hemmelig") && !seen.text.contains("vision"));
    let items = |answer: crate::support::Answer| answer.expect(200).json()["items"].clone();
    assert_eq!(items(county.governor.get("/v1/needs").await)[0]["title"], "Språkmiljø for alle");
    assert_eq!(items(county.governor.get("/v1/needs?area=vision").await), json!([]));
    assert_eq!(items(county.governor.get("/v1/needs?area=language_speech").await).as_array().unwrap().len(), 1);
    assert_eq!(items(county.bergen.get("/v1/needs?area=vision").await)[0]["title"], "Hemmelig utkast");
}

#[actix_web::test]
async fn the_directorate_reads_submissions_without_contact_and_dialogue() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let directorate = county.organisation(20, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let seen = directorate.get(&path).await.expect(200).json();
    assert_eq!((&seen["contact"], &seen["returned"]), (&Value::Null, &Value::Null));
    assert_eq!(seen["amount_nok"], 500_000);
    assert_eq!(directorate.get(&format!("{path}/check")).await.expect(403).code(), "not_yours_to_do");
}

#[actix_web::test]
async fn another_tenant_finds_nothing_by_id_filter_or_batch_get() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let stranger = county.stavanger(20).await;
    let id = submitted.id();
    for path in [
        format!("/v1/needs?id={id}"),
        format!("/v1/needs?sender={}", county.bergen.orgnr),
        format!("/v1/needs?round={}", county.round),
        "/v1/needs?reference=B-2026-VL-0001".to_owned(),
    ] {
        assert_eq!(stranger.get(&path).await.expect(200).json()["items"], json!([]), "{path}");
        assert_eq!(county.governor.get(&path).await.expect(200).json()["items"].as_array().unwrap().len(), 1, "{path}");
    }
    for step in ["submit", "withdraw"] {
        stranger.transition(&format!("/v1/needs/{id}/{step}"), "*", json!({})).await.expect(404);
    }
    stranger.patch(&format!("/v1/needs/{id}"), "*", json!({"title": "X"})).await.expect(404);
}

#[actix_web::test]
async fn another_tenants_idempotency_key_answers_nothing() {
    let county = County::new().await;
    let stranger = county.stavanger(20).await;
    let create = |actor: &Actor| {
        actor.request(Method::POST, "/v1/needs").header("Idempotency-Key", "one").json(&county.document())
    };
    let made = county.bergen.send(create(&county.bergen)).await.expect(201);
    let refused = stranger.send(create(&stranger)).await;
    assert_ne!(refused.header("idempotency-replayed"), "true");
    assert!(!refused.text.contains(&made.id()), "{}", refused.text);
    let invite = |actor: &Actor| {
        let path = format!("/v1/needs/{}/invitations", made.id());
        actor.request(Method::POST, &path).header("Idempotency-Key", "two").json(&json!({}))
    };
    county.bergen.send(invite(&county.bergen)).await.expect(201);
    stranger.send(invite(&stranger)).await.expect(404);
}

#[actix_web::test]
async fn what_happens_to_a_returned_needs_draft_is_between_those_who_read_it() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Rett opp."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let neighbour = county.oeygarden(22).await;
    let seen = async || {
        let mut seen = Vec::new();
        for list in ["partners", "participants", "private-owners", "check"] {
            seen.push(county.governor.get(&format!("{path}/{list}")).await.expect(200).json());
        }
        let feed = format!("/v1/events?subject={}", submitted.id());
        seen.push(county.governor.get(&feed).await.expect(200).json()["items"].clone());
        seen
    };
    let before = seen().await;
    let wider = json!({"participants": [{"orgnr": neighbour.orgnr}], "title": "Et annet tiltak"});
    county.bergen.patch(&path, &returned.tag(), wider).await.expect(200);
    county.bergen.post(&format!("{path}/invitations"), json!({})).await.expect(201);
    let participant = format!("{path}/participants/{}", neighbour.orgnr);
    neighbour.transition(&format!("{participant}/decline"), "*", json!({"reason": "Ikke i år."})).await.expect(200);
    for (then, now) in before.iter().zip(seen().await) {
        assert_eq!(*then, now);
    }
    county.governor.get(&participant).await.expect(404);
    county.governor.transition(&format!("{participant}/confirm"), "*", json!({})).await.expect(404);
    let own = county.bergen.get(&format!("/v1/events?subject={}", submitted.id())).await.expect(200).json();
    assert!(own["items"].as_array().unwrap().len() > before[4].as_array().unwrap().len(), "its sender hears of it");
}

#[actix_web::test]
async fn what_the_rules_say_of_other_needs_is_for_the_sender_alone() {
    let county = County::new().await;
    let mut hidden = county.document();
    hidden["title"] = json!("Hemmelig utkast");
    county.bergen.post("/v1/needs", hidden).await.expect(201);
    let ready = county.ready().await;
    let path = format!("/v1/needs/{}", ready.id());
    let explained = json!({"explanations": {"need_repeated": "To trinn av samme løp."}});
    let explained = county.bergen.patch(&path, &ready.tag(), explained).await.expect(200);
    county.bergen.transition(&format!("{path}/submit"), &explained.tag(), json!({})).await.expect(200);
    let directorate = county.organisation(20, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let version = format!("{path}/versions/1");
    assert!(county.bergen.get(&version).await.expect(200).text.contains("Hemmelig utkast"));
    for (reader, road) in
        [(&county.governor, &version), (&directorate, &version), (&county.governor, &format!("{path}/check"))]
    {
        let seen = reader.get(road).await.expect(200);
        assert!(!seen.text.contains("Hemmelig"), "{road}: {}", seen.text);
        assert!(!seen.json()["findings"].to_string().contains("need_repeated"), "{road}");
    }
}
