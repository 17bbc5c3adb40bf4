//! Statped as contributor (N07), and other competence environments (N08).

use domain::organisations::OrganisationKind;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, County};

async fn with_statped(county: &County) -> Actor {
    county.organisation(20, OrganisationKind::Statped, "Statped").await
}

fn document(county: &County, statped: &Actor) -> Value {
    let mut document = county.document();
    document["statped"] = json!({"orgnr": statped.orgnr, "role": "contributor", "contribution": "Veileder i ASK"});
    document
}

/// The codes of findings about Statped and other environments.
fn codes(checked: &Answer) -> Vec<String> {
    let findings = checked.json()["findings"].as_array().unwrap().clone();
    let ours = findings.iter().filter(|finding| finding["rule"] == "N07" || finding["rule"] == "N08");
    ours.map(|finding| finding["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn statped_contributes_once_sender_and_partner_have_both_asked() {
    let county = County::new().await;
    let statped = with_statped(&county).await;
    let draft = county.bergen.post("/v1/needs", document(&county, &statped)).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    county.answered(&draft.id()).await;
    assert_eq!(
        codes(&county.bergen.get(&format!("{path}/check")).await),
        ["statped_not_asked_by_partner", "statped_not_invited"]
    );
    statped.get(&path).await.expect(404);
    let invite = format!("{path}/invitations");
    let early = county.bergen.post(&invite, json!({"partners": [statped.orgnr]})).await.expect(422);
    assert_eq!(early.faults(), [("statped_not_asked_yet".to_owned(), "/partners/0".to_owned())]);

    let changed = county.bergen.patch(&path, &draft.tag(), json!({"title": "Språk og ASK"})).await.expect(200);
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    let tag = county.university.get(&partner).await.expect(200).tag();
    let asks = json!({"reason": "Vi trenger dem.", "asks_for_statped": true});
    let declining = county.university.transition(&format!("{partner}/decline"), &tag, asks.clone()).await.expect(422);
    assert_eq!(declining.faults()[0].0, "not_yours_to_ask_for_statped");
    let confirmed = county.university.transition(&format!("{partner}/confirm"), &tag, asks.clone()).await.expect(200);
    assert_eq!(confirmed.json()["asks_for_statped"], true);
    let sent = county.bergen.post(&invite, json!({})).await.expect(201).json();
    assert_eq!(sent["partners"], json!([statped.orgnr]));

    let waiting = statped.get("/v1/invitations?state=pending").await.expect(200).json();
    assert_eq!(waiting["items"][0]["role"], "statped");
    let seen = statped.get(&path).await.expect(200).json();
    assert_eq!((&seen["statped"]["contribution"], &seen["amount_nok"]), (&json!("Veileder i ASK"), &Value::Null));
    let own = format!("{path}/partners/{}", statped.orgnr);
    let tag = statped.get(&own).await.expect(200).tag();
    let refused = statped.transition(&format!("{own}/confirm"), &tag, asks).await.expect(422);
    assert_eq!(refused.faults()[0].0, "not_yours_to_ask_for_statped");
    statped.transition(&format!("{own}/confirm"), &tag, json!({"reason": "Gjerne."})).await.expect(200);
    let submitted = county.bergen.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(200);
    assert_eq!(submitted.json()["state"], "submitted");
    let frozen = county.bergen.get(&format!("{path}/versions/1")).await.expect(200).json();
    let answers: Vec<&Value> = frozen["partner_answers"].as_array().unwrap().iter().map(|p| &p["orgnr"]).collect();
    assert_eq!(answers, [&json!(county.university.orgnr), &json!(statped.orgnr)]);
}

#[actix_web::test]
async fn neither_statped_nor_other_environments_are_paid_by_the_grant() {
    let county = County::new().await;
    let statped = with_statped(&county).await;
    let centre = county.organisation(21, OrganisationKind::Other, "Lesesenteret").await;
    let mut document = document(&county, &statped);
    document["other_environments"] = json!([{"orgnr": centre.orgnr, "contribution": "Kurs"}]);
    document["budget"][0]["recipient"] = json!(statped.orgnr);
    document["budget"][1]["recipient"] = json!(centre.orgnr);
    let checked = county.bergen.post("/v1/needs/check", document.clone()).await.expect(200);
    let found = codes(&checked);
    assert_eq!(found.iter().filter(|code| *code == "recipient_gets_no_line").count(), 2, "{found:?}");
    assert!(found.contains(&"environment_reason_missing".to_owned()), "{found:?}");
    document["other_environments"] = json!([{"contribution": "Kurs", "reason": "Eneste fagmiljø"}]);
    document["partners"] = json!([{"orgnr": statped.orgnr}]);
    let faults = county.bergen.post("/v1/needs", document).await.expect(422).faults();
    let fault = |code: &str, place: &str| (code.to_owned(), place.to_owned());
    assert_eq!(faults, [fault("missing_member", "/other_environments/0/name"), fault("not_unique", "/statped/orgnr")]);
}
