//! The same rows in every format that is taken.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use super::{HEADER, Place, counts, csv, findings, send, upload};

pub(super) fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[actix_web::test]
async fn every_format_says_the_same() {
    let place = Place::new().await;
    let row = json!({
        "unit_orgnr": place.school, "area": "vision", "respondent_group": "leaders", "current": 2.5, "needed": 4,
        "respondents": 12, "comment": "Treng støtte, og meir",
    });
    let cells = "leaders;2.5;4;12;Treng støtte, og meir\r\n";
    let semicolons = format!("\u{feff}{}{};vision;{cells}", HEADER.replace(',', ";"), place.school);
    let words = "\u{feff}Organisasjonsnummer;Kompetanseområde;Respondentgruppe;Kompetanse i dag;Ønsket kompetanse;Antall svar;Kommentar\r\n";
    let words = format!("{words}{};vision;{cells}", place.school);
    let commas = format!("{HEADER}\"{}\",vision,leaders,2.5,4.0,12,\"Treng støtte, og meir\"", place.school);
    let spaced = commas
        .replace(&place.school, &format!("{} {} {}", &place.school[..3], &place.school[3..6], &place.school[6..]));
    let mut first = true;
    for (content_type, content) in [
        ("text/csv", commas),
        ("text/csv", spaced),
        ("text/csv; charset=utf-8", semicolons),
        ("text/csv", words),
        ("application/x-ndjson", format!("\n{row}\n\n")),
        ("application/json", format!("[{row}]")),
    ] {
        for packed in [false, true] {
            let body = if packed { gzip(content.as_bytes()) } else { content.clone().into_bytes() };
            let mut request = upload(&place.bergen, "", content_type, body);
            if packed {
                request = request.header("Content-Encoding", "gzip");
            }
            let batch = send(&place.bergen, request).await.expect(201);
            let expected = if first { [1, 1, 0, 0, 0] } else { [1, 0, 0, 1, 0] };
            assert_eq!((counts(&batch), findings(&batch)), (expected, vec![]), "{content_type} {content}");
            first = false;
        }
    }
}

#[actix_web::test]
async fn a_packed_file_of_several_members_is_one_file() {
    let place = Place::new().await;
    let file = place.one_row() + &place.row(&place.school, "hearing", "1");
    let (head, tail) = file.as_bytes().split_at(file.len() - 20);
    let body = [gzip(head), gzip(tail)].concat();
    let request = csv(&place.bergen, "", body).header("Content-Encoding", "gzip");
    assert_eq!(counts(&send(&place.bergen, request).await.expect(201)), [2, 2, 0, 0, 0]);
}

#[actix_web::test]
async fn formats_that_are_not_taken_are_told() {
    let place = Place::new().await;
    for content_type in ["text/plain", "application/vnd.ms-excel", "text/csv; charset=iso-8859-1"] {
        let request = upload(&place.bergen, "", content_type, place.one_row());
        assert_eq!(send(&place.bergen, request).await.expect(415).code(), "unsupported_media_type");
    }
    let brotli = csv(&place.bergen, "", place.one_row()).header("Content-Encoding", "br");
    assert_eq!(send(&place.bergen, brotli).await.expect(415).code(), "unsupported_content_encoding");
}
