//! What stands around the measure in a need's document, and the contact that can be erased.

use serde_json::{Value, json};

use crate::support::County;

#[actix_web::test]
async fn audience_other_money_and_preparation_are_kept_and_kept_from_partners() {
    let county = County::new().await;
    let mut document = county.document();
    let around = json!({
        "audience": [{"group": "leaders", "number": 12}, {"group": "assistants", "number": 40}],
        "applied_elsewhere": [{"source": "Fylkeskommunen", "amount_nok": 50_000, "outcome": "declined"}],
        "preparation": {"guidelines_read": true, "dialogue_with_university": true, "dialogue_with_statped": false},
    });
    document.as_object_mut().unwrap().extend(around.as_object().unwrap().clone());
    let draft = county.bergen.post("/v1/needs", document.clone()).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    for (member, value) in around.as_object().unwrap() {
        assert_eq!(&draft.json()[member], value);
    }
    county.answered(&draft.id()).await;
    let seen = county.university.get(&path).await.expect(200).json();
    assert_eq!((&seen["audience"][1]["number"], &seen["applied_elsewhere"]), (&json!(40), &json!([])));
    document["audience"][1]["group"] = json!("leaders");
    let twice = county.bergen.post("/v1/needs", document).await.expect(422);
    assert_eq!(twice.faults(), [("not_unique".to_owned(), "/audience/1/group".to_owned())]);
}

#[actix_web::test]
async fn the_checklist_guides_and_a_warning_is_answered_with_an_explanation() {
    let county = County::new().await;
    let mut document = county.document();
    document.as_object_mut().unwrap().remove("preparation");
    document["explanations"] = json!({"breadth_missing": "PPT kommer neste år."});
    document["unit_kinds"] = json!(["kindergarten", "school"]);
    let draft = county.bergen.post("/v1/needs", document).await.expect(201);
    county.answered(&draft.id()).await;
    let check = county.bergen.get(&format!("/v1/needs/{}/check", draft.id())).await.expect(200).json();
    assert_eq!(check["submittable"], true);
    let told: Vec<[&Value; 4]> = check["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| [&finding["rule"], &finding["code"], &finding["severity"], &finding["explanation"]])
        .collect();
    let (n18, info, none) = (&json!("N18"), &json!("info"), &Value::Null);
    assert_eq!(
        told,
        [
            [&json!("N04"), &json!("breadth_missing"), &json!("warning"), &json!("PPT kommer neste år.")],
            [n18, &json!("guidelines_not_read"), info, none],
            [n18, &json!("university_not_consulted"), info, none],
            [n18, &json!("statped_not_consulted"), info, none],
        ]
    );
    assert_eq!(check["findings"][1]["source"], "seed");
}

#[actix_web::test]
async fn the_same_areas_in_another_open_need_are_a_warning() {
    let county = County::new().await;
    let (first, second) = (county.draft().await, county.draft().await);
    let check = format!("/v1/needs/{}/check", second.id());
    let findings = county.bergen.get(&check).await.expect(200).json()["findings"].clone();
    let repeated = findings.as_array().unwrap().iter().find(|finding| finding["code"] == "need_repeated").unwrap();
    assert_eq!((&repeated["rule"], &repeated["params"]["need_id"]), (&json!("N16"), &json!(first.id())));
    county.bergen.delete(&format!("/v1/needs/{}", first.id()), &first.tag()).await.expect(204);
    let findings = county.bergen.get(&check).await.expect(200).json()["findings"].clone();
    assert!(findings.as_array().unwrap().iter().all(|finding| finding["code"] != "need_repeated"));
}

#[actix_web::test]
async fn a_supplement_names_a_grant_of_its_sender() {
    let county = County::new().await;
    let mut document = county.document();
    document["supplement"] = json!({"reason": "To barnehager til."});
    let draft = county.bergen.post("/v1/needs", document.clone()).await.expect(201);
    let check = county.bergen.get(&format!("/v1/needs/{}/check", draft.id())).await.expect(200).json();
    let codes: Vec<&Value> = check["findings"].as_array().unwrap().iter().map(|finding| &finding["code"]).collect();
    assert!(codes.contains(&&json!("supplement_without_grant")));
    document["supplement"]["grant_id"] = json!(uuid::Uuid::now_v7());
    let unknown = county.bergen.post("/v1/needs", document).await.expect(422);
    assert_eq!(unknown.faults(), [("unknown_reference".to_owned(), "/supplement/grant_id".to_owned())]);
}

#[actix_web::test]
async fn long_goals_and_explanations_are_refused() {
    let county = County::new().await;
    let mut document = county.document();
    document["goals"] = json!(["x".repeat(1001)]);
    document["explanations"] = json!({"breadth_missing": "x".repeat(4001)});
    let refused = county.bergen.post("/v1/needs", document).await.expect(422);
    let expected = [("too_long", "/explanations/breadth_missing"), ("too_long", "/goals/0")];
    assert_eq!(refused.faults(), expected.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
}

#[actix_web::test]
async fn an_explanation_of_no_finding_there_is_is_refused_and_not_lost() {
    let county = County::new().await;
    let mut document = county.document();
    document["explanations"] =
        json!({"breadth_mising": "PPT kommer neste år.", "kartlegging_missing": "Den er på vei."});
    let refused = county.bergen.post("/v1/needs", document).await.expect(422);
    assert_eq!(refused.faults(), [("unknown_finding".to_owned(), "/explanations/breadth_mising".to_owned())]);
}

#[actix_web::test]
async fn the_contact_is_erased_from_draft_and_submissions() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let contact = format!("{path}/contact");
    assert_eq!(county.governor.get(&path).await.expect(200).json()["contact"]["email"], "oppvekst@bergen.example");
    assert_eq!(county.governor.delete(&contact, "*").await.expect(403).code(), "not_yours_to_do");
    county.bergen.delete(&contact, "\"1\"").await.expect(412);
    let erased = county.bergen.delete(&contact, &submitted.tag()).await.expect(200).json();
    assert_eq!((&erased["contact"], &erased["state"]), (&Value::Null, &json!("submitted")));
    for place in [path.clone(), format!("{path}/versions/1")] {
        assert_eq!(county.governor.get(&place).await.expect(200).json()["contact"], Value::Null, "{place}");
        assert_eq!(county.bergen.get(&place).await.expect(200).json()["contact"], Value::Null, "{place}");
    }
}
