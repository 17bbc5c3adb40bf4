//! What is sent where the document's example would not do: a write is asked for in such a way that whoever may do it
//! is stopped by something that is looked at after the caller's right to it.
//!
//! Whatever is there already is asked for without `If-Match` (428), and needs nothing here but its example. What would
//! be made is asked for with something that no rule lets pass (422), or that the state of the world forbids (409).

use serde_json::{Value, json};
use uuid::Uuid;

use super::world::{World, taken_key};
use crate::support::actors::synthetic_orgnr;
use crate::support::builders::{guidance, resource, round};

/// A file of a header alone.
const NO_ROWS: &str = "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n";

/// A request's content.
#[derive(Clone)]
pub struct Probe {
    /// As JSON.
    pub body: Option<Value>,
    /// Or as rows, or as a file.
    pub rows: Option<&'static str>,
    /// Behind the path.
    pub query: String,
    /// Where the body names something that may be hidden from the caller.
    pub reference: Option<&'static str>,
}

impl Probe {
    /// A body.
    pub fn of(body: Option<Value>) -> Self {
        Self { body, rows: None, query: String::new(), reference: None }
    }

    /// The same with another value in one place.
    pub fn with(&self, place: &str, value: String) -> Self {
        let mut other = self.clone();
        let found = other.body.as_mut().and_then(|body| body.pointer_mut(place));
        *found.unwrap_or_else(|| panic!("there is nothing at {place}")) = Value::String(value);
        other
    }
}

/// What is sent for an operation, where it is not the document's example.
pub fn probe(operation: &str, world: &World) -> Option<Probe> {
    let of = |body: Value| Probe::of(Some(body));
    let naming = |body: Value, place: &'static str| Probe { reference: Some(place), ..Probe::of(Some(body)) };
    Some(match operation {
        "create_round" => of(round("no-such-ruleset")),
        "create_round_exemption" => {
            let university = &world.stage.county.university.orgnr;
            of(json!({"orgnr": university, "until": "2027-02-15", "reason": "Ba om det."}))
        }
        "create_guidance" => of(guidance("no-such-area", "draft")),
        "create_learning_resource" => of(resource("no-such-area", "draft")),
        "create_need" | "check_unsaved_need" => of(need_in_no_round(world)),
        "create_need_invitations" => of(json!({})),
        "create_network" => of(json!({"name": " "})),
        "create_coordination" => naming(json!({"title": "Samordning", "need_ids": [world.id("fresh")]}), "/need_ids/0"),
        "draft_coordination" => of(json!({"round_id": Uuid::now_v7()})),
        "create_network_meeting" => of(json!({"title": "I går", "starts_at": "2026-11-20T09:00:00Z"})),
        "create_instrument" => of(instrument_about("no-such-area")),
        "get_instrument_template" => {
            let query = format!("?period=2026&owner={}", world.caller('S').orgnr);
            Probe { query, ..Probe::of(None) }
        }
        "take_over_responses" => {
            of(json!({"unit_orgnr": synthetic_orgnr(11), "instrument": "no-such-instrument", "period": "2026"}))
        }
        "create_batch" => of(json!({"instrument": "no-such-instrument", "period": "2026"})),
        "put_batch_part" => Probe { rows: Some(NO_ROWS), ..Probe::of(None) },
        "create_upload" => Probe {
            rows: Some(NO_ROWS),
            query: "?instrument=no-such-instrument&period=2026".to_owned(),
            ..Probe::of(None)
        },
        "get_kartlegging_summary" => Probe { query: "?by=area&instrument=basis-2026".to_owned(), ..Probe::of(None) },
        "create_message" => of(json!({"text": "Hei", "attachments": [Uuid::now_v7()]})),
        "create_attachment" => Probe {
            rows: Some("no such file"),
            query: "?file_name=plan.pdf&purpose=case".to_owned(),
            ..Probe::of(None)
        },
        "create_meeting" => {
            of(json!({"title": "Møte", "starts_at": "2027-05-10T09:00:00Z", "external_refs": taken_key()}))
        }
        "create_agenda_item" => of(json!({"kind": "theme", "title": "Et tema"})),
        "create_recommendation" => {
            naming(json!({"forum_id": world.id("forum"), "scheme": "kollektiv", "year": 2031}), "/forum_id")
        }
        "create_frame" => of(json!({"scheme": "no-such-scheme", "year": 2027, "sources": []})),
        "create_grant" => naming(world.decision(world.id("need")), "/need_id"),
        "create_payment_run" => naming(json!({"payment_ids": [world.id("own_payment")]}), "/payment_ids/0"),
        _ => return None,
    })
}

fn instrument_about(area: &str) -> Value {
    let names = json!({"nb": "Trivsel", "nn": "Trivsel", "en": "Well-being"});
    let point = |value: i64| json!({"value": value, "labels": names});
    json!({
        "code": "trivsel-2027", "family": "trivsel", "title": names, "description": names,
        "scale": {"points": [point(1), point(2)]},
        "unit_kinds": ["school"], "respondent_groups": ["all"], "areas": [area],
    })
}

fn need_in_no_round(world: &World) -> Value {
    let mut document = world.stage.county.document();
    document["round_id"] = json!(Uuid::now_v7());
    document
}
