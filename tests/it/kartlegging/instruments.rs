//! Instruments.

use domain::organisations::OrganisationKind;
use reqwest::Method;
use serde_json::{Value, json};

use super::{HEADER, Place, counts, send, total};
use crate::support::actors::{ALL_READ_WRITE, organisation};

#[actix_web::test]
async fn the_instrument_says_what_is_asked_in_three_languages() {
    let place = Place::new().await;
    let instrument = place.alver.get("/v1/kartlegging/instruments/basis-2026").await.expect(200).json();
    assert_eq!((&instrument["scale"]["min"], &instrument["scale"]["max"]), (&json!(1), &json!(5)));
    assert_eq!(instrument["areas"].as_array().unwrap().len(), 26);
    let vision = instrument["areas"].as_array().unwrap().iter().find(|area| area["code"] == "vision").unwrap();
    assert_eq!(vision["labels"], json!({"nb": "synsvansker", "nn": "synsvanskar", "en": "visual impairment"}));
    let list = place.alver.get("/v1/kartlegging/instruments?family=basis&include_total=true").await.expect(200).json();
    assert_eq!((&list["items"], &list["total"]), (&json!([instrument]), &json!(1)));
    let by_code = place.alver.get("/v1/kartlegging/instruments?id=basis-2026&id=basis-1999").await.expect(200).json();
    assert_eq!(by_code["items"], list["items"]);
    place.alver.get("/v1/kartlegging/instruments/basis-1999").await.expect(404);
    assert_eq!(place.alver.get("/v1/kartlegging/instruments?colour=red").await.expect(400).code(), "unknown_filter");
}

/// An instrument of one area and one indicator, that asks schools.
pub(super) fn wellbeing(code: &str) -> Value {
    let names = |text: &str| json!({"nb": text, "nn": text, "en": text});
    let point = |value: i64| json!({"value": value, "labels": names("nivå")});
    json!({
        "code": code, "family": "trivsel", "title": names("Trivsel"), "description": names("Hvordan har vi det?"),
        "scale": {"points": [point(1), point(2), point(3)]},
        "unit_kinds": ["school"], "respondent_groups": ["all"], "areas": ["vision"],
        "indicators": [{"code": "common_time", "labels": names("Tid til felles arbeid")}],
    })
}

#[actix_web::test]
async fn a_county_governor_makes_an_instrument_and_its_next_version() {
    let place = Place::new().await;
    let governor = place.server.county_governor().await;
    let made = governor.post("/v1/kartlegging/instruments", wellbeing("trivsel-2027")).await.expect(201);
    assert_eq!(made.header("location"), "/v1/kartlegging/instruments/trivsel-2027");
    assert_eq!((&made.json()["version"], &made.json()["scale"]["max"]), (&json!(1), &json!(3)));
    let again = governor.post("/v1/kartlegging/instruments", wellbeing("trivsel-2027")).await.expect(409);
    assert_eq!((again.code().as_str(), &again.json()["params"]["code"]), ("already_exists", &json!("trivsel-2027")));
    assert_eq!(again.faults(), [("instrument_code_taken".to_owned(), "/code".to_owned())]);
    let next = governor.post("/v1/kartlegging/instruments", wellbeing("trivsel-2028")).await.expect(201);
    assert_eq!(next.json()["version"], 2);
    let directorate = organisation(12, OrganisationKind::Directorate, "Utdanningsdirektoratet");
    let directorate = place.server.join(directorate, &ALL_READ_WRITE).await;
    let third = directorate.post("/v1/kartlegging/instruments", wellbeing("trivsel-2029")).await.expect(201);
    assert_eq!(third.json()["version"], 3);
    let theirs = governor.post("/v1/kartlegging/instruments", wellbeing("trivsel-2030")).await.expect(403);
    assert_eq!(theirs.code(), "not_yours_to_do");
    assert_eq!(total(&place.alver, "/v1/kartlegging/instruments?family=trivsel").await, 3);

    let rows = format!("{HEADER}{0},vision,all,1,3,12,\n{0},common_time,all,1.5,2,12,\n", place.school);
    let path = "/v1/kartlegging/uploads?instrument=trivsel-2027&period=2026";
    let request = place.bergen.request(Method::POST, path).header("Content-Type", "text/csv").body(rows);
    assert_eq!(counts(&send(&place.bergen, request).await.expect(201)), [2, 2, 0, 0, 0]);
    let summary = "/v1/kartlegging/summary?by=area&instrument=trivsel-2027";
    let summary = place.alver.get(summary).await.expect(200).json();
    let keys: Vec<&str> =
        summary["items"].as_array().unwrap().iter().map(|line| line["key"].as_str().unwrap()).collect();
    assert_eq!(keys, ["common_time", "vision"]);
}

#[actix_web::test]
async fn everything_that_is_wrong_with_an_instrument_is_told_at_once() {
    let place = Place::new().await;
    let governor = place.server.county_governor().await;
    let mut instrument = wellbeing("Trivsel 2027");
    instrument["family"] = json!("basis");
    instrument["areas"] = json!(["astrology", "vision", "vision"]);
    instrument["indicators"][0]["code"] = json!("Tid");
    let refused = governor.post("/v1/kartlegging/instruments", instrument).await.expect(422);
    let expected = [
        ("family_reserved", "/family"),
        ("instrument_code", "/code"),
        ("instrument_code", "/indicators/0/code"),
        ("named_twice", "/areas/2"),
        ("unknown_area", "/areas/0"),
    ];
    assert_eq!(refused.faults(), expected.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
}

#[actix_web::test]
async fn an_instrument_that_makes_no_sense_is_refused() {
    let place = Place::new().await;
    let governor = place.server.county_governor().await;
    let changes: [(fn(&mut Value), &str, &str); 7] = [
        (|it| it["code"] = json!("Trivsel 2027"), "/code", "instrument_code"),
        (|it| it["scale"]["points"][1]["value"] = json!(3), "/scale/points", "scale_unsound"),
        (|it| it["areas"] = json!(["vision", "vision"]), "/areas/1", "named_twice"),
        (|it| it["areas"] = json!(["astrology"]), "/areas/0", "unknown_area"),
        (|it| it["indicators"][0]["code"] = json!("vision"), "/indicators/0/code", "indicator_is_area"),
        (|it| it["family"] = json!("basis"), "/family", "family_reserved"),
        (|it| it["title"]["nn"] = json!(" "), "/title/nn", "too_short"),
    ];
    for (change, pointer, code) in changes {
        let mut instrument = wellbeing("trivsel-2027");
        change(&mut instrument);
        let refused = governor.post("/v1/kartlegging/instruments", instrument).await.expect(422);
        assert_eq!(refused.faults(), [(code.to_owned(), pointer.to_owned())], "{}", refused.text);
    }
    let owner = place.bergen.post("/v1/kartlegging/instruments", wellbeing("trivsel-2027")).await.expect(403);
    assert_eq!(owner.code(), "kind_not_allowed");
}
