//! The summary: what it sums, what it leaves out (K05), and who reads it.

use domain::actor::Scope;
use domain::organisations::UnitKind;
use reqwest::Method;
use serde_json::{Value, json};

use super::instruments::wellbeing;
use super::{HEADER, Place, of_period, send};
use crate::support::{Actor, Answer};

const SUMMARY: &str = "/v1/kartlegging/summary?instrument=basis-2026";

async fn upload(actor: &Actor, period: &str, rows: &[String]) {
    let file = format!("{HEADER}{}\n", rows.join("\n"));
    let batch = send(actor, of_period(actor, period, "", "text/csv", file)).await.expect(201);
    assert_eq!(batch.json()["state"], "committed", "{}", batch.text);
}

async fn summary(actor: &Actor, query: &str) -> Value {
    actor.get(&format!("{SUMMARY}&{query}")).await.expect(200).json()
}

/// The lines of a summary: key, respondents, current, gap, cells counted and left out.
fn lines(summary: &Value) -> Vec<String> {
    let of = |line: &Value| {
        let told =
            ["respondents", "current", "gap", "cells_counted", "cells_left_out"].map(|name| line[name].to_string());
        format!("{} {}", line["key"].as_str().unwrap(), told.join(" "))
    };
    summary["items"].as_array().unwrap().iter().map(of).collect()
}

/// Two schools in Bergen, a private kindergarten there, and a school in Alver.
async fn surveyed() -> Place {
    let place = Place::new().await;
    let (school, kindergarten, in_alver) = (&place.school, &place.private_kindergarten, &place.school_in_alver);
    let other = place.server.unit(110, UnitKind::School, &place.bergen).await.to_string();
    let of_bergen = [
        format!("{school},vision,leaders,2,4,3,"),
        format!("{other},vision,leaders,4,4.5,3,"),
        format!("{school},vision,assistants,1,5,4,"),
        format!("{school},hearing,leaders,3.3,3.3,8,"),
        format!("{kindergarten},vision,leaders,2.5,4,10,"),
    ];
    upload(&place.bergen, "2026", &of_bergen).await;
    upload(&place.alver, "2026", &[format!("{in_alver},vision,leaders,1,5,20,")]).await;
    place
}

#[actix_web::test]
async fn means_are_weighted_by_people_and_small_cells_enter_no_sum() {
    let place = surveyed().await;
    let told = async |query: &str| lines(&summary(&place.owner, query).await);
    let expected: [(&str, &[&str]); 9] = [
        ("by=area", &["hearing 8 3.3 0.0 1 0", "vision 36 1.75 2.85 3 1"]),
        ("by=unit_kind", &["kindergarten 10 2.5 1.5 1 0", "school 34 1.89 2.57 3 1"]),
        ("by=municipality", &["4601 24 2.89 0.94 3 1", "4631 20 1.0 4.0 1 0"]),
        ("by=county", &["46 44 2.03 2.33 4 1"]),
        ("by=respondent_group", &["leaders 44 2.03 2.33 4 0", "assistants 0 null null 0 1"]),
        ("by=period", &["2026 44 2.03 2.33 4 1"]),
        ("by=area&municipality=4601&unit_kind=school", &["hearing 8 3.3 0.0 1 0", "vision 6 3.0 1.25 1 1"]),
        ("by=municipality&area=hearing&county=46", &["4601 8 3.3 0.0 1 0"]),
        ("by=area&respondent_group=assistants", &["vision 0 null null 0 1"]),
    ];
    for (query, lines) in expected {
        assert_eq!(told(query).await, lines, "{query}");
    }
    assert_eq!(told("by=area&county=03").await, [""; 0]);
    let whole = summary(&place.owner, "by=area").await;
    assert_eq!((&whole["suppress_below"], &whole["period"], &whole["by"]), (&json!(5), &json!("2026"), &json!("area")));
}

#[actix_web::test]
async fn everybody_together_counts_only_for_units_that_tell_no_groups_apart() {
    let place = Place::new().await;
    let other = place.server.unit(110, UnitKind::School, &place.bergen).await.to_string();
    let together = |unit: &str, people: i64| format!("{unit},vision,all,3,4,{people},");
    upload(&place.bergen, "2026", &[together(&place.school, 14), together(&other, 6)]).await;
    let by_group = async || lines(&summary(&place.bergen, "by=respondent_group").await);
    assert_eq!(by_group().await, ["all 20 3.0 1.0 1 0"]);
    let leaders = format!("{},vision,leaders,2,4,10,", place.school);
    let assistants = format!("{},vision,assistants,5,5,4,", place.school);
    upload(&place.bergen, "2026", &[leaders, assistants]).await;
    assert_eq!(by_group().await, ["leaders 10 2.0 2.0 1 0", "assistants 0 null null 0 1", "all 6 3.0 1.0 1 0"]);
}

#[actix_web::test]
async fn a_trend_has_the_change_since_the_period_before_of_the_same_length() {
    let place = Place::new().await;
    let row = |current: &str| [place.row(&place.school, "vision", current).trim_end().to_owned()];
    for (period, current) in [("2024", "2"), ("2025", "2.5"), ("2025-H1", "3"), ("2026", "1.5"), ("2026-H1", "3.1")] {
        upload(&place.bergen, period, &row(current)).await;
    }
    let trend = summary(&place.bergen, "by=period").await;
    let changes: Vec<_> = trend["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            (
                line["key"].as_str().unwrap(),
                line["current"].as_f64(),
                line["change_since"].as_str(),
                line["change_current"].as_f64(),
            )
        })
        .collect();
    let left_out = |key| (key, None, None, None);
    assert_eq!(
        changes,
        [
            ("2024", Some(2.0), None, None),
            left_out("2025"),
            ("2025-H1", Some(3.0), None, None),
            left_out("2026"),
            ("2026-H1", Some(3.1), Some("2025-H1"), Some(0.1)),
        ],
        "a year that is told by its halves as well is left out"
    );
    assert_eq!(trend["period"], json!(null));
    assert_eq!(trend["items"][4]["change_gap"], -0.1);
    let keys = async |query: &str| -> Vec<String> {
        lines(&summary(&place.bergen, query).await).iter().map(|line| line[..7].trim().to_owned()).collect()
    };
    assert_eq!(keys("by=period&from_period=2025&to_period=2026-H1").await, ["2025 0", "2025-H1", "2026-H1"]);
    assert_eq!(keys("by=period&period=2024").await, ["2024 12"]);
    assert_eq!(summary(&place.bergen, "by=area").await["period"], "2026-H1", "the last one, unless told");
    let year = summary(&place.bergen, "by=area&period=2026").await;
    assert_eq!(lines(&year), ["vision 0 null null 0 1"], "its half is not asked for, and still there");
}

#[actix_web::test]
async fn what_is_rejected_or_only_tried_enters_no_figure() {
    let place = Place::new().await;
    let file = |current: &str| format!("{HEADER}{}", place.row(&place.school, "vision", current));
    for query in ["&dry_run=true", "&mode=all"] {
        let file = if query == "&mode=all" { file("2") + &place.row(&place.school, "vision", "9") } else { file("2") };
        send(&place.bergen, of_period(&place.bergen, "2026", query, "text/csv", file)).await.expect(201);
        assert_eq!(summary(&place.bergen, "by=area").await["items"], json!([]));
    }
    for (current, expected) in [("2", "2.0"), ("2", "2.0"), ("3", "3.0")] {
        send(&place.bergen, of_period(&place.bergen, "2026", "", "text/csv", file(current))).await.expect(201);
        let told = lines(&summary(&place.bergen, "by=municipality").await);
        assert_eq!(told[0].split(' ').nth(2), Some(expected), "{told:?}");
    }
}

/// An instrument about sight and hearing, and about time for common work; answered in Bergen, and in Alver about time
/// alone.
async fn with_an_indicator() -> Place {
    let place = Place::new().await;
    let mut instrument = wellbeing("trivsel-2027");
    instrument["areas"] = json!(["vision", "hearing"]);
    instrument["respondent_groups"] = json!(["leaders", "assistants"]);
    place.server.county_governor().await.post("/v1/kartlegging/instruments", instrument).await.expect(201);
    let (school, in_alver) = (&place.school, &place.school_in_alver);
    let of_bergen = [
        format!("{school},vision,leaders,1,2,6,"),
        format!("{school},hearing,leaders,2,3,6,"),
        format!("{school},common_time,leaders,3,3,8,"),
        format!("{school},common_time,assistants,1,3,4,"),
    ];
    let of_alver = [format!("{in_alver},common_time,leaders,2,3,9,")];
    for (actor, period, rows) in
        [(&place.bergen, "2026", &of_bergen[..]), (&place.alver, "2026", &of_alver), (&place.alver, "2027", &of_alver)]
    {
        let path = format!("/v1/kartlegging/uploads?instrument=trivsel-2027&period={period}");
        let file = format!("{HEADER}{}\n", rows.join("\n"));
        let request = actor.request(Method::POST, &path).header("Content-Type", "text/csv").body(file);
        assert_eq!(actor.send(request).await.expect(201).json()["state"], "committed");
    }
    place
}

#[actix_web::test]
async fn an_indicator_is_told_by_itself_and_enters_no_mean_of_competence() {
    let place = with_an_indicator().await;
    let path = "/v1/kartlegging/summary?instrument=trivsel-2027";
    let summary = async |query: &str| place.alver.get(&format!("{path}&{query}")).await.expect(200).json();
    let expected: [(&str, &[&str]); 8] = [
        ("by=area&period=2026", &["common_time 17 2.47 0.53 2 1", "hearing 6 2.0 1.0 1 0", "vision 6 1.0 1.0 1 0"]),
        ("by=area&area=common_time&municipality=4601", &["common_time 8 3.0 0.0 1 1"]),
        ("by=municipality", &["4601 12 1.5 1.0 2 0"]),
        ("by=municipality&period=2026&area=common_time", &["4601 8 3.0 0.0 1 1", "4631 9 2.0 1.0 1 0"]),
        ("by=respondent_group", &["leaders 12 1.5 1.0 2 0"]),
        ("by=period", &["2026 12 1.5 1.0 2 0"]),
        ("by=period&area=common_time", &["2026 17 2.47 0.53 2 1", "2027 9 2.0 1.0 1 0"]),
        ("by=county&area=language_speech", &[]),
    ];
    for (query, told) in expected {
        assert_eq!(lines(&summary(query).await), told, "{query}");
    }
    let last = async |query: &str| summary(query).await["period"].clone();
    assert_eq!(last("by=area").await, "2027", "the last period that has anything of what is asked for");
    assert_eq!(last("by=county").await, "2026", "competence was last answered then");
    assert_eq!(last("by=county&area=common_time").await, "2027");
    let elsewhere = place.alver.get(&format!("{SUMMARY}&by=area&area=common_time")).await.expect(400);
    assert_eq!(elsewhere.faults(), [("invalid_value".to_owned(), "area".to_owned())], "{}", elsewhere.text);
    assert!(elsewhere.text.contains("/v1/kartlegging/instruments/basis-2026"), "{}", elsewhere.text);
}

async fn accepting(actor: &Actor, format: &str) -> Answer {
    let request = actor.request(Method::GET, &format!("{SUMMARY}&by=respondent_group"));
    actor.send(request.header("Accept", format)).await.expect(200)
}

#[actix_web::test]
async fn the_lines_come_as_csv_and_ndjson_as_well() {
    let place = surveyed().await;
    let csv = accepting(&place.alver, "text/csv").await;
    assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
    let expected = "key,period,responses,respondents,current,needed,gap,cells_counted,cells_left_out,change_since,\
                    change_current,change_needed,change_gap\n\
                    leaders,2026,5,44,2.03,4.36,2.33,4,0,,,,\nassistants,2026,0,0,,,,0,1,,,,\n";
    assert_eq!(csv.text, expected);
    let ndjson = accepting(&place.alver, "application/x-ndjson").await;
    let first: Value = serde_json::from_str(ndjson.text.lines().next().unwrap()).unwrap();
    assert_eq!(first, summary(&place.alver, "by=respondent_group").await["items"][0]);
}

#[actix_web::test]
async fn everybody_with_the_scope_reads_every_municipality() {
    let place = surveyed().await;
    let governor = place.server.county_governor().await;
    let expected = lines(&summary(&place.bergen, "by=municipality").await);
    for other in [&place.alver, &place.owner, &governor] {
        assert_eq!(lines(&summary(other, "by=municipality").await), expected);
    }
    let path = format!("{SUMMARY}&by=area");
    place.server.anonymous().get(&path).await.expect(401);
    let bergen = domain::orgnr::OrgNr::from_register(place.bergen.orgnr.clone());
    let without = place.server.client(&bergen, "needs", &[Scope::NeedsRead]).await;
    assert_eq!(without.get(&path).await.expect(403).code(), "scope_missing");
}

#[actix_web::test]
async fn what_cannot_be_asked_is_refused_by_name() {
    let place = Place::new().await;
    for (query, code, name) in [
        ("instrument=basis-2026", "missing_parameter", "by"),
        ("by=area", "missing_parameter", "instrument"),
        ("by=unit&instrument=basis-2026", "invalid_value", "by"),
        ("by=area&instrument=basis-1999", "invalid_value", "instrument"),
        ("by=area&instrument=basis-2026&area=swimming", "invalid_value", "area"),
        ("by=area&instrument=basis-2026&municipality=9999", "invalid_value", "municipality"),
        ("by=area&instrument=basis-2026&county=99", "invalid_value", "county"),
        ("by=area&instrument=basis-2026&unit_kind=zoo", "invalid_value", "unit_kind"),
        ("by=area&instrument=basis-2026&respondent_group=cats", "invalid_value", "respondent_group"),
        ("by=area&instrument=basis-2026&from_period=2025", "invalid_value", "from_period"),
        ("by=period&period=2026&instrument=basis-2026&to_period=2025", "invalid_value", "to_period"),
        ("by=area&instrument=basis-2026&unit_orgnr=974760673", "unknown_parameter", "unit_orgnr"),
    ] {
        let answer = place.bergen.get(&format!("/v1/kartlegging/summary?{query}")).await.expect(400);
        assert_eq!(answer.faults(), [(code.to_owned(), name.to_owned())], "{query}: {}", answer.text);
    }
    let unreadable = format!("{SUMMARY}&by=area&period=soon");
    assert_eq!(place.bergen.get(&unreadable).await.expect(400).faults()[0].1, "period");
}
