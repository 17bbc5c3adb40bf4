//! Who sees a grant, before and after it is notified.

use serde_json::{Value, json};

use super::stage::Stage;

#[actix_web::test]
async fn a_grant_is_hidden_until_it_is_notified() {
    let (stage, grant) = Stage::granted(1_000).await;
    let path = format!("/v1/grants/{}", grant.id());
    for hidden in [&stage.sender, &stage.university, &stage.stranger, &stage.other_governor] {
        hidden.get(&path).await.expect(404);
        hidden.get(&format!("{path}/decisions")).await.expect(404);
        assert_eq!(hidden.get("/v1/grants").await.expect(200).json()["items"], json!([]));
    }
    stage.directorate.get(&path).await.expect(200);
    stage.sender.transition(&format!("{path}/notify"), &grant.tag(), json!({})).await.expect(404);
    let no_tag = stage.governor.post(&format!("{path}/notify"), json!({})).await.expect(428);
    assert_eq!(no_tag.code(), "precondition_required");
    let notified = stage.governor.transition(&format!("{path}/notify"), &grant.tag(), json!({})).await.expect(200);
    assert_eq!((&notified.json()["state"], notified.json()["notified_at"].is_string()), (&json!("notified"), true));
    for reader in [&stage.sender, &stage.university, &stage.directorate, &stage.stranger] {
        reader.get(&path).await.expect(200);
    }
    for party in [&stage.sender, &stage.university, &stage.directorate, &stage.governor] {
        party.get(&format!("{path}/decisions")).await.expect(200);
    }
    for other in [&stage.stranger, &stage.other_governor] {
        for part in ["decisions", "instalments", "payments", "reports/2027-2028", "reports/2027-2028/actions"] {
            other.get(&format!("{path}/{part}")).await.expect(404);
        }
    }
    let other = stage.stranger.transition(&format!("{path}/notify"), &notified.tag(), json!({})).await.expect(403);
    assert_eq!(other.code(), "not_yours_to_do");
    let again = stage.governor.transition(&format!("{path}/notify"), &notified.tag(), json!({})).await.expect(409);
    assert_eq!(again.json()["params"]["state"], "notified");
}

#[actix_web::test]
async fn notifying_lays_out_the_report_with_a_part_per_recipient() {
    let (stage, grant) = Stage::notified(1_000).await;
    let report = stage.sender.get(&format!("{grant}/reports/2027-2028")).await.expect(200).json();
    assert_eq!(
        (&report["state"], &report["due_on"], &report["granted_nok"]),
        (&json!("draft"), &json!("2028-01-15"), &json!(300))
    );
    let parts: Vec<(&Value, &Value)> =
        report["parts"].as_array().unwrap().iter().map(|part| (&part["granted_nok"], &part["content"])).collect();
    assert_eq!(parts, [(&json!(150), &Value::Null), (&json!(150), &Value::Null)]);
    stage.sender.get(&format!("{grant}/reports/2028-2029")).await.expect(404);
    stage.sender.get(&format!("{grant}/reports/soon")).await.expect(404);
}

#[actix_web::test]
async fn actions_say_what_is_possible_and_why_not() {
    let (stage, grant) = Stage::granted(1_000).await;
    let path = format!("/v1/grants/{}", grant.id());
    let actions = stage.governor.get(&format!("{path}/actions")).await.expect(200).json();
    let allowed = |actions: &Value| -> Vec<(String, bool)> {
        let actions = actions.as_array().unwrap().iter();
        actions.map(|a| (a["action"].as_str().unwrap().to_owned(), a["allowed"].as_bool().unwrap())).collect()
    };
    assert_eq!(allowed(&actions), [("notify".to_owned(), true), ("instalments".to_owned(), true)]);
    stage.governor.transition(&format!("{path}/notify"), &grant.tag(), json!({})).await.expect(200);
    let actions = stage.sender.get(&format!("{path}/actions")).await.expect(200).json();
    assert_eq!(allowed(&actions), [("notify".to_owned(), false), ("instalments".to_owned(), false)]);
    let codes: Vec<&Value> = actions[0]["reasons"].as_array().unwrap().iter().map(|reason| &reason["code"]).collect();
    assert_eq!(codes, [&json!("not_yours_to_do"), &json!("state_conflict")]);
}
