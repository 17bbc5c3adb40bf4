//! The whole story, from what a kindergarten needs to an approved report. Read this first.
//!
//! Each sentence that the two source texts tell of the scheme is a line here: the municipality surveys and registers,
//! the private owners are included, the university is its partner, the collaboration forum treats the need, the county
//! governor is its secretariat, decides and pays, and everybody reports.

use domain::actor::Scope;
use domain::orgnr::OrgNr;
use reqwest::Method;
use serde_json::{Value, json};

use crate::forum::stage::{Stage, criteria};
use crate::support::{Actor, Answer};

#[actix_web::test]
async fn a_need_becomes_a_paid_and_reported_grant() {
    let stage = Stage::new().await;
    stage.frame(5_300_000).await;

    let batch = kartlegging_is_uploaded(&stage).await;
    let need = the_municipality_registers_a_need(&stage, &batch).await;
    the_university_and_the_private_owner_answer(&stage, &need).await;
    the_need_is_checked_submitted_and_accepted(&stage, &need).await;

    let meeting = stage.assembled().await;
    the_forum_treats_the_need(&stage, &meeting, &need).await;
    let recommendation = the_forum_adopts_its_recommendation(&stage, &meeting).await;
    stage.step(&meeting, "close", json!({})).await.expect(200);
    assert_eq!(stage.state_of(&need).await, "prioritised", "the sender sees it when the meeting is closed");

    let grant = the_county_governor_decides_within_the_frame(&stage, &need, &recommendation).await;
    the_grant_is_paid_by_two_hands(&stage, &grant).await;
    everybody_reports_and_what_is_unused_is_computed(&stage, &grant).await;
    the_feed_tells_the_story_in_order(&stage, &need).await;
}

/// "Kommunene skal gjøre gode behovs- og kartleggingsundersøkelser."
async fn kartlegging_is_uploaded(stage: &Stage) -> String {
    let bergen = &stage.county.bergen;
    let instruments = bergen.get("/v1/kartlegging/instruments").await.expect(200).json();
    let instrument = instruments["items"][0]["code"].as_str().unwrap().to_owned();
    let units = bergen.get(&format!("/v1/units?owner={}", bergen.orgnr)).await.expect(200).json();
    let school = units["items"][0]["orgnr"].as_str().unwrap();
    let rows = format!(
        "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n\
         {school},language_speech,pedagogical_staff,2,4,12,\n\
         {school},language_speech,leaders,3,4,5,Vil mer\n"
    );
    let path = format!("/v1/kartlegging/uploads?instrument={instrument}&period=2026&mode=all");
    let upload = bergen.request(Method::POST, &path).header("Content-Type", "text/csv").body(rows);
    let batch = bergen.send(upload).await.expect(201);
    assert_eq!(batch.json()["state"], "committed", "{}", batch.text);
    assert_eq!(batch.json()["counts"]["created"], 2, "{}", batch.text);
    batch.id()
}

/// "Det er den enkelte kommune som melder behov for kompetanseutvikling til Statsforvaltaren." "Skal helst barnehage,
/// skule og PPT alle vere ein del av det planlagde kompetansetiltaket."
async fn the_municipality_registers_a_need(stage: &Stage, batch: &str) -> String {
    let mut document = stage.county.document();
    document["evidence"] = json!({"batches": [batch]});
    let draft = stage.county.bergen.post("/v1/needs", document).await.expect(201);
    assert_eq!((&draft.json()["state"], &draft.json()["reference"]), (&json!("draft"), &Value::Null));
    stage.secretariat().get(&draft.header("location")).await.expect(404);
    draft.id()
}

/// "Kommunen er ansvarleg for at også private barnehagar og skular blir inkludert i tiltaket." "UH-sektoren inngår i
/// partnerskap med kommunene."
async fn the_university_and_the_private_owner_answer(stage: &Stage, need: &str) {
    stage.county.answered(need).await;
    let owners = format!("/v1/needs/{need}/private-owners");
    let owners = stage.county.bergen.get(&owners).await.expect(200).json();
    assert_eq!(owners["items"][0]["own_answer"], "joins", "{owners}");
}

async fn the_need_is_checked_submitted_and_accepted(stage: &Stage, need: &str) {
    let bergen = &stage.county.bergen;
    let path = format!("/v1/needs/{need}");
    let check = bergen.get(&format!("{path}/check")).await.expect(200).json();
    let blockers: Vec<&Value> =
        check["findings"].as_array().unwrap().iter().filter(|f| f["severity"] == "blocker").collect();
    assert!(blockers.is_empty(), "{blockers:?}");
    let tag = bergen.get(&path).await.expect(200).tag();
    let submitted = bergen.transition(&format!("{path}/submit"), &tag, json!({})).await.expect(200);
    assert_eq!(submitted.json()["reference"], "B-2026-VL-0001");
    stage.step(&path, "accept", json!({})).await.expect(200);
}

/// "Det er samarbeidsforum i fylka som behandlar behovsmeldingane og avgjer kva utviklingstiltak som skal få midlar."
async fn the_forum_treats_the_need(stage: &Stage, meeting: &str, need: &str) {
    let item = stage.listed(meeting, need).await;
    stage.step(&item, "start", json!({})).await.expect(200);
    let early = stage.step(&item, "decide", prioritised()).await;
    assert_eq!(early.status, 409, "conflicts are ruled first: {}", early.text);
    stage.rule(&item, "bergen", "holder", true).await.expect(200);
    stage.rule(&item, "university", "holder", true).await.expect(200);
    let quorum = stage.secretariat().get(&format!("{item}/quorum")).await.expect(200).json();
    assert_eq!(quorum["quorum"]["quorate"], true, "{quorum}");
    stage.step(&item, "decide", prioritised()).await.expect(200);
    assert_eq!(stage.state_of(need).await, "on_agenda", "until the meeting is closed");
}

fn prioritised() -> Value {
    json!({
        "outcome": "prioritised", "rank": 1, "amount_nok": 500_000, "decided_by": "agreement",
        "reason": "Tiltaket ligger tett på barna.", "criteria": criteria(),
    })
}

async fn the_forum_adopts_its_recommendation(stage: &Stage, meeting: &str) -> String {
    let draft = stage.drawn().await;
    let item = stage.recommendation_item(meeting, &draft).await;
    let body = json!({"agenda_item_id": item, "decided_by": "agreement"});
    stage.step(&draft, "adopt", body).await.expect(200).id()
}

/// The decision keeps to the recommendation; the second school year waits for the appropriation.
async fn the_county_governor_decides_within_the_frame(stage: &Stage, need: &str, recommendation: &str) -> String {
    let to = |actor: &Actor| json!([{"orgnr": actor.orgnr, "share": 1}]);
    let decision = json!({
        "need_id": need, "recommendation_id": recommendation, "outcome": "granted",
        "reason": "Tiltaket svarer på kartlagte behov.",
        "years": [
            {"school_year": "2027-2028", "amount_nok": 300_000, "recipients": to(&stage.county.university)},
            {"school_year": "2028-2029", "amount_nok": 200_000, "recipients": to(&stage.county.bergen)},
        ],
    });
    let grant = stage.secretariat().post("/v1/grants", decision).await.expect(201);
    assert_eq!(grant.json()["reference"], "T-2026-VL-0001");
    let path = grant.header("location");
    stage.county.bergen.get(&path).await.expect(404);
    stage.step(&path, "notify", json!({})).await.expect(200);
    stage.county.bergen.get(&path).await.expect(200);
    assert_eq!(stage.state_of(need).await, "decided");
    let ledger = ledger(stage).await;
    assert_eq!((&ledger["committed_nok"], &ledger["left_nok"]), (&json!(300_000), &json!(5_000_000)), "{ledger}");
    path
}

/// Whoever prepared a payment does not approve it.
async fn the_grant_is_paid_by_two_hands(stage: &Stage, grant: &str) {
    let office = OrgNr::from_register(stage.secretariat().orgnr.clone());
    let approver = stage.county.server.client(&office, "approver", &[Scope::FundingApprove]).await;
    let instalment = json!({
        "recipient_orgnr": stage.county.university.orgnr, "school_year": "2027-2028",
        "amount_nok": 300_000, "due_on": "2026-11-21",
    });
    let tag = stage.secretariat().get(grant).await.expect(200).tag();
    let plan = json!({"instalments": [instalment]});
    stage.secretariat().put(&format!("{grant}/instalments"), &tag, plan).await.expect(200);
    let payments = stage.secretariat().get(&format!("{grant}/payments")).await.expect(200).json();
    let payment = format!("/v1/payments/{}", payments["items"][0]["id"].as_str().unwrap());
    step_by(&approver, &payment, "approve").await.expect(200);
    let run = stage.secretariat().post("/v1/payment-runs", json!({"due_until": "2026-11-21"})).await.expect(201);
    stage.step(&run.header("location"), "release", json!({})).await.expect(200);
    stage.step(&payment, "mark-paid", json!({})).await.expect(200);
    assert_eq!(stage.secretariat().get(grant).await.expect(200).json()["state"], "running");
}

async fn everybody_reports_and_what_is_unused_is_computed(stage: &Stage, grant: &str) {
    let report = format!("{grant}/reports/2027-2028");
    let part = format!("{report}/parts/{}", stage.county.university.orgnr);
    let indicators = [
        "practice_changed",
        "competence_strengthened",
        "benefit_for_children",
        "inclusive_environment",
        "lasting_change",
    ]
    .map(|code| json!({"code": code, "value": 4}));
    let content = json!({
        "used_nok": 280_000, "own_contribution_nok": 0, "indicators": indicators, "goals": "reached",
        "participants": [{"target_group": "leaders", "count": 4}],
        "assessment": "Personalet bruker observasjon i det daglige.",
    });
    let university = &stage.county.university;
    let tag = university.get(&part).await.expect(200).tag();
    university.put(&part, &tag, content).await.expect(200);
    step_by(&stage.county.bergen, &report, "submit").await.expect(200);
    let approved = stage.step(&report, "approve", json!({})).await.expect(200).json();
    assert_eq!((&approved["state"], &approved["unused_nok"]), (&json!("approved"), &json!(20_000)));
}

/// One event for each thing that happened to the need, to whoever may read it.
async fn the_feed_tells_the_story_in_order(stage: &Stage, need: &str) {
    let page = stage.county.bergen.get(&format!("/v1/events?subject={need}&limit=1000")).await.expect(200).json();
    let told: Vec<&str> =
        page["items"].as_array().unwrap().iter().filter_map(|e| e["data"]["state"].as_str()).collect();
    let mut states = told.clone();
    states.dedup();
    assert_eq!(states, ["draft", "submitted", "accepted", "on_agenda", "prioritised", "decided"]);
    let stranger = stage.county.stavanger(40).await;
    let hidden = stranger.get(&format!("/v1/events?subject={need}&limit=1000")).await.expect(200).json();
    assert_eq!(hidden["items"], json!([]));
}

/// A step of something by somebody, on its present version as they see it.
async fn step_by(actor: &Actor, path: &str, verb: &str) -> Answer {
    let tag = actor.get(path).await.expect(200).tag();
    actor.transition(&format!("{path}/{verb}"), &tag, json!({})).await
}

async fn ledger(stage: &Stage) -> Value {
    let frames = stage.secretariat().get("/v1/frames").await.expect(200).json();
    let frame = frames["items"][0]["id"].as_str().unwrap();
    stage.secretariat().get(&format!("/v1/frames/{frame}/ledger")).await.expect(200).json()
}
