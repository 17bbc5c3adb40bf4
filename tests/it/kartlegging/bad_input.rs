//! What cannot be read, and rows that cannot be taken. Nothing takes the server down or leaves anything behind.

use reqwest::Method;
use serde_json::{Value, json};

use super::formats::gzip;
use super::{HEADER, Place, assert_nothing_is_there, counts, csv, findings, send, upload};

#[actix_web::test]
async fn files_that_cannot_be_read_are_told_apart_and_leave_nothing_behind() {
    let place = Place::new().await;
    let good = place.one_row();
    let latin1 = [good.as_bytes(), b"1,vision,all,1,1,1,st\xf8tte\n"].concat();
    let utf16: Vec<u8> = good.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let broken = gzip(good.as_bytes())[..30].to_vec();
    let mut damaged = gzip(good.as_bytes());
    let checksum = damaged.len() - 8;
    damaged[checksum] ^= 0xff;
    let cases: [(&str, Vec<u8>, bool, u16, &str); 11] = [
        ("nothing", Vec::new(), false, 422, "upload_without_rows"),
        ("a header alone", HEADER.into(), false, 422, "upload_without_rows"),
        ("blank lines", format!("{HEADER}\n\n").into(), false, 422, "upload_without_rows"),
        ("Latin-1", latin1, false, 400, "not_utf8"),
        ("UTF-16", utf16, false, 400, "not_utf8"),
        ("no gzip", good.clone().into(), true, 400, "gzip_broken"),
        ("half a gzip", broken, true, 400, "gzip_broken"),
        ("a gzip whose checksum is wrong", damaged, true, 400, "gzip_broken"),
        ("gzip in gzip", gzip(&gzip(good.as_bytes())), true, 400, "gzip_nested"),
        ("gzip without saying so", gzip(good.as_bytes()), false, 400, "gzip_undeclared"),
        ("an empty gzip", gzip(b""), true, 422, "upload_without_rows"),
    ];
    for (what, body, packed, status, code) in cases {
        let mut request = csv(&place.bergen, "", body);
        if packed {
            request = request.header("Content-Encoding", "gzip");
        }
        let answer = send(&place.bergen, request).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{what}: {}", answer.text);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
    }
    for array in ["", "[]"] {
        let answer = send(&place.bergen, upload(&place.bergen, "", "application/json", array)).await.expect(422);
        assert_eq!(answer.code(), "upload_without_rows");
    }
    let answer = send(&place.bergen, upload(&place.bergen, "", "application/json", "[{}")).await.expect(400);
    assert_eq!(answer.code(), "json_array_broken");
    assert_nothing_is_there(&place).await;
    send(&place.bergen, csv(&place.bergen, "", good)).await.expect(201);
}

#[actix_web::test]
async fn latin_1_is_told_with_its_row_and_what_to_do_in_the_callers_language() {
    let place = Place::new().await;
    let body = [place.one_row().as_bytes(), b"1,vision,all,1,1,1,\xe6rleg\n"].concat();
    let request = csv(&place.bergen, "", body).header("Accept-Language", "nn");
    let problem = send(&place.bergen, request).await.expect(400).json();
    assert_eq!(problem["params"]["row"], 3);
    assert_eq!(problem["title"], "Fila er ikkje UTF-8");
    assert!(problem["detail"].as_str().unwrap().contains("Vel «CSV UTF-8»"), "{problem}");
}

#[actix_web::test]
async fn a_header_is_held_against_the_columns() {
    let place = Place::new().await;
    let wrong = "unit_orgnr;area;current;needed;respondents;kommune;area\n1;vision;1;1;1;x;y\n";
    let answer = send(&place.bergen, csv(&place.bergen, "", wrong)).await.expect(422);
    let faults = answer.faults();
    let faults: Vec<(&str, &str)> = faults.iter().map(|(code, name)| (code.as_str(), name.as_str())).collect();
    let expected =
        [("duplicate_column", "area"), ("missing_column", "respondent_group"), ("unknown_column", "kommune")];
    assert_eq!(faults, expected);
    let many = format!("{}\n", "x,".repeat(5_000));
    let answer = send(&place.bergen, csv(&place.bergen, "", many)).await.expect(422);
    assert_eq!(answer.faults()[0].0, "too_many_columns");
    let long = send(&place.bergen, csv(&place.bergen, "", "x".repeat(70_000))).await.expect(422);
    assert_eq!(long.faults()[0].0, "header_too_long");
    assert_nothing_is_there(&place).await;
}

#[actix_web::test]
async fn parameters_are_read_before_the_body() {
    let place = Place::new().await;
    let post = |query: &str| {
        let path = format!("/v1/kartlegging/uploads{query}");
        place.bergen.request(Method::POST, &path).header("Content-Type", "text/csv").body(place.one_row())
    };
    for (query, status, code) in [
        ("", 400, "invalid_query"),
        ("?instrument=basis-2026", 400, "invalid_query"),
        ("?instrument=basis-2026&period=2026-H3", 400, "invalid_query"),
        ("?instrument=basis-2026&period=2026&mode=some", 400, "invalid_query"),
        ("?instrument=basis-2026&period=2026&colour=red", 400, "invalid_query"),
        ("?instrument=basis-1999&period=2026", 422, "validation_failed"),
        ("?instrument=basis-2026&period=2026&source=15081210281", 422, "validation_failed"),
    ] {
        let answer = send(&place.bergen, post(query)).await;
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{query}: {}", answer.text);
    }
    assert_nothing_is_there(&place).await;
}

#[actix_web::test]
async fn an_upload_that_says_it_is_too_large_is_refused_at_once() {
    let place = Place::new().await;
    let request = csv(&place.bergen, "", vec![b'x'; 65 * 1024 * 1024]);
    // The answer comes before the body is read, so the connection may be gone while the client still sends.
    if let Ok(answer) = request.send().await {
        assert_eq!(answer.status(), 413);
    }
    assert_nothing_is_there(&place).await;
}

#[actix_web::test]
async fn every_faulty_row_has_its_code_and_its_number() {
    let place = Place::new().await;
    let (school, kindergarten) = (&place.school, &place.private_kindergarten);
    let too_long = format!("{school},aac,leaders,1,2,3,{}", "x".repeat(70_000));
    let long_comment = format!("{school},aac,leaders,1,2,3,{}", "x".repeat(1_001));
    let rows: Vec<(String, &str)> = vec![
        (format!("{school},vision,leaders,2,4"), "field_count"),
        (format!("{school},vision,leaders,2,4,12,a,b"), "field_count"),
        (too_long, "row_too_long"),
        (format!("{school},vision,leaders,\"2,5\",4,12,"), "decimal_comma"),
        (format!("{school},vision,leaders,NaN,4,12,"), "not_a_number"),
        (format!("{school},vision,leaders,1e309,4,12,"), "not_a_number"),
        (format!("{school},vision,leaders,-0,4,12,"), "outside_scale"),
        (format!("{school},vision,leaders,2.25,4,12,"), "too_many_decimals"),
        (format!("{school},vision,leaders,2,6,12,"), "outside_scale"),
        (format!("{school},vision,leaders,2,4,0,"), "respondents_out_of_range"),
        (format!("{school},vision,leaders,2,4,1.5,"), "not_whole"),
        (format!("{},vision,leaders,2,4,12,", place.school_in_alver), "unit_not_yours"),
        (format!("{},vision,leaders,2,4,12,", place.closed_school), "unit_closed"),
        ("974760673,vision,leaders,2,4,12,".to_owned(), "unit_unknown"),
        ("974760674,vision,leaders,2,4,12,".to_owned(), "unit_malformed"),
        (format!("{school},astrology,leaders,2,4,12,"), "area_not_asked"),
        (format!("{school},vision,pupils,2,4,12,"), "group_not_asked"),
        (format!("{school},,leaders,2,4,12,"), "missing_value"),
        (format!("{school},aac,leaders,2,4,12,a\0b"), "control_character"),
        (format!("{school},aac,leaders,2,4,12,fnr 150812 10281"), "national_id"),
        (long_comment, "comment_too_long"),
        (format!("{school},hearing,all,2,4,12,"), "duplicate_in_batch"),
        (format!("{school},hearing,all,3,4,12,"), "duplicate_in_batch"),
        (format!("{kindergarten},hearing,all,3,4,12,=HYPERLINK(1)"), ""),
    ];
    let file = format!("{HEADER}{}\n", rows.iter().map(|(row, _)| row.as_str()).collect::<Vec<_>>().join("\n"));
    let batch = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    let received = i64::try_from(rows.len()).unwrap();
    assert_eq!(counts(&batch), [received, 1, 0, 0, received - 1]);
    let request = place
        .bergen
        .request(Method::GET, &format!("/v1/kartlegging/batches/{}/result", batch.id()))
        .header("Accept", "application/x-ndjson");
    let result = place.bergen.send(request).await.expect(200);
    let told: Vec<Value> = result.text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for (n, ((row, code), told)) in rows.iter().zip(&told).enumerate() {
        assert_eq!((told["row"].as_u64(), told["code"].as_str()), (Some(n as u64 + 2), Some(*code)), "{row}");
        assert_eq!(told["message"].as_str().unwrap().is_empty(), code.is_empty(), "{row}");
    }
    assert!(!result.text.contains("10281"), "an identity number is shown back to nobody");
    let duplicates = findings(&batch).into_iter().find(|group| group.0 == "duplicate_in_batch").unwrap();
    assert_eq!(duplicates.2, 2);
}

#[actix_web::test]
async fn a_broken_character_late_in_a_file_is_that_rows_own_fault() {
    let place = Place::new().await;
    let mut file = format!("{HEADER}{},aac,all,1,1,1,støtte\n", place.school).into_bytes();
    for _ in 0..5_217 {
        file.extend_from_slice(place.row(&place.school, "vision", "2").as_bytes());
    }
    file.extend_from_slice(b"974760673,vision,leaders,2,4,12,\xff\xfe\n");
    let batch = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!(counts(&batch), [5_219, 1, 0, 0, 5_218]);
    let groups = batch.json()["findings"].clone();
    assert_eq!(groups.as_array().unwrap().len(), 2, "thousands of bad rows are two lines");
    assert_eq!((&groups[1]["code"], &groups[1]["rows"]), (&json!("invalid_utf8"), &json!([5_220])));
    assert_eq!(groups[0]["rows"].as_array().unwrap().len(), 20);
}

#[actix_web::test]
async fn lines_of_ndjson_have_their_own_faults() {
    let place = Place::new().await;
    let row = json!({"unit_orgnr": place.school, "area": "vision", "respondent_group": "all", "current": 2, "needed": 4, "respondents": 12});
    let mut unknown = row.clone();
    unknown["kommune"] = json!("4601");
    let file = format!("{row}\nnot json\n{unknown}\n{{}}\n");
    let request = upload(&place.bergen, "&mode=valid_rows", "application/x-ndjson", file);
    let batch = send(&place.bergen, request).await.expect(201);
    assert_eq!(counts(&batch), [4, 1, 0, 0, 3]);
    let told = findings(&batch);
    for code in ["unreadable_row", "unknown_member", "missing_value"] {
        assert!(told.iter().any(|group| group.0 == code), "{code} in {told:?}");
    }
}
