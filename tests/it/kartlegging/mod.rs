//! Kartlegging, from the upload to the responses.

mod bad_input;
mod broken;
mod cells;
mod formats;
mod instruments;
mod ownership;
mod parts;
mod progress;
mod results;
mod sheets;
mod summary;
mod take_over;
mod template;
mod unit_codes;
mod uploads;
mod visibility;

use domain::organisations::{Organisation, OrganisationKind, Unit, UnitKind};
use persistence::{StoreError, Tx};
use reqwest::{Method, RequestBuilder};
use serde_json::Value;

use crate::support::actors::{ALL_READ_WRITE, organisation, synthetic_orgnr};
use crate::support::{Actor, Answer, TestServer};

const HEADER: &str = "unit_orgnr,area,respondent_group,current,needed,respondents,comment\n";

/// Two municipalities and a private owner, with a few units.
struct Place {
    server: TestServer,
    bergen: Actor,
    alver: Actor,
    /// Owns the private kindergarten in Bergen.
    owner: Actor,
    school: String,
    private_kindergarten: String,
    closed_school: String,
    school_in_alver: String,
}

impl Place {
    async fn new() -> Self {
        Self::on(TestServer::start().await).await
    }

    async fn on(server: TestServer) -> Self {
        let bergen = server.municipality().await;
        let alver = organisation(2, OrganisationKind::Municipality, "Alver kommune");
        let alver = Organisation { municipality: Some("4631".parse().unwrap()), ..alver };
        let alver = server.join(alver, &ALL_READ_WRITE).await;
        let owner = organisation(3, OrganisationKind::PrivateOwner, "Læringsverkstaden AS");
        let owner = server.join(owner, &ALL_READ_WRITE).await;
        let mut units = Vec::new();
        for (n, kind, of, municipality, private, active) in [
            (100, UnitKind::School, &bergen, "4601", false, true),
            (101, UnitKind::Kindergarten, &owner, "4601", true, true),
            (102, UnitKind::School, &bergen, "4601", false, false),
            (103, UnitKind::School, &alver, "4631", false, true),
        ] {
            let owner = domain::orgnr::OrgNr::from_register(of.orgnr.clone());
            let unit = Unit {
                orgnr: synthetic_orgnr(n),
                name: format!("Eining {n}"),
                kind,
                owner,
                municipality: municipality.parse().unwrap(),
                private,
                active,
                serves: Vec::new(),
            };
            units.push(unit.orgnr.to_string());
            let at = server.app.clock.now();
            let work = move |tx: &mut Tx| persistence::organisations::insert_unit(tx, &unit, at);
            server.app.store.write::<_, StoreError, _>("test.unit", work).await.unwrap();
        }
        let [school, private_kindergarten, closed_school, school_in_alver] = units.try_into().unwrap();
        Self { server, bergen, alver, owner, school, private_kindergarten, closed_school, school_in_alver }
    }

    /// A row about a unit that has nothing wrong with it.
    fn row(&self, unit: &str, area: &str, current: &str) -> String {
        format!("{unit},{area},leaders,{current},4,12,\n")
    }

    /// A file with one good row about the school.
    fn one_row(&self) -> String {
        format!("{HEADER}{}", self.row(&self.school, "vision", "2.5"))
    }
}

/// An upload of CSV.
fn csv(actor: &Actor, query: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    upload(actor, query, "text/csv", body)
}

fn upload(actor: &Actor, query: &str, content_type: &str, body: impl Into<reqwest::Body>) -> RequestBuilder {
    of_period(actor, "2026", query, content_type, body)
}

fn of_period(
    actor: &Actor,
    period: &str,
    query: &str,
    content_type: &str,
    body: impl Into<reqwest::Body>,
) -> RequestBuilder {
    let path = format!("/v1/kartlegging/uploads?instrument=basis-2026&period={period}{query}");
    actor.request(Method::POST, &path).header("Content-Type", content_type).body(body)
}

async fn send(actor: &Actor, request: RequestBuilder) -> Answer {
    actor.send(request).await
}

/// The counts of a batch: received, created, updated, unchanged, rejected.
fn counts(batch: &Answer) -> [i64; 5] {
    let counts = &batch.json()["counts"];
    ["received", "created", "updated", "unchanged", "rejected"].map(|name| counts[name].as_i64().unwrap())
}

/// The groups of findings: code, column, count.
fn findings(batch: &Answer) -> Vec<(String, String, i64)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let groups = batch.json()["findings"].as_array().cloned().unwrap();
    groups
        .iter()
        .map(|group| (text(&group["code"]), text(&group["column"]), group["count"].as_i64().unwrap()))
        .collect()
}

/// How many items a list has.
async fn total(actor: &Actor, path: &str) -> i64 {
    let and = if path.contains('?') { '&' } else { '?' };
    actor.get(&format!("{path}{and}include_total=true")).await.expect(200).json()["total"].as_i64().unwrap()
}

/// Asserts that an upload left nothing behind.
async fn assert_nothing_is_there(place: &Place) {
    assert_eq!(total(&place.bergen, "/v1/kartlegging/batches").await, 0);
    assert_eq!(total(&place.bergen, "/v1/kartlegging/responses").await, 0);
}
