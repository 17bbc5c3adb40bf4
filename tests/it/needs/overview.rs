//! The overview of a county's submitted needs (F10).

use domain::organisations::OrganisationKind;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{Actor, Answer, County};

fn items(answer: Answer) -> Vec<Value> {
    answer.expect(200).json()["items"].as_array().unwrap().clone()
}

async fn neighbour(county: &County) -> Actor {
    county.organisation(20, OrganisationKind::Municipality, "Voss herad").await
}

#[actix_web::test]
async fn a_neighbour_sees_what_is_asked_for_and_who_takes_part_and_nothing_else() {
    let county = County::new().await;
    let submitted = county.submitted().await;
    let voss = neighbour(&county).await;
    let rows = items(voss.get("/v1/overview?county=46").await);
    let expected = json!({
        "id": submitted.id(), "reference": "B-2026-VL-0001", "title": "Språkmiljø for alle", "state": "submitted",
        "sender_orgnr": county.bergen.orgnr, "sender_name": "Bergen kommune", "sender_kind": "municipality",
        "county_number": "46", "county_governor": "vestland", "round_id": county.round, "scheme": "kollektiv",
        "amount_nok": 500_000, "own_contribution_nok": 0, "areas": ["language_speech"],
        "areas_special_needs": 1, "areas_inclusive_practice": 0, "kindergarten": true, "school": true, "ppt": true,
        "private_owners_joined": 1, "private_owners_declined": 0, "private_owners_silent": 0,
        "submitted_at": submitted.json()["submitted_at"], "version": submitted.json()["version"],
        "updated_at": submitted.json()["updated_at"],
    });
    assert_eq!(rows, [expected]);
    voss.get(&format!("/v1/needs/{}", submitted.id())).await.expect(404);
    assert_eq!(items(voss.get("/v1/needs").await), [] as [Value; 0]);
}

#[actix_web::test]
async fn what_is_not_submitted_stands_nowhere_in_it() {
    let county = County::new().await;
    county.ready().await;
    let submitted = county.submitted().await;
    let path = format!("/v1/needs/{}", submitted.id());
    let terms = json!({"reply_by": "2027-02-15", "reason": "Hemmelig grunn."});
    let returned = county.governor.transition(&format!("{path}/return"), &submitted.tag(), terms).await.expect(200);
    let secret =
        json!({"title": "Hemmelig utkast", "areas": [{"area": "vision", "level": "basic", "purpose": "build"}]});
    county.bergen.patch(&path, &returned.tag(), secret).await.expect(200);
    for caller in [&county.bergen, &county.governor, &neighbour(&county).await] {
        let page = caller.get("/v1/overview?include_total=true").await.expect(200);
        assert_eq!(
            (&page.json()["total"], &page.json()["items"][0]["title"]),
            (&json!(1), &json!("Språkmiljø for alle"))
        );
        assert!(!page.text.contains("Hemmelig") && !page.text.contains("oppvekst@bergen.example"), "{}", page.text);
        assert_eq!(items(caller.get("/v1/overview?area=vision").await), [] as [Value; 0]);
        assert_eq!(items(caller.get("/v1/overview?area=language_speech").await).len(), 1);
    }
}

#[actix_web::test]
async fn it_is_the_overview_of_the_county_and_of_nobody_else() {
    let county = County::new().await;
    county.submitted().await;
    let directorate = county.organisation(21, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    for reader in [&county.bergen, &county.governor, &directorate] {
        assert_eq!(items(reader.get("/v1/overview?county=46").await).len(), 1);
        assert_eq!(items(reader.get("/v1/overview?county=11").await).len(), 0);
    }
    let statped = county.organisation(22, OrganisationKind::Statped, "Statped").await;
    let authority = county.organisation(23, OrganisationKind::CountyAuthority, "Vestland fylkeskommune").await;
    for stranger in [&county.stavanger(24).await, &county.university, &county.owner, &statped, &authority] {
        let page = stranger.get("/v1/overview?county=46&include_total=true").await.expect(200).json();
        assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)));
    }
}

#[actix_web::test]
async fn it_is_filtered_paged_and_streamed_as_other_lists() {
    let county = County::new().await;
    let first = county.submitted().await;
    let accepted = county.accepted().await;
    let voss = neighbour(&county).await;
    let found = async |query: &str| -> Vec<String> {
        let rows = items(voss.get(&format!("/v1/overview?{query}")).await);
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    };
    let (one, other) = (first.id(), accepted.id());
    assert_eq!(found("state=accepted").await, std::slice::from_ref(&other));
    assert_eq!(found("state=accepted&state=submitted").await, [one.clone(), other.clone()]);
    assert_eq!(found(&format!("round={}&sender={}", county.round, county.bergen.orgnr)).await.len(), 2);
    assert_eq!(found(&format!("sender={}", voss.orgnr)).await, [] as [String; 0]);
    assert_eq!(found("scheme=dekomp").await, [] as [String; 0]);
    let page = voss.get("/v1/overview?limit=1").await.expect(200).json();
    let cursor = page["next_cursor"].as_str().unwrap();
    assert_eq!(found(&format!("limit=1&cursor={cursor}")).await, [other]);
    let stream = async |accept: &str| {
        voss.send(voss.request(Method::GET, "/v1/overview").header("Accept", accept)).await.expect(200).text
    };
    let csv = stream("text/csv").await;
    assert!(csv.starts_with("id,reference,title,state,sender_orgnr,sender_name,sender_kind,"), "{csv}");
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert_eq!(stream("application/x-ndjson").await.lines().count(), 2);
}
