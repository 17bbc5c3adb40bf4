//! A list of needs with filters, and a search, while the needs that the caller may not see grow a thousandfold.

use std::time::Duration;

use anyhow::Context;
use persistence::Engine;

use super::median;
use crate::database::Database;
use crate::http::{Connection, Request};
use crate::load::{self, Wired, wired};
use crate::needs;
use crate::register::{Party, Register};
use crate::server::Server;

/// Needs outside the callers' reach, at first and in the end.
const FEW: usize = 1_000;
const MANY: usize = 1_000_000;
/// Needs of the callers' own county.
const NEAR: usize = 1_000;
const MUNICIPALITIES: usize = 5;
const WARM_UP: Duration = Duration::from_secs(2);
const ROUNDS: usize = 7;
const LASTING: Duration = Duration::from_secs(2);

const LISTS: [&str; 4] = ["", "?state=submitted&scheme=kollektiv", "?area=language_speech", "?include_total=true"];
/// A word that every text has, words with their marks, a reference's beginning, and a word that no text has.
const SEARCHES: [&str; 4] = ["?q=barnehage", "?q=spr%C3%A5kmilj%C3%B8%20l%C3%A6rer", "?q=tiltak%201", "?q=finnesikke"];

/// How much longer the 99th of 100 takes with many needs elsewhere than with few: lists, then searches.
pub(super) async fn measure() -> anyhow::Result<Vec<f64>> {
    let database = Database::new(Engine::Postgres)?;
    let server = Server::start(&database).await?;
    let register = Register::fill(&database, MUNICIPALITIES, 4)?;
    let mut connection = Connection::open(server.address).await?;
    let governor = register.governor.token(&mut connection).await?;
    let round = needs::make(&mut connection, &governor, "/v1/rounds", &needs::round()).await?;
    let sender = register.municipalities.first().context("one was asked for")?.token(&mut connection).await?;
    let place = Place { database: &database, round };
    place.fill(NEAR, "vestland", "46", &numbers(&register.municipalities))?;
    let elsewhere = place.found_elsewhere()?;
    let asked = |queries: [&str; 4]| {
        let each = queries.iter().flat_map(|query| [(query, &governor), (query, &sender)]);
        wired(each.map(|(query, token)| Request::get(&format!("/v1/needs{query}")).bearer(token)))
    };
    let (lists, searches) = (asked(LISTS), asked(SEARCHES));
    place.fill(FEW, "rogaland", "11", &elsewhere)?;
    let few = [tail(&server, &lists).await?, tail(&server, &searches).await?];
    place.fill(MANY - FEW, "rogaland", "11", &elsewhere)?;
    let many = [tail(&server, &lists).await?, tail(&server, &searches).await?];
    for (what, at) in [("lists", 0), ("searches", 1)] {
        let (few, many) = (few[at] * 1_000.0, many[at] * 1_000.0);
        eprintln!("{what}: p99 {few:.2} ms beside {FEW} needs, {many:.2} ms beside {MANY}");
    }
    Ok(vec![many[0] / few[0], many[1] / few[1]])
}

/// The 99th percentile in seconds, the median of several rounds.
async fn tail(server: &Server, requests: &Wired) -> anyhow::Result<f64> {
    load::drive(server.address, requests, WARM_UP).await?;
    let mut tails = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        tails.push(load::drive(server.address, requests, LASTING).await?.p99);
    }
    Ok(median(tails))
}

fn numbers(parties: &[Party]) -> Vec<String> {
    parties.iter().map(|party| party.orgnr.to_string()).collect()
}

/// The database as somebody finds it who writes needs beside the API.
struct Place<'a> {
    database: &'a Database,
    round: String,
}

impl Place<'_> {
    /// Senders in another county.
    fn found_elsewhere(&self) -> anyhow::Result<Vec<String>> {
        let numbers: Vec<String> = (0..300).map(|n| format!("8{n:08}")).collect();
        self.database.connect()?.execute(&format!(
            "INSERT INTO organisations (orgnr, name, kind, county_number, active, version, created_at, updated_at) \
             SELECT orgnr, 'Kommune ' || orgnr, 'municipality', '11', TRUE, 1, now(), now() FROM unnest({}) AS orgnr",
            array(&numbers)
        ))?;
        Ok(numbers)
    }

    /// Needs of a county, one in five a draft, with their areas, partners and texts; their ids come in no order, so that
    /// those of all counties lie mixed.
    fn fill(&self, howmany: usize, office: &str, county: &str, senders: &[String]) -> anyhow::Result<()> {
        let (round, senders) = (&self.round, array(senders));
        let text = "sprakmiljo for alle barnehager skoler og ppt laerer sammen om sprakmiljoet fire samlinger i aret \
                    arbeid i egen enhet mellom samlingene og observasjon med rettleiing av kolleger tiltak";
        let mut tx = self.database.connect()?;
        tx.execute(&format!(
            "WITH made AS (INSERT INTO needs (id, round_id, scheme, county_governor, county_number, sender_orgnr, state, \
                title, amount_nok, language, content, submitted_version, may_ask_for_more, version, created_at, \
                updated_at, submitted_at) \
             SELECT gen_random_uuid()::text, '{round}', 'kollektiv', '{office}', '{county}', \
                ({senders})[1 + n % array_length({senders}, 1)], CASE n % 5 WHEN 0 THEN 'draft' ELSE 'submitted' END, \
                'Språkmiljø for alle ' || n, 500000, 'nn', json_build_object('description', repeat('{text} ', 5))::text, \
                CASE n % 5 WHEN 0 THEN NULL ELSE 1 END, FALSE, 1, now(), now(), \
                CASE n % 5 WHEN 0 THEN NULL ELSE now() END \
             FROM generate_series(1, {howmany}) AS n RETURNING id, sender_orgnr, title, submitted_version), \
             readings AS (SELECT made.*, submitted FROM made, (VALUES (FALSE), (TRUE)) AS both_of(submitted) \
                WHERE NOT submitted OR submitted_version IS NOT NULL), \
             submissions AS (INSERT INTO need_versions (need_id, n, title, amount_nok, content, parties, findings, \
                submitted_at) SELECT id, 1, title, 500000, '{{}}', '{{}}', '[]', now() FROM readings WHERE submitted), \
             areas AS (INSERT INTO need_areas (need_id, area, submitted) \
                SELECT id, CASE get_byte(decode(left(id, 2), 'hex'), 0) % 2 WHEN 0 THEN 'language_speech' \
                ELSE 'inclusive_practice' END, submitted FROM readings), \
             partners AS (INSERT INTO need_parties (need_id, orgnr, role, state, asks_for_statped, invited_at, version, updated_at) \
                SELECT id, ({senders})[1], 'partner', 'pending', FALSE, now(), 1, now() FROM made WHERE sender_orgnr <> ({senders})[1] \
                AND '{office}' <> 'vestland') \
             INSERT INTO need_texts (need_id, submitted, folded) \
                SELECT id, submitted, ' {text} ' || sender_orgnr || ' ' || id FROM readings"
        ))?;
        tx.execute("VACUUM ANALYZE")?;
        Ok(())
    }
}

fn array(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
    format!("ARRAY[{}]::text[]", quoted.join(", "))
}
