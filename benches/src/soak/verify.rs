//! The books held against the database: over HTTP as the writers see it, and beneath it row by row.

use std::collections::BTreeMap;

use anyhow::Context;
use persistence::kartlegging::unfold;
use persistence::{Tx, audit};

use super::caller::Caller;
use super::ledger::Ledger;
use crate::database::Database;
use crate::register::Party;

/// One thing that was looked at.
pub struct Check {
    /// What must hold.
    pub what: String,
    /// Where it does not.
    pub fault: Option<String>,
}

impl Check {
    /// Holds when there is no fault; shows the first ones where there are.
    pub fn of(what: impl Into<String>, faults: Vec<String>) -> Self {
        let more = if faults.len() > 3 { format!(" and {} more", faults.len() - 3) } else { String::new() };
        let shown = faults.iter().take(3).cloned().collect::<Vec<_>>().join("; ");
        Self { what: what.into(), fault: (!faults.is_empty()).then(|| shown + &more) }
    }

    /// Holds when both are written the same.
    pub fn equal(what: impl Into<String>, found: &impl ToString, expected: &impl ToString) -> Self {
        let (found, expected) = (found.to_string(), expected.to_string());
        let faults = if found == expected { Vec::new() } else { vec![format!("{found}, not {expected}")] };
        Self::of(what, faults)
    }
}

/// Queries that answer with what is wrong; each has to find nothing.
const NOTHING: [(&str, &str); 8] = [
    (
        "every audit row has its event",
        "SELECT a.subject AS text FROM (SELECT subject, count(*) AS n FROM audit GROUP BY subject) AS a \
         LEFT JOIN (SELECT subject_kind || '/' || subject_id AS subject, count(*) AS n FROM outbox \
                    GROUP BY subject_kind, subject_id) AS o ON o.subject = a.subject \
         WHERE o.n IS NULL OR o.n <> a.n",
    ),
    (
        "every event has its audit row",
        "SELECT subject_kind || '/' || subject_id AS text FROM outbox \
         WHERE NOT EXISTS (SELECT 1 FROM audit WHERE subject = subject_kind || '/' || subject_id)",
    ),
    ("every event has its position", "SELECT id AS text FROM outbox WHERE position IS NULL"),
    (
        "every submission is frozen, once",
        "SELECT id AS text FROM needs WHERE coalesce(submitted_version, 0) <> \
            (SELECT count(*) FROM need_versions WHERE need_id = needs.id)",
    ),
    (
        "every submitted need has its reference, and no other",
        "SELECT id AS text FROM needs WHERE (submitted_version IS NULL) <> (reference IS NULL)",
    ),
    (
        "references of an office and year go from 1 without a gap, each given once",
        "SELECT series AS text FROM (SELECT substr(reference, 1, 10) AS series, count(*) AS n, \
            count(DISTINCT reference) AS given, max(CAST(substr(reference, 11) AS BIGINT)) AS last \
            FROM needs WHERE reference IS NOT NULL GROUP BY substr(reference, 1, 10)) AS of_series \
         WHERE n <> given OR n <> last",
    ),
    (
        "every batch has its result",
        "SELECT id AS text FROM batches WHERE state IN ('committed', 'rejected', 'dry_run_done') \
            AND NOT EXISTS (SELECT 1 FROM batch_results WHERE batch_id = batches.id)",
    ),
    (
        "no part is kept of a batch that has ended, and no committed batch waits",
        "SELECT id AS text FROM batches WHERE state = 'processing' OR state NOT IN ('open', 'receiving') \
            AND EXISTS (SELECT 1 FROM batch_parts WHERE batch_id = batches.id)",
    ),
];

/// Looks at everything. `feed` holds the events that `follower` read meanwhile.
pub async fn all(
    database: &Database,
    ledger: &Ledger,
    feed: &[String],
    readers: Vec<Caller>,
    follower: &Party,
) -> anyhow::Result<Vec<Check>> {
    let mut checks = vec![read_back(ledger, readers).await?];
    let mut tx = database.connect()?;
    checks.push(changes(&mut tx, ledger)?);
    checks.push(trails(&mut tx, ledger)?);
    for (what, sql) in NOTHING {
        checks.push(Check::of(what, tx.texts(sql)?));
    }
    let kept = one(&mut tx, "SELECT '' || count(*) AS text FROM idempotency")?;
    checks.push(Check::equal("every write with a key has its kept answer, and no other", &kept, &ledger.keyed));
    checks.push(positions(&mut tx)?);
    let visible = format!(
        "SELECT id AS text FROM outbox WHERE subject_kind = 'round' \
            OR subject_id IN (SELECT id FROM needs WHERE sender_orgnr = '{0}') \
            OR subject_id IN (SELECT id FROM batches WHERE sender_orgnr = '{0}') ORDER BY position",
        follower.orgnr
    );
    let expected = tx.texts(&visible)?;
    let what = format!("a reader of the feed got its {} events, each once and in order", expected.len());
    let faults = if feed == expected { Vec::new() } else { vec![format!("it got {} events", feed.len())] };
    checks.push(Check::of(what, faults));
    unfold(&mut tx)?;
    for (what, found, expected) in SUMS {
        checks.push(Check::equal(what, &one(&mut tx, found)?, &one(&mut tx, expected)?));
    }
    Ok(checks)
}

/// Figures of batches and what they left behind: each pair has to be equal.
const SUMS: [(&str, &str, &str); 3] = [
    (
        "as many responses as batches say they created",
        "SELECT '' || count(*) AS text FROM responses",
        "SELECT '' || coalesce(sum(created), 0) AS text FROM batches",
    ),
    (
        "as many replaced responses as batches say they updated",
        "SELECT '' || count(*) AS text FROM response_history",
        "SELECT '' || coalesce(sum(updated), 0) AS text FROM batches",
    ),
    (
        "cells add up to the responses in them",
        "SELECT coalesce(sum(responses), 0) || ' ' || coalesce(sum(respondents), 0) || ' ' || \
            coalesce(sum(current_sum), 0) || ' ' || coalesce(sum(needed_sum), 0) AS text FROM response_cells",
        "SELECT count(*) || ' ' || coalesce(sum(respondents), 0) || ' ' || \
            coalesce(sum(respondents * current_tenths), 0) || ' ' || \
            coalesce(sum(respondents * needed_tenths), 0) AS text FROM responses AS r \
         WHERE respondent_group <> 'all' OR NOT EXISTS (SELECT 1 FROM responses AS o \
            WHERE o.instrument = r.instrument AND o.period = r.period AND o.unit_orgnr = r.unit_orgnr \
                AND o.area = r.area AND o.respondent_group <> 'all')",
    ),
];

/// No acknowledged write is lost: each resource is read back by its writer, as it was acknowledged last.
async fn read_back(ledger: &Ledger, readers: Vec<Caller>) -> anyhow::Result<Check> {
    let mut readers: BTreeMap<String, Caller> =
        readers.into_iter().map(|reader| (reader.party.orgnr.to_string(), reader)).collect();
    let mut faults = Vec::new();
    for (subject, known) in &ledger.known {
        let reader = readers.get_mut(&known.orgnr).context("every writer reads")?;
        let reply = reader.get(&known.path).await?;
        let version = reply.body["version"].as_i64();
        let title = known.title.as_ref().map(|title| reply.body["title"] == title.as_str());
        if reply.status != 200 || version != Some(known.version) || title == Some(false) {
            faults.push(format!("{subject} was acknowledged at {}, but is {}", known.version, reply.body));
        }
    }
    Ok(Check::of(format!("no acknowledged write is lost: {} resources read back", ledger.known.len()), faults))
}

/// Every acknowledged change happened, and once only; nothing happened that was not acknowledged.
fn changes(tx: &mut Tx, ledger: &Ledger) -> anyhow::Result<Check> {
    let mut found = BTreeMap::new();
    for line in tx.texts("SELECT subject || ' ' || count(*) AS text FROM audit GROUP BY subject")? {
        let (subject, changes) = line.rsplit_once(' ').context("a subject and a number")?;
        found.insert(subject.to_owned(), changes.parse::<u64>()?);
    }
    let subjects = found.keys().chain(ledger.changes.keys()).collect::<std::collections::BTreeSet<_>>();
    let faults = subjects.into_iter().filter_map(|subject| {
        let (found, acknowledged) = (found.get(subject).unwrap_or(&0), ledger.changes.get(subject).unwrap_or(&0));
        (found != acknowledged).then(|| format!("{subject}: {acknowledged} acknowledged, {found} done"))
    });
    let what = format!("each of {} acknowledged changes was done once, and no other", ledger.acknowledged());
    Ok(Check::of(what, faults.collect()))
}

/// Nothing is half done: the trail of every subject is whole.
fn trails(tx: &mut Tx, ledger: &Ledger) -> anyhow::Result<Check> {
    let mut faults = Vec::new();
    for subject in ledger.changes.keys() {
        if !audit::is_whole(&audit::trail(tx, subject)?) {
            faults.push(subject.clone());
        }
    }
    Ok(Check::of(format!("{} audit trails are whole", ledger.changes.len()), faults))
}

/// Positions run from one without a gap.
fn positions(tx: &mut Tx) -> anyhow::Result<Check> {
    let sql = "SELECT count(*) || ' ' || count(DISTINCT position) || ' ' || coalesce(min(position), 1) || ' ' || \
               coalesce(max(position), 0) AS text FROM outbox";
    let found = one(tx, sql)?;
    let events = found.split(' ').next().unwrap_or_default().to_owned();
    Ok(Check::equal(
        format!("{events} event positions without a gap"),
        &found,
        &format!("{events} {events} 1 {events}"),
    ))
}

fn one(tx: &mut Tx, sql: &str) -> anyhow::Result<String> {
    tx.texts(sql)?.into_iter().next().context("a query of one row")
}
