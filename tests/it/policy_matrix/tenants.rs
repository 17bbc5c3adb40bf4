//! Another tenant's things in a cursor, in filters and in bodies: what a caller may not see is told nowhere. Paths are
//! what the tables are about.

use reqwest::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::probes::Probe;
use super::world::World;
use crate::forum::stage::found;
use crate::support::openapi::{Operation, document, operations, resolved};
use crate::support::{Actor, Answer};

/// What a municipality and a county governor elsewhere see nothing of.
const HIDDEN: [&str; 33] = [
    "unpublished",
    "unlisted",
    "need",
    "draft",
    "fresh",
    "joint",
    "returned",
    "shared",
    "network",
    "coordination",
    "network_meeting",
    "plan",
    "draft_plan",
    "letter",
    "message",
    "unit_code",
    "take_over",
    "batch",
    "open_batch",
    "response",
    "own_response",
    "forum",
    "seat",
    "meeting",
    "item",
    "recommendation",
    "draft_recommendation",
    "frame",
    "silent",
    "payment",
    "own_payment",
    "run",
    "report",
];

/// Lists that hold one thing wherever one asks: they have no next page.
const OF_ONE: [&str; 1] = ["/v1/kartlegging/instruments"];

/// The lists that stand on their own, with the names and the formats of their query parameters.
fn lists(document: &Value) -> Vec<(String, Vec<(String, String)>)> {
    let parameters = |operation: &Operation<'_>| -> Vec<(String, String)> {
        let all = operation.body["parameters"].as_array().into_iter().flatten();
        let queries = all.map(|parameter| resolved(parameter, document)).filter(|found| found["in"] == "query");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        queries.map(|found| (text(&found["name"]), text(&found["schema"]["format"]))).collect()
    };
    operations(document)
        .filter(|operation| operation.method == "get" && !operation.path.contains('{'))
        .map(|operation| (operation.path.to_owned(), parameters(&operation)))
        .filter(|(_, parameters)| parameters.iter().any(|(name, _)| name == "cursor"))
        .collect()
}

#[actix_web::test]
async fn a_cursor_is_of_use_only_to_the_one_it_was_made_for() {
    let world = World::new().await;
    let callers = || world.callers.iter().map(|caller| &caller.actor).skip(1);
    let mut wrong = Vec::new();
    for (list, _) in lists(&document()) {
        let first = format!("{list}?limit=1");
        let mut made = None;
        for maker in callers() {
            if let Some(cursor) = maker.get(&first).await.json()["next_cursor"].as_str() {
                made = Some((maker, format!("{first}&cursor={cursor}")));
                break;
            }
        }
        let Some((maker, next)) = made else {
            assert!(OF_ONE.contains(&list.as_str()), "{list} has a next page for nobody");
            continue;
        };
        maker.get(&next).await.expect(200);
        for other in callers().filter(|other| other.orgnr != maker.orgnr) {
            let answer = other.get(&next).await;
            let is_refused = answer.status == 400 && answer.code() == "invalid_cursor";
            if !is_refused && answer.code() != "scope_missing" {
                wrong.push(format!("{list}: {} goes on with {} {}", other.orgnr, answer.status, answer.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn no_filter_finds_what_another_tenant_hides() {
    let world = World::new().await;
    let hidden: Vec<&str> = HIDDEN.iter().map(|name| world.id(name)).collect();
    let mut asked = 0;
    for (list, parameters) in lists(&document()) {
        let takes_ids = parameters.iter().filter(|(name, format)| name == "id" || format == "uuid");
        for (name, value) in takes_ids.flat_map(|(name, _)| world.ids().map(move |(_, id)| (name, id))) {
            let query = format!("{list}?{name}={value}&include_total=true");
            for stranger in ['E', '4'] {
                let answer = world.caller(stranger).get(&query).await;
                let shown = answer.json()["items"].as_array().cloned().unwrap_or_default();
                let leaks = shown.iter().any(|item| item["id"].as_str().is_some_and(|id| hidden.contains(&id)));
                assert!(!leaks, "{stranger} finds by {query}: {}", answer.text);
                asked += usize::from(answer.status == StatusCode::OK);
            }
        }
    }
    assert!(asked > 0, "no list takes an id");
}

#[actix_web::test]
async fn what_a_body_names_of_another_tenant_is_answered_as_what_does_not_exist() {
    let world = World::new().await;
    let forum = found(&world.stage.county, "rogaland", Vec::new()).await;
    let meeting = json!({"title": "Møte", "starts_at": "2027-03-10T09:00:00Z"});
    let meeting = world.caller('4').post(&format!("/v1/forums/{forum}/meetings"), meeting).await.expect(201);
    let agenda = format!("{}/agenda-items", meeting.header("location"));
    let need = json!({"kind": "need", "need_id": world.id("need")});
    let recommendation =
        json!({"kind": "recommendation", "recommendation_id": world.id("recommendation"), "title": "Innstilling"});
    for (body, place) in [(need, "/need_id"), (recommendation, "/recommendation_id")] {
        let [hidden, absent] = named_and_absent(world.caller('4'), &agenda, body, place).await;
        let faults = hidden.expect(422).faults();
        assert!(faults.iter().any(|(_, pointer)| pointer == place), "{place}: {faults:?}");
        assert_eq!(faults, absent.expect(422).faults(), "{place}");
    }
}

#[actix_web::test]
async fn a_need_is_built_on_batches_of_its_own_sender_only() {
    let world = World::new().await;
    let mut document = world.stage.county.document();
    document["evidence"] = json!({"batches": [world.id("batch")]});
    let checked = async |caller: char| {
        let check = named_and_absent(world.caller(caller), "/v1/needs/check", document.clone(), "/evidence/batches/0");
        check.await.map(|answer| answer.expect(200).json()["findings"].clone())
    };
    let [own, absent] = checked('S').await;
    assert_ne!(own, absent, "a committed batch of the sender's own counts");
    let [hidden, absent] = checked('C').await;
    assert_eq!(hidden, absent, "another's is as one that does not exist");
}

/// The answers to a body, and to the same body with the id of nothing in one place.
async fn named_and_absent(caller: &Actor, path: &str, body: Value, place: &str) -> [Answer; 2] {
    let absent = Probe::of(Some(body.clone())).with(place, Uuid::now_v7().to_string()).body;
    [caller.post(path, body).await, caller.post(path, absent.unwrap_or_default()).await]
}
