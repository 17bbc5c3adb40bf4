//! Instruments.

use serde_json::json;

use super::Place;

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
