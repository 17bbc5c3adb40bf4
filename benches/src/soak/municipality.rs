//! A municipality's part of the load: needs begun, changed and submitted, kartlegging uploaded, lists read.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use rand::Rng;
use rand::rngs::StdRng;
use serde_json::json;

use super::Load;
use super::caller::{Caller, Reply};
use super::ledger::{Known, Ledger};
use crate::http::Request;
use crate::needs;

/// So long a committed batch may take to end, starts of the server included.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between two looks at it.
const PAUSE: Duration = Duration::from_millis(50);

/// A municipality at work.
pub struct Municipality {
    caller: Caller,
    /// Its university.
    partner: Caller,
    round: String,
    drawn: StdRng,
    ledger: Ledger,
    /// Ids of needs that are not submitted yet.
    drafts: Vec<String>,
    /// Subjects acknowledged since the last kill that it noticed.
    fresh: Vec<String>,
    sent: u64,
}

impl Municipality {
    /// One that has done nothing yet, with its own client and that of its university.
    pub fn new((caller, partner): (Caller, Caller), round: String, drawn: StdRng) -> Self {
        let (drafts, fresh) = (Vec::new(), Vec::new());
        Self { caller, partner, round, drawn, ledger: Ledger::default(), drafts, fresh, sent: 0 }
    }

    /// Works until the load is over.
    pub async fn work(mut self, load: Arc<Load>) -> anyhow::Result<Ledger> {
        while !load.is_over() {
            match self.drawn.random_range(0..100) {
                0..35 => self.begin().await?,
                35..65 => self.change().await?,
                65..75 => self.submit().await?,
                75..80 => self.upload().await?,
                80..85 => self.upload_in_parts().await?,
                _ => drop(self.caller.get("/v1/needs?limit=20").await?.expect(200)?),
            }
            if self.caller.was_broken_off() {
                self.read_back().await?;
            }
            load.note_finished();
        }
        Ok(self.ledger)
    }

    /// A key that was never used.
    fn key(&mut self) -> String {
        self.sent += 1;
        format!("{}-{}", self.caller.party.orgnr, self.sent)
    }

    async fn begin(&mut self) -> anyhow::Result<()> {
        let key = self.key();
        let title = format!("Tiltak {key}");
        let document = needs::document(&self.round, &title, &self.caller.party, &self.partner.party);
        let request = Request::post_json("/v1/needs", &document).header("idempotency-key", &key);
        let reply = self.caller.send(&request).await?.expect(201)?;
        let id = reply.id()?;
        self.ledger.book_keyed(&subject(&id), &reply);
        self.know(&id, reply.version()?, &title);
        self.drafts.push(id);
        Ok(())
    }

    /// Without a key, as any `PATCH`: when it is sent again and had been done, the version tells.
    async fn change(&mut self) -> anyhow::Result<()> {
        let Some(id) = self.any_draft() else { return Ok(()) };
        let version = self.version_of(&id)?;
        let title = format!("Tiltak {}", self.key());
        let path = format!("/v1/needs/{id}");
        let request = Request::patch(&path, &json!({ "title": title })).header("if-match", &format!("\"{version}\""));
        let mut reply = self.caller.send(&request).await?;
        if reply.retried && reply.status == 412 {
            let found = self.caller.get(&path).await?.expect(200)?;
            ensure!(
                found.version()? == version + 1 && found.body["title"] == title.as_str(),
                "412 for a change that was not done: {}",
                found.body
            );
            self.ledger.found_done += 1;
            reply = Reply { retried: true, ..found };
        }
        let reply = reply.expect(200)?;
        self.ledger.book(&subject(&id), &reply);
        self.know(&id, reply.version()?, &title);
        Ok(())
    }

    async fn submit(&mut self) -> anyhow::Result<()> {
        let Some(id) = self.any_draft() else { return Ok(()) };
        let need = format!("/v1/needs/{id}");
        let invite = Request::post_json(&format!("{need}/invitations"), &json!({}));
        let invite = invite.header("idempotency-key", &self.key());
        let reply = self.caller.send(&invite).await?.expect(201)?;
        self.ledger.book_keyed(&subject(&id), &reply);

        let partner = format!("{need}/partners/{}", self.partner.party.orgnr);
        let asked = self.partner.get(&partner).await?.expect(200)?.version()?;
        let confirm = Request::post_json(&format!("{partner}/confirm"), &json!({}));
        let confirm = confirm.header("idempotency-key", &self.key()).header("if-match", &format!("\"{asked}\""));
        let reply = self.partner.send(&confirm).await?.expect(200)?;
        self.ledger.book_keyed(&subject(&id), &reply);

        let version = self.version_of(&id)?;
        let submit = Request::post_json(&format!("{need}/submit"), &json!({}));
        let submit = submit.header("idempotency-key", &self.key()).header("if-match", &format!("\"{version}\""));
        let reply = self.caller.send(&submit).await?.expect(200)?;
        self.ledger.book_keyed(&subject(&id), &reply);
        let title = reply.body["title"].as_str().unwrap_or_default().to_owned();
        self.know(&id, reply.version()?, &title);
        self.drafts.retain(|draft| *draft != id);
        Ok(())
    }

    async fn upload(&mut self) -> anyhow::Result<()> {
        let path = "/v1/kartlegging/uploads?instrument=basis-2026&period=2026&mode=valid_rows";
        let rows = self.rows();
        let request = Request::post(path, "text/csv", rows).header("idempotency-key", &self.key());
        let reply = self.caller.send(&request).await?.expect(201)?;
        let id = reply.id()?;
        let subject = format!("batch/{id}");
        self.ledger.book_keyed(&subject, &reply);
        let known = Known {
            path: format!("/v1/kartlegging/batches/{id}"),
            orgnr: self.caller.party.orgnr.to_string(),
            version: reply.version()?,
            title: None,
        };
        self.ledger.known.insert(subject.clone(), known);
        self.fresh.push(subject);
        Ok(())
    }

    /// In two parts; from the commit on the service sees the batch through by itself, over any number of kills.
    async fn upload_in_parts(&mut self) -> anyhow::Result<()> {
        let new = json!({"instrument": "basis-2026", "period": "2026", "mode": "valid_rows"});
        let open = Request::post_json("/v1/kartlegging/batches", &new).header("idempotency-key", &self.key());
        let opened = self.caller.send(&open).await?.expect(201)?;
        let id = opened.id()?;
        let (subject, path) = (format!("batch/{id}"), format!("/v1/kartlegging/batches/{id}"));
        self.ledger.book_keyed(&subject, &opened);
        for (n, rows) in (1..).zip(halves(&self.rows())) {
            let put = Request::put(&format!("{path}/parts/{n}"), "text/csv", rows);
            self.caller.send(&put).await?.expect(200)?;
        }
        let commit = Request::post_json(&format!("{path}/commit"), &json!({"parts": 2}));
        let commit = commit.header("idempotency-key", &self.key()).header("if-match", "*");
        let taken = self.caller.send(&commit).await?;
        ensure!(matches!(taken.status, 200 | 202), "a commit was answered by {}: {}", taken.status, taken.body);
        self.ledger.book_keyed(&subject, &taken);
        let ended = self.until_committed(&path).await?;
        self.ledger.book_by_itself(&subject);
        let orgnr = self.caller.party.orgnr.to_string();
        self.ledger.known.insert(subject.clone(), Known { path, orgnr, version: ended.version()?, title: None });
        self.fresh.push(subject);
        Ok(())
    }

    async fn until_committed(&mut self, path: &str) -> anyhow::Result<Reply> {
        let until = Instant::now() + PATIENCE;
        loop {
            let found = self.caller.get(path).await?.expect(200)?;
            if found.body["state"] == "committed" {
                return Ok(found);
            }
            ensure!(Instant::now() < until, "a committed batch does not end: {}", found.body);
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Some rows; the same keys come again and again with other values.
    fn rows(&mut self) -> Vec<u8> {
        const AREAS: [&str; 4] = ["vision", "hearing", "mathematics", "motor"];
        const GROUPS: [&str; 3] = ["leaders", "assistants", "all"];
        let mut csv = String::from("unit_orgnr,area,respondent_group,current,needed,respondents\n");
        for unit in &self.caller.party.units {
            for area in AREAS {
                let group = GROUPS[self.drawn.random_range(0..GROUPS.len())];
                let (current, needed) = (self.drawn.random_range(1..=3), self.drawn.random_range(3..=5));
                let _ = writeln!(csv, "{unit},{area},{group},{current},{needed},7");
            }
        }
        csv.into_bytes()
    }

    /// What was acknowledged before the kill is there after it.
    async fn read_back(&mut self) -> anyhow::Result<()> {
        for subject in std::mem::take(&mut self.fresh) {
            let known = self.ledger.known.get(&subject).context("what is fresh is known")?;
            let found = self.caller.get(&known.path).await?.expect(200)?.version()?;
            ensure!(found >= known.version, "{subject} was acknowledged at {}, but is at {found}", known.version);
        }
        Ok(())
    }

    fn any_draft(&mut self) -> Option<String> {
        let range = 0..self.drafts.len();
        (!range.is_empty()).then(|| self.drafts[self.drawn.random_range(range)].clone())
    }

    fn version_of(&self, id: &str) -> anyhow::Result<i64> {
        Ok(self.ledger.known.get(&subject(id)).context("a draft is known")?.version)
    }

    fn know(&mut self, id: &str, version: i64, title: &str) {
        let path = format!("/v1/needs/{id}");
        let orgnr = self.caller.party.orgnr.to_string();
        let known = Known { path, orgnr, version, title: Some(title.to_owned()) };
        self.ledger.known.insert(subject(id), known);
        self.fresh.push(subject(id));
    }
}

/// The same rows as two files, each with the header.
fn halves(rows: &[u8]) -> [Vec<u8>; 2] {
    let lines: Vec<&[u8]> = rows.split_inclusive(|byte| *byte == b'\n').collect();
    let (header, rows) = lines.split_at(1);
    let (first, second) = rows.split_at(rows.len() / 2);
    [first, second].map(|half| [header, half].concat().concat())
}

fn subject(id: &str) -> String {
    format!("need/{id}")
}
