//! Beginning, changing and throwing away a draft, and what is refused on the way.

use domain::organisations::OrganisationKind;
use persistence::StoreError;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::support::County;

fn codes(faults: &[(String, String)]) -> Vec<(&str, &str)> {
    faults.iter().map(|(code, pointer)| (code.as_str(), pointer.as_str())).collect()
}

#[actix_web::test]
async fn a_title_is_enough_to_begin() {
    let county = County::new().await;
    let made = county.bergen.post("/v1/needs", json!({"round_id": county.round, "title": "Tiltak"})).await.expect(201);
    let need = made.json();
    assert_eq!((&need["state"], &need["reference"], &need["version"]), (&json!("draft"), &Value::Null, &json!(1)));
    assert_eq!((&need["scheme"], &need["county_number"]), (&json!("kollektiv"), &json!("46")));
    let read = county.bergen.get(&made.header("location")).await.expect(200);
    assert_eq!((read.json(), read.tag()), (made.json(), made.tag()));
}

#[actix_web::test]
async fn what_is_sent_is_what_is_read() {
    let county = County::new().await;
    let need = county.draft().await.json();
    for member in ["title", "goals", "period", "unit_kinds", "amount_nok", "expected_benefit"] {
        assert_eq!(need[member], county.document()[member], "{member}");
    }
    assert_eq!(need["budget"][1]["recipient"], json!(county.bergen.orgnr));
}

#[actix_web::test]
async fn shape_and_numbers_are_refused_at_their_places() {
    let county = County::new().await;
    let mut wrong = county.document();
    wrong["colour"] = json!("blue");
    wrong["amount_nok"] = json!("much");
    wrong["unit_kinds"] = json!(["castle"]);
    wrong["budget"][0]["amount_nok"] = json!(-1);
    wrong["description"] = json!("Gjelder 158812 10085");
    wrong["budget"][0]["note"] = json!("Vikar for 15881210085");
    let faults = county.bergen.post("/v1/needs", wrong).await.expect(422).faults();
    assert_eq!(
        codes(&faults),
        [
            ("national_id", "/budget/0/note"),
            ("national_id", "/description"),
            ("not_in_list", "/unit_kinds/0"),
            ("too_small", "/budget/0/amount_nok"),
            ("unknown_member", "/colour"),
            ("wrong_type", "/amount_nok"),
        ]
    );
    let mut wrong = county.document();
    wrong["partners"][0]["orgnr"] = json!("974760674");
    wrong["period"] = json!({"from": "2028-2029", "to": "2027-2028"});
    let faults = county.bergen.post("/v1/needs", wrong).await.expect(422).faults();
    assert_eq!(codes(&faults), [("orgnr_wrong_check_digit", "/partners/0/orgnr"), ("period_reversed", "/period/to")]);
}

#[actix_web::test]
async fn what_does_not_exist_is_told_like_what_is_hidden() {
    let county = County::new().await;
    let mut wrong = county.document();
    wrong["areas"][0]["area"] = json!("astrology");
    wrong["units"] = json!([{"orgnr": "974760673", "role": "leads"}]);
    wrong["budget"][0]["recipient"] = json!("971845635");
    let faults = county.bergen.post("/v1/needs", wrong).await.expect(422).faults();
    assert_eq!(
        codes(&faults),
        [
            ("unknown_reference", "/areas/0/area"),
            ("unknown_reference", "/budget/0/recipient"),
            ("unknown_reference", "/units/0/orgnr"),
        ]
    );
    let mut wrong = county.document();
    wrong["round_id"] = json!("01936b0e-7c1a-7000-8000-1234567890ab");
    let faults = county.bergen.post("/v1/needs", wrong).await.expect(422).faults();
    assert_eq!(codes(&faults), [("unknown_reference", "/round_id")]);
}

#[actix_web::test]
async fn a_need_belongs_to_the_county_governor_of_its_sender() {
    let county = County::new().await;
    let stavanger = county.stavanger(20).await;
    let faults = stavanger.post("/v1/needs", county.document()).await.expect(422).faults();
    assert_eq!(codes(&faults), [("round_of_other_county", "/round_id")]);
    let without_unit = county.organisation(21, OrganisationKind::PrivateOwner, "Uten enheter AS").await;
    let faults = without_unit.post("/v1/needs", county.document()).await.expect(422).faults();
    assert_eq!(codes(&faults), [("round_of_other_county", "/round_id")]);
    county.owner.post("/v1/needs", county.document()).await.expect(201);
    assert_eq!(county.university.post("/v1/needs", county.document()).await.expect(403).code(), "kind_not_allowed");
}

#[actix_web::test]
async fn a_merge_patch_replaces_what_it_names_and_raises_the_version() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    let change = json!({"title": "Nytt navn", "contact": null, "goals": ["A", "B"], "period": {"to": "2029-2030"}});
    let changed = county.bergen.patch(&path, &draft.tag(), change).await.expect(200);
    let need = changed.json();
    assert_eq!((&need["title"], &need["contact"], &need["version"]), (&json!("Nytt navn"), &Value::Null, &json!(2)));
    assert_eq!(need["period"], json!({"from": "2027-2028", "to": "2029-2030"}));
    assert_eq!(need["description"], draft.json()["description"]);
    assert_ne!(changed.tag(), draft.tag());
    let stale = county.bergen.patch(&path, &draft.tag(), json!({"title": "X"})).await.expect(412);
    assert_eq!((stale.code().as_str(), &stale.json()["params"]["version"]), ("version_mismatch", &json!(2)));
    let blind = county.bergen.request(Method::PATCH, &path).json(&json!({"title": "X"}));
    assert_eq!(county.bergen.send(blind).await.expect(428).code(), "precondition_required");
}

#[actix_web::test]
async fn a_patch_is_held_against_the_whole_document() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    let wrong = json!({"title": null, "language": "en", "budget": [{"key": "a"}]});
    let faults = county.bergen.patch(&path, &draft.tag(), wrong).await.expect(422).faults();
    let told: Vec<(&str, &str)> = codes(&faults);
    assert!(told.contains(&("missing_member", "/title")) && told.contains(&("not_in_list", "/language")), "{told:?}");
    assert!(told.contains(&("missing_member", "/budget/0/amount_nok")), "{told:?}");
    let other = county.governor.post("/v1/rounds", crate::support::builders::round("kollektiv-2026")).await.id();
    let moved = county.bergen.patch(&path, &draft.tag(), json!({"round_id": other})).await.expect(422).faults();
    assert_eq!(codes(&moved), [("round_cannot_change", "/round_id")]);
}

#[actix_web::test]
async fn an_outside_key_belongs_to_one_need_and_is_seen_by_its_keeper_only() {
    let county = County::new().await;
    let mut document = county.document();
    document["external_refs"] = json!([{"system": "elements", "key": "2026/7"}]);
    let first = county.bergen.post("/v1/needs", document.clone()).await.expect(201);
    assert_eq!(first.json()["external_refs"], document["external_refs"]);
    let second = county.bergen.post("/v1/needs", document).await.expect(409);
    assert_eq!((second.code(), &second.json()["params"]["need_id"]), ("already_exists".to_owned(), &json!(first.id())));
    county.bergen.post(&format!("/v1/needs/{}/invitations", first.id()), json!({})).await.expect(201);
    let seen = county.university.get(&format!("/v1/needs/{}", first.id())).await.expect(200);
    assert_eq!(seen.json()["external_refs"], json!([]));
    let found = county.bergen.get("/v1/needs?external_system=elements&external_key=2026/7").await.expect(200);
    assert_eq!(found.json()["items"][0]["id"], json!(first.id()));
    let others = county.university.get("/v1/needs?external_key=2026/7").await.expect(200);
    assert_eq!(others.json()["items"], json!([]));
}

#[actix_web::test]
async fn a_draft_can_be_thrown_away_and_a_submitted_need_cannot() {
    let county = County::new().await;
    let draft = county.draft().await;
    county.bergen.post(&format!("/v1/needs/{}/invitations", draft.id()), json!({})).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    county.bergen.delete(&path, &draft.tag()).await.expect(204);
    county.bergen.get(&path).await.expect(404);
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let refused = county.bergen.delete(&path, &submitted.tag()).await.expect(409);
    assert_eq!(refused.json()["params"]["state"], "submitted");
}

#[actix_web::test]
async fn a_retry_makes_no_second_draft() {
    let county = County::new().await;
    let send = || {
        let request = county.bergen.request(Method::POST, "/v1/needs").header("Idempotency-Key", "one");
        county.bergen.send(request.json(&county.document()))
    };
    let (first, second) = (send().await.expect(201), send().await.expect(201));
    assert_eq!(
        (first.text, first.headers["location"].clone()),
        (second.text.clone(), second.headers["location"].clone())
    );
    let list = county.bergen.get("/v1/needs?include_total=true").await.expect(200);
    assert_eq!(list.json()["total"], 1);
}

#[actix_web::test]
async fn the_trail_tells_every_change_without_its_words() {
    let county = County::new().await;
    let draft = county.draft().await;
    let path = format!("/v1/needs/{}", draft.id());
    county.bergen.patch(&path, &draft.tag(), json!({"title": "Et hemmelig navn"})).await.expect(200);
    let subject = format!("need/{}", draft.id());
    let read = move |reader: &mut persistence::Reader| persistence::audit::trail(reader, &subject);
    let trail = county.server.app.store.read::<_, StoreError, _>("test", read).await.unwrap();
    let actions: Vec<&str> = trail.iter().map(|row| row.action.as_str()).collect();
    assert_eq!(actions, ["need.create", "need.update"]);
    assert!(persistence::audit::is_whole(&trail));
    assert!(trail.iter().all(|row| !row.changes.contains("hemmelig") && !row.changes.contains("bergen.example")));
}

#[rstest]
#[case::position("position", "kollektiv-2026", true)]
#[case::study_credits("study_credits", "kollektiv-2026", true)]
#[case::study_credits_before("study_credits", "kip-2021", false)]
#[actix_web::test]
async fn positions_are_never_paid_for(#[case] kind: &str, #[case] ruleset: &str, #[case] refused: bool) {
    let county = County::under(ruleset).await;
    let mut document = county.document();
    document["budget"][0]["kind"] = json!(kind);
    let checked = county.bergen.post("/v1/needs/check", document).await.expect(200).json();
    let findings = checked["findings"].as_array().unwrap();
    assert_eq!(findings.iter().any(|finding| finding["code"] == "budget_kind_refused"), refused, "{checked}");
}

#[actix_web::test]
async fn an_unsaved_document_is_checked_and_not_kept() {
    let county = County::new().await;
    let mut document = county.document();
    document["amount_nok"] = json!(500_001);
    let checked = county.bergen.post("/v1/needs/check", document).await.expect(200).json();
    assert_eq!(checked["submittable"], false);
    let findings = checked["findings"].as_array().unwrap();
    let sum = findings.iter().find(|finding| finding["code"] == "budget_sum_differs").unwrap();
    assert_eq!((&sum["rule"], &sum["severity"], &sum["source"]), (&json!("N10"), &json!("blocker"), &json!("read")));
    assert_eq!(sum["params"]["sum_nok"], 500_000);
    assert!(sum["message"].as_str().unwrap().contains("500000"), "{sum}");
    let list = county.bergen.get("/v1/needs").await.expect(200);
    assert_eq!(list.json()["items"], json!([]));
}
