//! Networks and their members.

use domain::organisations::OrganisationKind as Kind;
use serde_json::json;

use super::stage::{Stage, ids};

#[actix_web::test]
async fn whoever_may_founds_a_network_and_its_members_know_it() {
    let stage = Stage::new().await;
    let county = &stage.county;
    let seen = stage.voss.get(&stage.network).await.expect(200).json();
    assert_eq!(
        (&seen["county_governor"], &seen["coordinator_orgnr"]),
        (&json!("vestland"), &json!(county.bergen.orgnr))
    );
    let members: Vec<&str> = seen["members"].as_array().unwrap().iter().map(|m| m["name"].as_str().unwrap()).collect();
    assert_eq!(members, ["Bergen kommune", "Voss herad", "Statped"]);
    let me = stage.statped.get("/v1/me").await.expect(200).json();
    assert_eq!(me["networks"], json!([{"network_id": stage.id(), "name": "Nettverk Vest"}]));
    county.governor.get(&stage.network).await.expect(200);
    for stranger in [&stage.alver, &county.university, &county.stavanger(30).await] {
        stranger.get(&stage.network).await.expect(404);
        let all = stranger.get(&format!("/v1/networks?member={}", county.bergen.orgnr)).await.expect(200);
        assert_eq!(ids(&all), Vec::<String>::new());
    }
    for (refused, name) in [(&county.university, "kind_not_allowed"), (&county.owner, "kind_not_allowed")] {
        let answer = refused.post("/v1/networks", json!({"name": "Mitt"})).await.expect(403);
        assert_eq!(answer.code(), name);
    }
    let own = county.governor.post("/v1/networks", json!({"name": "Fylkesnettverket"})).await.expect(201);
    assert_eq!(own.json()["county_governor"], "vestland");
    assert_eq!(county.governor.post("/v1/networks", json!({"name": "  "})).await.expect(422).faults()[0].1, "/name");
    let listed = county.governor.get("/v1/networks?county_governor=vestland").await.expect(200);
    assert_eq!(ids(&listed), [stage.id().to_owned(), own.id()]);
}

#[actix_web::test]
async fn the_coordinator_keeps_the_list_of_members() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let members = format!("{}/members", stage.network);
    let tag = bergen.get(&stage.network).await.expect(200).tag();
    assert_eq!(
        voss.put(&format!("{members}/{}", stage.alver.orgnr), &tag, json!({})).await.expect(403).code(),
        "not_yours_to_do"
    );
    stage.county.governor.put(&format!("{members}/{}", stage.alver.orgnr), &tag, json!({})).await.expect(403);
    stage.alver.put(&format!("{members}/{}", stage.alver.orgnr), &tag, json!({})).await.expect(404);
    let twice = bergen.put(&format!("{members}/{}", voss.orgnr), &tag, json!({})).await.expect(200);
    assert_eq!(twice.tag(), tag, "who is a member stays one");
    bergen.put(&format!("{members}/974760673"), &tag, json!({})).await.expect(404);
    bergen.put(&format!("{members}/12345"), &tag, json!({})).await.expect(404);
    bergen.put(&format!("{members}/{}", stage.alver.orgnr), "\"1\"", json!({})).await.expect(412);
    voss.delete(&format!("{members}/{}", stage.statped.orgnr), &tag).await.expect(403);
    bergen.delete(&format!("{members}/{}", stage.alver.orgnr), &tag).await.expect(404);
    let last = bergen.delete(&format!("{members}/{}", bergen.orgnr), &tag).await.expect(409);
    assert_eq!(last.code(), "coordinator_leaves");
    stage.remove_member(voss, &voss.orgnr).await.expect(204);
    voss.get(&stage.network).await.expect(404);
    assert_eq!(voss.get("/v1/me").await.expect(200).json()["networks"], json!([]));
}

#[actix_web::test]
async fn a_network_is_handed_over_to_a_member() {
    let stage = Stage::new().await;
    let (bergen, voss) = (&stage.county.bergen, &stage.voss);
    let hand_to = |orgnr: &str| json!({"coordinator_orgnr": orgnr, "name": "Nettverk Voss"});
    stage.change(voss, &stage.network, hand_to(&voss.orgnr)).await.expect(403);
    let stranger = stage.change(bergen, &stage.network, hand_to(&stage.alver.orgnr)).await.expect(422);
    assert_eq!(stranger.faults(), [("coordinator_not_member".to_owned(), "/coordinator_orgnr".to_owned())]);
    let statped = stage.change(bergen, &stage.network, hand_to(&stage.statped.orgnr)).await.expect(422);
    assert_eq!(statped.faults()[0].0, "coordinator_of_other_kind");
    let handed = stage.change(bergen, &stage.network, hand_to(&voss.orgnr)).await.expect(200).json();
    assert_eq!((&handed["name"], &handed["coordinator_orgnr"]), (&json!("Nettverk Voss"), &json!(voss.orgnr)));
    stage.change(bergen, &stage.network, json!({"name": "Mitt"})).await.expect(403);
    stage.remove_member(bergen, &bergen.orgnr).await.expect(204);
    bergen.get(&stage.network).await.expect(404);
    let authority = stage.county.organisation(31, Kind::CountyAuthority, "Vestland fylkeskommune").await;
    authority.post("/v1/networks", json!({"name": "Vidaregåande"})).await.expect(201);
}
