//! Templates: a file to fill in, and to check a mapping against.

use reqwest::Method;
use serde_json::{Value, json};

use super::instruments::wellbeing;
use super::{HEADER, Place, counts, csv, findings, send, upload};
use crate::support::Actor;

const PATH: &str = "/v1/kartlegging/instruments/basis-2026/template?period=2026";

async fn template(actor: &Actor, query: &str, language: &str) -> String {
    let request = actor.request(Method::GET, &format!("{PATH}{query}")).header("Accept-Language", language);
    actor.send(request).await.expect(200).text
}

#[actix_web::test]
async fn a_template_has_a_row_for_every_unit_and_area() {
    let place = Place::new().await;
    let answer = place.bergen.get(PATH).await.expect(200);
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"basis-2026-2026.csv\"");
    let nynorsk = template(&place.bergen, "", "nn").await;
    let lines: Vec<&str> = nynorsk.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines[0],
        "organisasjonsnummer;namn på eininga;kompetanseområde;namn på området;respondentgruppe;namn på gruppa;\
         kompetanse i dag;ønskt kompetanse;talet på svar;kommentar"
    );
    assert_eq!(lines.len() - 1, 2 * 26, "the school and the private kindergarten, not what is closed");
    let vision = format!("{};Eining 100;vision;synsvanskar;all;alle samla;;;;", place.school);
    assert!(lines.contains(&vision.as_str()), "{nynorsk}");
    assert!(template(&place.bergen, "", "nb").await.contains("ønsket kompetanse;antall svar"));
}

#[actix_web::test]
async fn a_template_that_was_filled_in_is_an_upload() {
    let place = Place::new().await;
    let query = format!("&municipality=4601&owner={}", place.owner.orgnr);
    let empty = template(&place.owner, &query, "nb").await;
    let untouched = send(&place.owner, csv(&place.owner, "&mode=valid_rows", empty.clone())).await.expect(201);
    assert_eq!(counts(&untouched), [26, 0, 0, 0, 26]);
    let missing = |column: &str| ("missing_value".to_owned(), column.to_owned(), 26);
    assert_eq!(findings(&untouched), [missing("current"), missing("needed"), missing("respondents")]);
    let filled = empty.replace(";;;;", ";2.5;4;12;");
    let sent = send(&place.owner, csv(&place.owner, "", filled.clone())).await.expect(201);
    assert_eq!(counts(&sent), [26, 26, 0, 0, 0], "{:?}", findings(&sent));
    let again = template(&place.owner, "", "nb").await;
    assert_eq!(again, filled, "what was sent is filled in");
    assert_eq!(counts(&send(&place.owner, csv(&place.owner, "", again)).await.expect(201)), [26, 0, 0, 26, 0]);
}

#[actix_web::test]
async fn ndjson_has_codes_as_members_and_is_an_upload_too() {
    let place = Place::new().await;
    let text = template(&place.owner, "&format=ndjson&respondent_group=leaders", "en").await;
    let first: Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!((&first["respondent_group"], &first["current"]), (&json!("leaders"), &Value::Null));
    assert_eq!((&first["unit_name"], &first["respondent_group_name"]), (&json!("Eining 101"), &json!("leaders")));
    let filled = text.replace(
        "\"current\":null,\"needed\":null,\"respondents\":null",
        "\"current\":2,\"needed\":3.5,\"respondents\":5",
    );
    let sent = send(&place.owner, upload(&place.owner, "", "application/x-ndjson", filled)).await.expect(201);
    assert_eq!(counts(&sent), [26, 26, 0, 0, 0], "{:?}", findings(&sent));
    let again = template(&place.owner, "&format=ndjson", "en").await;
    let row: Value = serde_json::from_str(again.lines().next().unwrap()).unwrap();
    let figures = ["current", "needed", "respondents", "comment"].map(|name| row[name].clone());
    assert_eq!(figures, [json!(2), json!(3.5), json!(5), Value::Null], "figures are numbers");
    let sent = send(&place.owner, upload(&place.owner, "", "application/x-ndjson", again)).await.expect(201);
    assert_eq!(counts(&sent), [26, 0, 0, 26, 0], "what was sent is taken back");
}

#[actix_web::test]
async fn the_format_is_the_one_asked_for_and_json_is_none() {
    let place = Place::new().await;
    let accepting = async |query: &str, accept: &str| {
        let request = place.bergen.request(Method::GET, &format!("{PATH}{query}")).header("Accept", accept);
        place.bergen.send(request).await
    };
    for (query, accept, expected) in [
        ("", "*/*", "text/csv; charset=utf-8"),
        ("", "text/csv", "text/csv; charset=utf-8"),
        ("", "application/json, text/plain, */*", "text/csv; charset=utf-8"),
        ("", "application/x-ndjson", "application/x-ndjson"),
        ("&format=csv", "application/json", "text/csv; charset=utf-8"),
        ("&format=ndjson", "text/csv", "application/x-ndjson"),
    ] {
        assert_eq!(accepting(query, accept).await.expect(200).header("content-type"), expected, "{query} {accept}");
    }
    for accept in ["application/json", "text/csv;q=0"] {
        assert_eq!(accepting("", accept).await.expect(406).code(), "not_acceptable", "{accept}");
    }
}

#[actix_web::test]
async fn a_template_without_a_row_says_why() {
    let place = Place::new().await;
    let governor = place.server.county_governor().await;
    for (actor, query, expected) in [
        (&place.bergen, "&municipality=9999", &[("unknown_municipality", "municipality")][..]),
        (&place.bergen, "&owner=974760673", &[("unknown_organisation", "owner")]),
        (
            &place.bergen,
            "&municipality=9999&owner=974760673",
            &[("unknown_municipality", "municipality"), ("unknown_organisation", "owner")],
        ),
        (&place.bergen, "&municipality=4631", &[("no_units_in_municipality", "municipality")]),
        (&governor, "", &[("no_units_to_ask", "owner")]),
    ] {
        let refused = actor.get(&format!("{PATH}{query}")).await.expect(422);
        let told = expected.iter().map(|(code, at)| ((*code).to_owned(), (*at).to_owned())).collect::<Vec<_>>();
        assert_eq!(refused.faults(), told, "{query}: {}", refused.text);
    }
    governor.get(&format!("{PATH}&owner={}", place.bergen.orgnr)).await.expect(200);
}

#[actix_web::test]
async fn a_group_that_cannot_be_asked_is_refused_with_those_that_can() {
    let place = Place::new().await;
    let mut instrument = wellbeing("trivsel-2027");
    instrument["respondent_groups"] = json!(["leaders", "assistants"]);
    place.server.county_governor().await.post("/v1/kartlegging/instruments", instrument).await.expect(201);
    let other = PATH.replace("basis-2026", "trivsel-2027");
    for (path, group, expected) in [
        (PATH, "cats", "leaders / pedagogical_staff / assistants / support_service / all"),
        (&other, "all", "leaders / assistants"),
    ] {
        let refused = place.bergen.get(&format!("{path}&respondent_group={group}")).await.expect(400);
        assert_eq!(refused.faults(), [("invalid_value".to_owned(), "respondent_group".to_owned())]);
        assert_eq!(refused.json()["errors"][0]["params"]["expected"], expected);
    }
}

#[actix_web::test]
async fn groups_that_were_told_apart_stay_apart() {
    let place = Place::new().await;
    let rows =
        format!("{HEADER}{0},vision,leaders,2,4,6,\n{0},vision,assistants,1,4,9,'=x\n", place.private_kindergarten);
    send(&place.owner, csv(&place.owner, "", rows)).await.expect(201);
    let text = template(&place.owner, "", "nb").await;
    let vision: Vec<&str> = text.lines().filter(|line| line.contains(";vision;")).collect();
    assert_eq!(vision.len(), 2, "{vision:?}");
    assert!(vision[1].ends_with(";1;4;9;'=x"), "{vision:?}");
    assert_eq!(text.lines().count(), 1 + 25 + 2);
    place.owner.get("/v1/kartlegging/instruments/basis-1999/template?period=2026").await.expect(404);
}
