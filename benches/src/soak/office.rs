//! The county governor's part of the load: rounds.

use std::sync::Arc;
use std::time::Duration;

use super::Load;
use super::caller::Caller;
use super::ledger::{Known, Ledger};
use crate::http::Request;
use crate::needs;

/// A county governor at work.
pub struct Office {
    caller: Caller,
    ledger: Ledger,
    made: u64,
}

impl Office {
    /// One that has done nothing yet.
    pub fn new(caller: Caller) -> Self {
        Self { caller, ledger: Ledger::default(), made: 0 }
    }

    /// Makes rounds until the load is over.
    pub async fn work(mut self, load: Arc<Load>) -> anyhow::Result<Ledger> {
        while !load.is_over() {
            self.make_round().await?;
            load.note_finished();
            // Rounds are few beside needs.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(self.ledger)
    }

    /// Makes a round and answers with its id.
    pub async fn make_round(&mut self) -> anyhow::Result<String> {
        self.made += 1;
        let key = format!("round-{}", self.made);
        let request = Request::post_json("/v1/rounds", &needs::round()).header("idempotency-key", &key);
        let reply = self.caller.send(&request).await?.expect(201)?;
        let id = reply.id()?;
        let subject = format!("round/{id}");
        self.ledger.book_keyed(&subject, &reply);
        let known = Known {
            path: format!("/v1/rounds/{id}"),
            orgnr: self.caller.party.orgnr.to_string(),
            version: reply.version()?,
            title: None,
        };
        self.ledger.known.insert(subject, known);
        Ok(id)
    }
}
