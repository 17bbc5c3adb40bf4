//! Who sees what of the forum, and who may do what.

use domain::forum::SeatGroup;
use domain::organisations::{Organisation, OrganisationKind};
use serde_json::json;

use super::stage::{Stage, found, prioritise, seat};
use crate::support::Actor;
use crate::support::actors::{ALL_READ_WRITE, organisation};

/// Everything of a forum that can be read, one path each.
async fn paths(stage: &Stage) -> Vec<String> {
    let meeting = stage.assembled().await;
    let (item, _) = stage.ruled(&meeting).await;
    stage.step(&item, "decide", prioritise(1, 500_000)).await.expect(200);
    let draft = stage.drawn().await;
    let forum = format!("/v1/forums/{}", stage.forum);
    vec![
        forum.clone(),
        format!("{forum}/seats"),
        format!("{forum}/composition"),
        format!("{forum}/meetings"),
        meeting.clone(),
        format!("{meeting}/actions"),
        format!("{meeting}/attendance"),
        format!("{meeting}/agenda-items"),
        item.clone(),
        format!("{item}/actions"),
        format!("{item}/recusals"),
        format!("{item}/quorum"),
        draft.clone(),
        format!("{draft}/actions"),
    ]
}

async fn assert_hidden(actor: &Actor, paths: &[String]) {
    for path in paths {
        actor.get(path).await.expect(404);
    }
    for list in ["/v1/forums", "/v1/meetings", "/v1/agenda-items", "/v1/recommendations"] {
        let page = actor.get(&format!("{list}?include_total=true")).await.expect(200).json();
        assert_eq!((&page["items"], &page["total"]), (&json!([]), &json!(0)), "{list}");
    }
}

#[actix_web::test]
async fn a_seat_sees_its_own_forum_and_a_seat_of_another_county_sees_nothing_of_it() {
    let stage = Stage::new().await;
    let paths = paths(&stage).await;
    for path in &paths {
        stage.union.get(path).await.expect(200);
    }
    let stavanger = stage.county.stavanger(30).await;
    found(&stage.county, "rogaland", vec![seat(SeatGroup::PublicOwner, &stavanger)]).await;
    for path in &paths {
        stavanger.get(path).await.expect(404);
    }
    let forums = stavanger.get("/v1/forums").await.expect(200).json();
    assert_eq!(forums["items"][0]["county_governor"], "rogaland");
    assert_eq!(forums["items"].as_array().map(Vec::len), Some(1));
    let filtered = stavanger.get(&format!("/v1/meetings?forum_id={}", stage.forum)).await.expect(200).json();
    assert_eq!(filtered["items"], json!([]));
}

#[actix_web::test]
async fn who_has_no_seat_sees_no_forum_though_it_lies_in_the_county() {
    let stage = Stage::new().await;
    let paths = paths(&stage).await;
    let alver = stage.county.organisation(31, OrganisationKind::Municipality, "Alver kommune").await;
    assert_hidden(&alver, &paths).await;
    assert_hidden(&stage.county.owner, &paths).await;
}

#[actix_web::test]
async fn a_seat_that_has_ended_sees_no_more() {
    let stage = Stage::new().await;
    let former = stage.county.organisation(32, OrganisationKind::Union, "Skolelederforbundet").await;
    let mut ended = seat(SeatGroup::Union, &former);
    ended.to = Some("2026-11-20".parse().unwrap());
    let forum = found(&stage.county, "vestland", vec![ended]).await;
    former.get(&format!("/v1/forums/{forum}")).await.expect(404);
}

#[actix_web::test]
async fn the_directorate_sees_recusals_without_their_reasons_and_no_drafts() {
    let stage = Stage::new().await;
    let paths = paths(&stage).await;
    let directorate = stage.county.organisation(33, OrganisationKind::Directorate, "Utdanningsdirektoratet").await;
    let recusals = paths.iter().find(|path| path.ends_with("/recusals")).unwrap();
    let shown = directorate.get(recusals).await.expect(200).text;
    assert!(shown.contains("\"recused\"") && !shown.contains("Forumet har vurdert det.") && !shown.contains("sender"));
    assert!(stage.union.get(recusals).await.expect(200).text.contains("Forumet har vurdert det."));
    for draft in paths.iter().filter(|path| path.contains("recommendations")) {
        directorate.get(draft).await.expect(404);
    }
    assert_eq!(directorate.get("/v1/recommendations").await.expect(200).json()["items"], json!([]));
}

#[actix_web::test]
async fn only_the_forums_own_secretariat_keeps_its_books() {
    let stage = Stage::new().await;
    let meeting = stage.planned().await;
    let body = json!({"title": "Møte", "starts_at": "2027-03-10T09:00:00Z"});
    let plan = format!("/v1/forums/{}/meetings", stage.forum);
    assert_eq!(stage.union.post(&plan, body.clone()).await.expect(403).code(), "not_yours_to_do");
    let rogaland = organisation(34, OrganisationKind::CountyGovernor, "Statsforvalteren i Rogaland");
    let rogaland = Organisation { county_governor: Some("rogaland".to_owned()), ..rogaland };
    let rogaland = stage.county.server.join(rogaland, &ALL_READ_WRITE).await;
    rogaland.post(&plan, body.clone()).await.expect(404);
    rogaland.transition(&format!("{meeting}/convene"), "*", json!({})).await.expect(404);
    let absent = json!({"forum_id": stage.forum, "scheme": "kollektiv", "year": 2027});
    let hidden = rogaland.post("/v1/recommendations", absent).await.expect(422);
    assert_eq!(hidden.faults(), [("unknown_reference".to_owned(), "/forum_id".to_owned())]);
    let reading =
        stage.county.server.client(&orgnr(stage.secretariat()), "reader", &[domain::actor::Scope::ForumRead]).await;
    assert_eq!(reading.post(&plan, body).await.expect(403).code(), "scope_missing");
}

fn orgnr(actor: &Actor) -> domain::orgnr::OrgNr {
    domain::orgnr::OrgNr::from_register(actor.orgnr.clone())
}

#[actix_web::test]
async fn members_see_what_happens_in_their_forum_in_the_feed() {
    let stage = Stage::new().await;
    paths(&stage).await;
    let types = async |actor: &Actor| {
        let page = actor.get("/v1/events?limit=200").await.expect(200).json();
        let of = |event: &serde_json::Value| event["type"].as_str().unwrap().to_owned();
        page["items"].as_array().unwrap().iter().map(of).collect::<Vec<_>>()
    };
    let seen = types(&stage.union).await;
    for expected in ["meeting.opened", "agenda_item.decided", "agenda_item.conflict_ruled", "recommendation.created"] {
        assert!(seen.contains(&format!("no.kompetanseloft.{expected}.v1")), "{expected} in {seen:?}");
    }
    let owner = types(&stage.county.owner).await;
    assert!(owner.iter().all(|t| !t.contains("agenda_item") && !t.contains("meeting")), "{owner:?}");
}
