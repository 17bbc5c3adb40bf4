//! Submissions held against each other.

use serde_json::{Value, json};

use crate::support::{Actor, Answer, County};

/// A need of Bergen's, submitted, sent back, and submitted again: with its lines turned round and other amounts in
/// them, another contact, and one area more.
async fn submitted_twice(county: &County) -> String {
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Fordel pengene likt."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let mut budget = county.document()["budget"].as_array().unwrap().clone();
    budget.reverse();
    for line in &mut budget {
        line["amount_nok"] = json!(250_000);
    }
    let mut areas = county.document()["areas"].as_array().unwrap().clone();
    areas.insert(0, json!({"area": "vision", "level": "basic", "purpose": "build"}));
    let contact = json!({"email": "post@bergen.example"});
    let change = json!({"budget": budget, "areas": areas, "contact": contact});
    let changed = county.bergen.patch(&path, &returned.tag(), change).await.expect(200);
    let partner = format!("{path}/partners/{}", county.university.orgnr);
    county.university.transition(&format!("{partner}/confirm"), "*", json!({})).await.expect(200);
    county.bergen.transition(&format!("{path}/submit"), &changed.tag(), json!({})).await.expect(200);
    path
}

async fn compared(caller: &Actor, need: &str, a: u32, b: u32) -> Answer {
    caller.get(&format!("{need}/versions/{a}/diff/{b}")).await
}

/// Paths with what stood there before and after.
fn told(answer: Answer) -> Vec<Value> {
    let differences = answer.expect(200).json()["differences"].as_array().unwrap().clone();
    differences.iter().map(|found| json!([found["path"], found["before"], found["after"]])).collect()
}

#[actix_web::test]
async fn two_submissions_are_compared_field_by_field_in_either_direction() {
    let county = County::new().await;
    let need = submitted_twice(&county).await;
    let area = json!({"area": "vision", "level": "basic", "purpose": "build"});
    let expected = [
        json!(["/areas/vision", null, area]),
        json!(["/budget/first/amount_nok", 300_000, 250_000]),
        json!(["/budget/second/amount_nok", 200_000, 250_000]),
        json!(["/contact/email", "oppvekst@bergen.example", "post@bergen.example"]),
    ];
    for caller in [&county.bergen, &county.governor] {
        assert_eq!(told(compared(caller, &need, 1, 2).await), expected);
    }
    let turned: Vec<Value> = expected.iter().map(|line| json!([line[0], line[2], line[1]])).collect();
    assert_eq!(told(compared(&county.bergen, &need, 2, 1).await), turned);
    assert_eq!(told(compared(&county.bergen, &need, 2, 2).await), [] as [Value; 0]);
    compared(&county.bergen, &need, 1, 3).await.expect(404);
}

#[actix_web::test]
async fn a_comparison_tells_nobody_more_than_the_submissions_do() {
    let county = County::new().await;
    let need = submitted_twice(&county).await;
    let paths = |answer: Answer| told(answer).into_iter().map(|line| line[0].clone()).collect::<Vec<_>>();
    let directorate =
        county.organisation(20, domain::organisations::OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    assert_eq!(
        paths(compared(&directorate, &need, 1, 2).await),
        ["/areas/vision", "/budget/first/amount_nok", "/budget/second/amount_nok"]
    );
    assert_eq!(
        paths(compared(&county.university, &need, 1, 2).await),
        ["/areas/vision", "/budget/first/amount_nok"],
        "a partner sees its own lines"
    );
    assert_eq!(paths(compared(&county.owner, &need, 1, 2).await), ["/areas/vision"]);
    compared(&county.stavanger(21).await, &need, 1, 2).await.expect(404);
}
