//! Meetings of a network, and themes (F11).

use domain::organisations::OrganisationKind as Kind;
use serde_json::{Value, json};

use super::stage::Stage;

#[actix_web::test]
async fn members_raise_themes_until_the_meeting_begins_and_the_coordinator_notes_what_came_of_them() {
    let stage = Stage::new().await;
    let (county, bergen) = (&stage.county, &stage.county.bergen);
    let path = format!("{}/meetings", stage.network);
    let call = json!({
        "title": "Nettverksmøte", "starts_at": "2026-11-30T09:00:00Z", "place": "Rådhuset",
        "themes": [{"title": "Årsplan"}],
    });
    for (refused, status) in [(&stage.voss, 403), (&county.governor, 403), (&stage.alver, 404)] {
        refused.post(&path, call.clone()).await.expect(status);
    }
    let meeting = bergen.post(&path, call).await.expect(201).header("location");
    let theme = |title: &str| json!({"title": title, "description": "Vi vil drøfte det."});
    stage.put_member(&county.university.orgnr).await.expect(200);
    let sead = county.organisation(31, Kind::Statped, "Statped SEAD").await;
    stage.put_member(&sead.orgnr).await.expect(200);
    for raiser in [&stage.statped, &sead, &county.university, &county.governor, &stage.voss] {
        raiser.post(&format!("{meeting}/themes"), theme("Samisk språk")).await.expect(201);
    }
    stage.alver.post(&format!("{meeting}/themes"), theme("Mitt")).await.expect(404);
    let seen = sead.get(&meeting).await.expect(200).json();
    let raised: Vec<&Value> = seen["themes"].as_array().unwrap().iter().map(|theme| &theme["raised_by"]).collect();
    let raisers = [bergen, &stage.statped, &sead, &county.university, &county.governor, &stage.voss];
    assert_eq!(raised, raisers.map(|raiser| json!(raiser.orgnr)).iter().collect::<Vec<_>>());
    let about = seen["themes"][2]["id"].as_str().unwrap().to_owned();

    let notes = |id: &str| json!({"notes": {id: "Tre kommuner vil høre mer."}});
    let early = stage.change(bergen, &meeting, notes(&about)).await.expect(422);
    assert_eq!(early.faults(), [("meeting_not_begun".to_owned(), format!("/notes/{about}"))]);
    county.server.set_now("2026-11-30T09:00:00Z");
    let late = stage.voss.post(&format!("{meeting}/themes"), theme("For sent")).await.expect(409);
    assert_eq!(late.code(), "meeting_has_begun");
    stage.change(&stage.voss, &meeting, notes(&about)).await.expect(403);
    let unknown = stage.change(bergen, &meeting, notes("01936b0e-7c1a-7000-8000-1234567890ab")).await.expect(422);
    assert_eq!(unknown.faults()[0].0, "unknown_reference");
    let noted = stage.change(bergen, &meeting, notes(&about)).await.expect(200).json();
    assert_eq!((&noted["themes"][2]["noted"], &noted["themes"][1]["noted"]), (&json!(true), &json!(false)));
    let taken_back = stage.change(bergen, &meeting, json!({"notes": {about: null}})).await.expect(200).json();
    assert_eq!(taken_back["themes"][2]["notes"], Value::Null);
    bergen.patch(&meeting, "\"1\"", json!({"title": "X"})).await.expect(412);

    let listed = stage.voss.get(&format!("{path}?include_total=true")).await.expect(200).json();
    assert_eq!((&listed["total"], &listed["items"][0]["title"]), (&json!(1), &json!("Nettverksmøte")));
    stage.alver.get(&path).await.expect(404);
    stage.alver.get(&meeting).await.expect(404);
}

#[actix_web::test]
async fn a_meeting_is_moved_before_it_has_begun_and_only_to_a_time_to_come() {
    let stage = Stage::new().await;
    let bergen = &stage.county.bergen;
    let call = json!({"title": "Nettverksmøte", "starts_at": "2026-11-30T09:00:00Z"});
    let meeting = bergen.post(&format!("{}/meetings", stage.network), call).await.expect(201).header("location");
    let at = |instant: &str| json!({"starts_at": instant});
    let past = stage.change(bergen, &meeting, at("2020-01-01T09:00:00Z")).await.expect(422);
    assert_eq!(past.faults(), [("meeting_in_past".to_owned(), "/starts_at".to_owned())]);
    for impossible in ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00Z", "3000-01-01T00:00:00Z"] {
        let refused = stage.change(bergen, &meeting, at(impossible)).await.expect(422);
        assert_eq!(refused.faults()[0], ("wrong_format".to_owned(), "/starts_at".to_owned()), "{impossible}");
    }
    let blank = stage.change(bergen, &meeting, json!({"title": "  "})).await.expect(422);
    assert_eq!(blank.faults()[0], ("too_short".to_owned(), "/title".to_owned()));
    stage.change(bergen, &meeting, at("2026-12-01T09:00:00Z")).await.expect(200);
    stage.county.server.set_now("2026-12-01T09:00:00Z");
    let begun = stage.change(bergen, &meeting, at("2026-12-02T09:00:00Z")).await.expect(409);
    assert_eq!(begun.code(), "meeting_has_begun");
    stage.change(bergen, &meeting, json!({"place": "Rådhuset"})).await.expect(200);
}
