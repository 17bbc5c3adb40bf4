//! A round and needs in it, as large as real ones, complete enough to be submitted once the university has confirmed.

use anyhow::Context;
use serde_json::{Value, json};

use crate::http::{Connection, Request};
use crate::register::Party;

/// A round that is open at the instant at which the server's clock stands.
pub fn round() -> Value {
    json!({
        "ruleset": "kollektiv-2026",
        "year": 2027,
        "opens_on": "2026-10-10",
        "deadline_date": "2027-02-01",
        "report_due_on": "2028-01-15",
    })
}

/// The document of a need.
pub fn document(round_id: &str, title: &str, sender: &Party, university: &Party) -> Value {
    let units: Vec<Value> =
        sender.units.iter().take(4).map(|unit| json!({"orgnr": unit, "role": "takes_part"})).collect();
    json!({
        "round_id": round_id,
        "title": title,
        "description": "Barnehager, skoler og PPT lærer sammen om språkmiljøet: fire samlinger i året, arbeid i egen \
            enhet mellom samlingene, og observasjon med rettleiing av kolleger. ".repeat(3),
        "goals": ["Alle enheter kartlegger språkmiljøet sitt", "Alle ansatte har prøvd ut tiltak i egen praksis"],
        "expected_benefit": "Barn og elever med språkvansker får hjelp tidligere, der de er.",
        "period": {"from": "2027-2028", "to": "2028-2029"},
        "unit_kinds": ["kindergarten", "school", "ppt"],
        "audience": [
            {"group": "leaders", "number": 14},
            {"group": "pedagogical_staff", "number": 180},
            {"group": "support_service", "number": 6},
        ],
        "units": units,
        "areas": [
            {"area": "language_speech", "level": "basic", "purpose": "build"},
            {"area": "inclusive_practice", "level": "basic", "purpose": "develop"},
        ],
        "partners": [{"orgnr": university.orgnr, "contribution": "Utvikler og leder samlingene"}],
        "evidence": {"explanation": "Kartleggingen er på vei."},
        "anchoring": {"leaders": {"anchored": true}, "staff": {"anchored": true}, "unions": {"anchored": true}},
        "amount_nok": 400_000,
        "budget": [
            line("samlinger-27", "delivery", "2027-2028", university, 180_000),
            line("samordning-27", "coordination", "2027-2028", sender, 20_000),
            line("samlinger-28", "delivery", "2028-2029", university, 180_000),
            line("samordning-28", "coordination", "2028-2029", sender, 20_000),
        ],
        "language": "nn",
        "contact": {"role": "skulefagleg rådgjevar", "email": "oppvekst@kommune.example"},
        "explanations": {"kartlegging_missing": "Kartleggingen er på vei."},
    })
}

fn line(key: &str, kind: &str, school_year: &str, recipient: &Party, amount_nok: i64) -> Value {
    json!({"key": key, "kind": kind, "school_year": school_year, "recipient": recipient.orgnr, "amount_nok": amount_nok})
}

/// Posts JSON that makes something, and answers with its id.
pub async fn make(connection: &mut Connection, token: &str, path: &str, body: &Value) -> anyhow::Result<String> {
    let request = Request::post_json(path, body).bearer(token).to_bytes();
    let made = connection.exchange(&request).await?.expect(201)?.json();
    made["id"].as_str().map(str::to_owned).context("what was made has no id")
}
