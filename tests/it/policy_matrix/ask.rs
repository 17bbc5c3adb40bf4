//! Asking one cell: the request that changes nothing, and the letter of its answer.

use reqwest::Method;
use serde_json::Value;
use uuid::Uuid;

use super::callers::Caller;
use super::probes::{Probe, probe};
use super::table::Row;
use super::world::World;
use crate::support::openapi::{Operation, resolved};
use crate::support::{Actor, Answer};

/// An operation as the document has it: how it is called, and a body that has its shape.
pub struct Asked {
    method: Method,
    path: String,
    example: Option<Value>,
}

/// What was answered, and the letter for it.
pub struct Seen {
    /// As in the tables; `!` is none of them.
    pub letter: char,
    /// For the report of what is wrong.
    pub said: String,
}

/// Lists that also stream, all of them at once, in other formats.
const STREAMED: [&str; 5] = ["/v1/needs", "/v1/overview", "/v1/kartlegging/responses", "/v1/grants", "/v1/payments"];

impl Asked {
    /// From the document.
    pub fn of(operation: &Operation<'_>, document: &Value) -> Self {
        let contents = &resolved(&operation.body["requestBody"], document)["content"];
        let content = ["application/json", "application/merge-patch+json"].into_iter().find_map(|t| contents.get(t));
        let example = content.map(|content| match content.get("example") {
            Some(own) => own.clone(),
            None => resolved(&content["schema"], document)["example"].clone(),
        });
        let method = operation.method.to_uppercase().parse().expect("a method");
        Self { method, path: operation.path.to_owned(), example }
    }

    /// The answer that a caller gets to a row.
    pub async fn by(&self, caller: &Caller, row: &Row, world: &World) -> Seen {
        let actor = if row.approving { &caller.approving } else { &caller.actor };
        let path = path(&self.path, row.subject, world);
        if row.is_about_a_list() {
            return listed(actor, &path, world.id(row.subject.unwrap_or_default())).await;
        }
        let probe = probe(row.operation, world).unwrap_or_else(|| Probe::of(self.example.clone()));
        let answer = self.send(actor, &path, &probe).await;
        let usual = if self.method == Method::GET { 200 } else { 428 };
        let mut letter = letter(&answer, row.allowed.unwrap_or(usual));
        if let Some(place) = probe.reference
            && names(&answer, place)
        {
            let absent = self.send(actor, &path, &probe.with(place, Uuid::now_v7().to_string())).await;
            letter = if absent.faults() == answer.faults() { 'h' } else { '!' };
        }
        Seen { letter, said: said(&answer) }
    }

    async fn send(&self, actor: &Actor, path: &str, probe: &Probe) -> Answer {
        let request = actor.request(self.method.clone(), &format!("{path}{}", probe.query));
        let request = match (&probe.body, probe.rows) {
            (_, Some(rows)) => request.header("Content-Type", "text/csv").body(rows),
            (Some(body), None) => request.json(body),
            (None, None) => request,
        };
        actor.send(request).await
    }
}

/// A path of the document with the world's ids in it.
fn path(template: &str, subject: Option<&str>, world: &World) -> String {
    let subject = || subject.unwrap_or_else(|| panic!("{template} is about something: name it"));
    let (university, owner) = (&world.stage.county.university.orgnr, &world.stage.county.owner.orgnr);
    let filled: Vec<&str> = template
        .split('/')
        .scan("", |before, part| {
            let filled = match (part, *before) {
                ("{orgnr}", "partners" | "parts") => university,
                ("{orgnr}", "private-owners") => owner,
                ("{orgnr}", "participants") => &world.caller('N').orgnr,
                ("{orgnr}", "members") => &world.caller('X').orgnr,
                ("{id}", "networks") | ("{network_id}", _) => world.id("network"),
                ("{id}", "needs") => world.need_of(subject()),
                ("{seat_id}", _) => world.id("seat"),
                ("{exemption_id}", _) => world.id("exemption"),
                ("{year}", _) => "2027-2028",
                ("{n}" | "{a}" | "{b}", _) => "1",
                ("{name}", "code-schemes") => "oppvekstsystem",
                ("{code}", "{name}") => "B-017",
                (part, _) if part.starts_with('{') => world.id(subject()),
                (part, _) => part,
            };
            *before = part;
            Some(filled)
        })
        .collect();
    filled.join("/")
}

/// Whether a list shows something: in its page, by its id, in its counts and in what it streams alike.
async fn listed(actor: &Actor, path: &str, id: &str) -> Seen {
    let is_feed = path == "/v1/events";
    let (all, one) = if is_feed {
        ("limit=1000", format!("subject={id}"))
    } else {
        ("limit=200&include_total=true", format!("id={id}&include_total=true"))
    };
    let page = actor.get(&format!("{path}?{all}")).await;
    if page.status != 200 {
        return Seen { letter: letter(&page, 200), said: said(&page) };
    }
    let one = actor.get(&format!("{path}?{one}")).await;
    let quoted = format!("\"{id}\"");
    let mut shown = vec![page.json()["items"].to_string().contains(&quoted), length(&one) > 0];
    if STREAMED.contains(&path) {
        let stream = actor.request(Method::GET, path).header("Accept", "application/x-ndjson");
        shown.push(actor.send(stream).await.text.contains(&quoted));
    }
    let are_counted = is_feed || [&page, &one].into_iter().all(is_counted);
    let letter = match (one.status, are_counted) {
        (200, true) if shown.iter().all(|s| *s) => 's',
        (200, true) if !shown.contains(&true) => 'e',
        _ => '!',
    };
    Seen { letter, said: format!("{}; shown in page, by id, as stream: {shown:?}; counted: {are_counted}", said(&one)) }
}

/// Whether a page that is the whole list counts what it shows.
fn is_counted(page: &Answer) -> bool {
    !page.json()["next_cursor"].is_null() || page.json()["total"] == length(page)
}

fn length(page: &Answer) -> usize {
    page.json()["items"].as_array().map_or(0, Vec::len)
}

fn letter(answer: &Answer, allowed: u16) -> char {
    match (answer.status, answer.code().as_str()) {
        (401, "unauthenticated") => 'u',
        (403, "not_yours_to_do") => '-',
        (403, "kind_not_allowed") => 'k',
        (403, "scope_missing") => 'x',
        (404, "not_found") => '.',
        (status, _) if status == allowed => 'A',
        _ => '!',
    }
}

/// Whether the answer finds fault with what stands in this place.
fn names(answer: &Answer, place: &str) -> bool {
    answer.status == 422 && answer.faults().iter().any(|(_, pointer)| pointer == place)
}

fn said(answer: &Answer) -> String {
    let faults: Vec<String> = answer.faults().into_iter().map(|(code, at)| format!("{code} at {at}")).collect();
    format!("{} {} {}", answer.status, answer.code(), faults.join(", "))
}
