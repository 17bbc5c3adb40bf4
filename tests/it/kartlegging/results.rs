//! The result file: the input with what became of each row, to be mended and sent again.

use reqwest::Method;

use super::{HEADER, Place, counts, csv, send};

#[actix_web::test]
async fn the_result_is_the_input_with_outcome_code_and_message() {
    let place = Place::new().await;
    let file = format!("{HEADER}{0},vision,leaders,2.5,4,12,=1+1\n{0},hearing,leaders,\"2,5\",4,12,ok\n", place.school);
    let batch = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    let path = format!("/v1/kartlegging/batches/{}/result", batch.id());
    let request = place.bergen.request(Method::GET, &path).header("Accept-Language", "en");
    let result = place.bergen.send(request).await.expect(200);
    assert_eq!(result.header("content-type"), "text/csv; charset=utf-8");
    assert_eq!(result.header("content-disposition"), format!("attachment; filename=\"result-{}.csv\"", batch.id()));
    let lines: Vec<&str> = result.text.lines().collect();
    assert_eq!(lines[0], format!("{},row,outcome,code,message", HEADER.trim_end()));
    assert_eq!(lines[1], format!("{},vision,leaders,2.5,4,12,'=1+1,2,created,,", place.school));
    let message = "\"The field current has a decimal comma. Write 3.5, not 3,5.\"";
    let expected = format!("{},hearing,leaders,\"2,5\",4,12,ok,3,rejected,decimal_comma,{message}", place.school);
    assert_eq!(lines[2..], [expected]);
    let rejected = place.bergen.get(&format!("{path}?outcome=rejected")).await.expect(200).text;
    assert_eq!(
        rejected.lines().map(|line| line.split(',').next_back() == Some("message")).collect::<Vec<_>>(),
        [true, false]
    );
    assert!(rejected.contains("hearing") && !rejected.contains("vision"));
    assert_eq!(place.bergen.get(&format!("{path}?outcome=lost")).await.expect(400).code(), "invalid_query");
    for (accept, expected) in
        [("application/x-ndjson, text/csv", 200), ("application/json, */*", 200), ("application/json", 406)]
    {
        let request = place.bergen.request(Method::GET, &path).header("Accept", accept);
        place.bergen.send(request).await.expect(expected);
    }

    let mended = result.text.replace("\"2,5\"", "2.5");
    let again = send(&place.bergen, csv(&place.bergen, "", mended)).await.expect(201);
    assert_eq!(counts(&again), [2, 1, 0, 1, 0], "the guard is taken away again, so what was taken is unchanged");
}

#[actix_web::test]
async fn a_result_of_many_chunks_comes_in_order() {
    let place = Place::new().await;
    let mut file = HEADER.to_owned();
    for n in 0..11_000 {
        file += &format!("{},vision,leaders,2,4,12,nr {n}\n", place.school);
    }
    let batch = send(&place.bergen, csv(&place.bergen, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!(counts(&batch), [11_000, 0, 0, 0, 11_000]);
    let path = format!("/v1/kartlegging/batches/{}/result", batch.id());
    let result = place.bergen.get(&path).await.expect(200).text;
    let numbers: Vec<u32> =
        result.lines().skip(1).map(|line| line.split(',').nth(6).unwrap()[3..].parse().unwrap()).collect();
    assert_eq!(numbers, (0..11_000).collect::<Vec<_>>());
}
