//! What one office adds to the form: guidance, and questions of its own.

use serde_json::{Value, json};

use crate::support::builders::round;
use crate::support::{County, TestServer};

fn words(nb: &str, nn: &str) -> Value {
    json!({"nb": nb, "nn": nn})
}

fn questions() -> Value {
    json!([
        {
            "key": "region", "kind": "choice", "required": true, "label": words("Hvilken region?", "Kva region?"),
            "choices": [{"code": "north", "label": words("Nord", "Nord")}, {"code": "south", "label": words("Sør", "Sør")}],
        },
        {"key": "staff", "kind": "number", "label": words("Hvor mange ansatte?", "Kor mange tilsette?")},
        {"key": "plan", "kind": "text", "label": words("Hvilken plan?", "Kva plan?"), "help": words("Navn", "Namn")},
    ])
}

/// A round of the county's that asks more; answers its id.
async fn asking(county: &County) -> String {
    let mut body = round("kollektiv-2026");
    body["guidance"] = words("Snakk sammen først.", "Snakk saman først.");
    body["questions"] = questions();
    county.governor.post("/v1/rounds", body).await.expect(201).id()
}

#[actix_web::test]
async fn everybody_reads_what_an_office_asks_and_its_words_can_be_mended_while_it_is_open() {
    let county = County::new().await;
    let path = format!("/v1/rounds/{}", asking(&county).await);
    let read = county.bergen.get(&path).await.expect(200);
    assert_eq!(read.json()["guidance"]["nn"], "Snakk saman først.");
    let mut asked = read.json()["questions"].clone();
    assert_eq!((&asked[0]["choices"][1]["code"], &asked[2]["help"]["nn"]), (&json!("south"), &json!("Namn")));
    asked[1]["label"] = words("Hvor mange ansatte deltar?", "Kor mange tilsette deltek?");
    let mended = county.governor.patch(&path, &read.tag(), json!({"questions": asked})).await.expect(200);
    assert_eq!(mended.json()["questions"][1]["label"]["nb"], "Hvor mange ansatte deltar?");
    asked[1]["required"] = json!(true);
    let harder = county.governor.patch(&path, &mended.tag(), json!({"questions": asked})).await.expect(422);
    assert_eq!(harder.faults(), [("fixed_in_round_state".to_owned(), "/questions".to_owned())]);
}

#[actix_web::test]
async fn questions_that_cannot_be_answered_are_refused_all_at_once() {
    let server = TestServer::start().await;
    let mut body = round("kollektiv-2026");
    body["questions"] = questions();
    body["questions"][0]["choices"] = json!([{"code": "north", "label": words("Nord", "Nord")}]);
    body["questions"][1]["key"] = json!("region");
    body["questions"][2]["choices"] = json!([{"code": "a", "label": words("A", "A")}]);
    let refused = server.county_governor().await.post("/v1/rounds", body).await.expect(422);
    let expected = [
        ("choices_without_choice", "/questions/2/choices"),
        ("not_unique", "/questions/1/key"),
        ("too_few_choices", "/questions/0/choices"),
    ];
    let mut faults = refused.faults();
    faults.sort();
    assert_eq!(faults, expected.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
}

#[actix_web::test]
async fn a_need_answers_what_its_round_asks_and_nothing_else() {
    let county = County::new().await;
    let mut document = county.document();
    document["round_id"] = json!(asking(&county).await);
    document["extra_answers"] = json!([
        {"key": "size", "number": 3},
        {"key": "region", "choice": "east"},
        {"key": "staff", "text": "mange"},
    ]);
    let refused = county.bergen.post("/v1/needs", document.clone()).await.expect(422);
    let mut faults = refused.faults();
    faults.sort();
    let expected = [
        ("answer_of_other_kind", "/extra_answers/2"),
        ("unknown_choice", "/extra_answers/1"),
        ("unknown_question", "/extra_answers/0"),
    ];
    assert_eq!(faults, expected.map(|(code, pointer)| (code.to_owned(), pointer.to_owned())));
    document["extra_answers"] = json!([{"key": "staff", "number": 3, "text": "tre"}]);
    let two = county.bergen.post("/v1/needs", document.clone()).await.expect(422);
    assert_eq!(two.faults(), [("answer_says_one_thing".to_owned(), "/extra_answers/0".to_owned())]);
    document["extra_answers"] = json!([{"key": "staff", "number": 3}]);
    let draft = county.bergen.post("/v1/needs", document).await.expect(201);
    let path = format!("/v1/needs/{}", draft.id());
    county.answered(&draft.id()).await;
    let check = county.bergen.get(&format!("{path}/check")).await.expect(200).json();
    assert_eq!((&check["submittable"], &check["findings"][0]["code"]), (&json!(false), &json!("question_unanswered")));
    let answers = json!({"extra_answers": [{"key": "region", "choice": "north"}, {"key": "staff", "number": 3}]});
    let answered = county.bergen.patch(&path, &draft.tag(), answers).await.expect(200);
    county.bergen.transition(&format!("{path}/submit"), &answered.tag(), json!({})).await.expect(200);
    let seen = county.governor.get(&path).await.expect(200).json();
    assert_eq!(seen["extra_answers"][0], json!({"key": "region", "text": null, "number": null, "choice": "north"}));
    assert_eq!(county.university.get(&path).await.expect(200).json()["extra_answers"], json!([]));
}

#[actix_web::test]
async fn an_identity_number_is_no_answer_even_as_a_number() {
    let county = County::new().await;
    let mut document = county.document();
    document["round_id"] = json!(asking(&county).await);
    for number in [15_881_210_085_i64, -15_881_210_085, 1_010_750_160] {
        document["extra_answers"] = json!([{"key": "staff", "number": number}]);
        let refused = county.bergen.post("/v1/needs", document.clone()).await.expect(422);
        assert_eq!(refused.faults(), [("national_id".to_owned(), "/extra_answers/0/number".to_owned())], "{number}");
        assert!(!refused.text.contains("15881210085"), "{}", refused.text);
    }
    document["extra_answers"] = json!([{"key": "staff", "number": 15_881_210_086_i64}]);
    document["own_contribution_nok"] = json!(15_881_210_085_i64);
    county.bergen.post("/v1/needs", document).await.expect(201);
}
