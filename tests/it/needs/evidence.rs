//! The kartlegging behind a need, in figures (N13, K05).

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::actors::synthetic_orgnr;
use crate::support::{Actor, Answer, County};

/// Uploads rows about the school and the private kindergarten in Bergen.
async fn survey(county: &County, period: &str) -> String {
    let (kindergarten, school) = (synthetic_orgnr(10), synthetic_orgnr(11));
    let rows = format!(
        "unit_orgnr,area,respondent_group,current,needed,respondents\n\
         {kindergarten},language_speech,leaders,2,4,12\n{school},language_speech,leaders,3,4,6\n\
         {school},language_speech,assistants,1,5,4\n{school},vision,leaders,1,5,30\n"
    );
    let path = format!("/v1/kartlegging/uploads?instrument=basis-2026&period={period}");
    let upload = county.bergen.request(Method::POST, &path).header("Content-Type", "text/csv").body(rows);
    county.bergen.send(upload).await.expect(201).id()
}

async fn need_built_on(county: &County, sender: &Actor, batches: &[String]) -> Answer {
    let mut document = county.document();
    document["evidence"] = json!({"batches": batches});
    sender.post("/v1/needs", document).await.expect(201)
}

async fn evidence(reader: &Actor, need: &str) -> Value {
    reader.get(&format!("/v1/needs/{need}/evidence")).await.expect(200).json()
}

#[actix_web::test]
async fn whoever_sees_the_evidence_sees_what_it_says_about_the_areas_of_the_need() {
    let county = County::new().await;
    let batches = [survey(&county, "2025").await, survey(&county, "2026-H1").await];
    let need = need_built_on(&county, &county.bergen, &batches).await.id();
    county.answered(&need).await;
    let own = evidence(&county.bergen, &need).await;
    assert_eq!(own["batches"], json!(batches));
    let told = |n: usize, name: &str| own["summaries"][n][name].clone();
    assert_eq!(
        (told(0, "period"), told(1, "period"), own["summaries"].as_array().map(Vec::len)),
        (json!("2025"), json!("2026-H1"), Some(2))
    );
    assert_eq!(
        (told(0, "instrument"), told(0, "municipalities"), told(0, "suppress_below")),
        (json!("basis-2026"), json!(["4601"]), json!(5))
    );
    let expected = json!([{
        "key": "language_speech", "period": "2025", "responses": 2, "respondents": 18, "current": 2.33, "needed": 4.0,
        "gap": 1.67, "cells_counted": 2, "cells_left_out": 1, "change_since": null, "change_current": null,
        "change_needed": null, "change_gap": null,
    }]);
    assert_eq!(told(0, "items"), expected);
    let same =
        "/v1/kartlegging/summary?instrument=basis-2026&period=2025&by=area&area=language_speech&municipality=4601";
    assert_eq!(county.bergen.get(same).await.expect(200).json()["items"], expected, "as the summary says it");

    let hidden = json!({"batches": [], "summaries": []});
    for invited in [&county.university, &county.owner] {
        assert_eq!(evidence(invited, &need).await, hidden);
    }
    let path = format!("/v1/needs/{need}");
    county.governor.get(&format!("{path}/evidence")).await.expect(404);
    let tag = county.bergen.get(&path).await.expect(200).tag();
    county.bergen.transition(&format!("{path}/submit"), &tag, json!({})).await.expect(200);
    assert_eq!(evidence(&county.governor, &need).await, own);
}

#[actix_web::test]
async fn what_the_sender_cannot_build_on_says_nothing() {
    let county = County::new().await;
    let of_bergen = survey(&county, "2026").await;
    let neighbour = county.oeygarden(20).await;
    let nobodys = "01936b0e-7c1a-7000-8000-1234567890ab".to_owned();
    for batch in [of_bergen, nobodys] {
        let need = need_built_on(&county, &neighbour, std::slice::from_ref(&batch)).await.id();
        assert_eq!(evidence(&neighbour, &need).await, json!({"batches": [batch], "summaries": []}));
    }
    let without = county.draft().await.id();
    assert_eq!(evidence(&county.bergen, &without).await, json!({"batches": [], "summaries": []}));
}
