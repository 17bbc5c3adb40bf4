//! Templates: a file to fill in, and to check a mapping against.

use reqwest::Method;
use serde_json::{Value, json};

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
        "\"current\":\"2\",\"needed\":\"3\",\"respondents\":\"5\"",
    );
    let sent = send(&place.owner, upload(&place.owner, "", "application/x-ndjson", filled)).await.expect(201);
    assert_eq!(counts(&sent), [26, 26, 0, 0, 0], "{:?}", findings(&sent));
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
    let refused = place.owner.get(&format!("{PATH}&owner=974760673")).await.expect(400);
    assert_eq!(refused.code(), "invalid_query");
    place.owner.get("/v1/kartlegging/instruments/basis-1999/template?period=2026").await.expect(404);
}
