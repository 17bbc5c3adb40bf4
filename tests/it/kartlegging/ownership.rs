//! Who may send what (K03).

use domain::organisations::OrganisationKind;
use serde_json::json;

use super::{HEADER, Place, counts, csv, findings, send, total};
use crate::support::actors::{ALL_READ_WRITE, organisation};

#[actix_web::test]
async fn a_response_belongs_to_the_organisation_that_first_sent_its_key() {
    let place = Place::new().await;
    let row = |current: &str| format!("{HEADER}{}", place.row(&place.private_kindergarten, "vision", current));
    send(&place.bergen, csv(&place.bergen, "", row("2"))).await.expect(201);
    for current in ["2", "3"] {
        let batch = send(&place.owner, csv(&place.owner, "&mode=valid_rows", row(current))).await.expect(201);
        assert_eq!((batch.json()["state"].as_str(), counts(&batch)), (Some("rejected"), [1, 0, 0, 0, 1]));
        assert_eq!(batch.json()["counts"]["owned_by_other"], 1);
        assert_eq!(findings(&batch), [("owned_by_other".to_owned(), String::new(), 1)]);
    }
    let read = place.owner.get("/v1/kartlegging/responses").await.expect(200).json();
    assert_eq!((&read["items"][0]["current"], &read["items"][0]["version"]), (&json!(2.0), &json!(1)));
    let own = format!("{HEADER}{}", place.row(&place.private_kindergarten, "hearing", "2"));
    let batch = send(&place.owner, csv(&place.owner, "", own)).await.expect(201);
    assert_eq!(counts(&batch), [1, 1, 0, 0, 0]);
}

#[actix_web::test]
async fn only_owners_upload() {
    let place = Place::new().await;
    for (n, kind) in
        [(10, OrganisationKind::University), (11, OrganisationKind::Statped), (12, OrganisationKind::Directorate)]
    {
        let actor = place.server.join(organisation(n, kind, "Andre"), &ALL_READ_WRITE).await;
        let answer = send(&actor, csv(&actor, "", place.one_row())).await.expect(403);
        assert_eq!(answer.code(), "kind_not_allowed");
    }
    let bergen = domain::orgnr::OrgNr::from_register(place.bergen.orgnr.clone());
    let reader = place.server.client(&bergen, "reader", &[domain::actor::Scope::KartleggingRead]).await;
    assert_eq!(send(&reader, csv(&reader, "", place.one_row())).await.expect(403).code(), "scope_missing");
    assert_eq!(total(&reader, "/v1/kartlegging/responses").await, 0);
}

#[actix_web::test]
async fn a_private_owner_sends_its_own_units_and_nobody_elses() {
    let place = Place::new().await;
    let file = place.one_row() + &place.row(&place.private_kindergarten, "vision", "2");
    let batch = send(&place.owner, csv(&place.owner, "&mode=valid_rows", file)).await.expect(201);
    assert_eq!(counts(&batch), [2, 1, 0, 0, 1]);
    assert_eq!(findings(&batch), [("unit_not_yours".to_owned(), "unit_orgnr".to_owned(), 1)]);
}
