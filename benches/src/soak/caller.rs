//! A client that does not give up: it sends a request again until it is answered, over any number of kills.

use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::Value;

use super::Where;
use crate::http::{Connection, Request};
use crate::register::{Party, Register};

/// So long a request may go unanswered, starts of the server included.
const PATIENCE: Duration = Duration::from_mins(1);
/// Between attempts.
const PAUSE: Duration = Duration::from_millis(20);

/// An answer at last.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body.
    pub body: Value,
    /// Whether it had been given before.
    pub replayed: bool,
    /// Whether an attempt before this one went unanswered.
    pub retried: bool,
}

impl Reply {
    /// Fails unless the status is this one.
    pub fn expect(self, status: u16) -> anyhow::Result<Self> {
        ensure!(self.status == status, "{status} was expected, not {}: {}", self.status, self.body);
        Ok(self)
    }

    /// The id of what was answered.
    pub fn id(&self) -> anyhow::Result<String> {
        self.body["id"].as_str().map(str::to_owned).context("an answer without an id")
    }

    /// The version of what was answered.
    pub fn version(&self) -> anyhow::Result<i64> {
        self.body["version"].as_i64().context("an answer without a version")
    }
}

/// A client of one organisation.
pub struct Caller {
    /// Whose.
    pub party: Party,
    place: Where,
    connection: Option<Connection>,
    token: Option<String>,
    broke_off: bool,
}

impl Caller {
    /// A client that has not called yet.
    pub fn new(party: &Party, place: &Where) -> Self {
        Self { party: party.clone(), place: place.clone(), connection: None, token: None, broke_off: false }
    }

    /// One of each organisation that writes.
    pub fn of_all(register: &Register, place: &Where) -> Vec<Self> {
        register.municipalities.iter().chain([&register.governor]).map(|party| Self::new(party, place)).collect()
    }

    /// Whether an attempt went unanswered since this was asked last.
    pub fn was_broken_off(&mut self) -> bool {
        std::mem::take(&mut self.broke_off)
    }

    /// Sends a request until it is answered. What the server says is to be sent again is sent again, too.
    pub async fn send(&mut self, request: &Request) -> anyhow::Result<Reply> {
        let started = Instant::now();
        let mut retried = false;
        loop {
            let why = match self.attempt(request).await {
                Ok(reply) if is_final(&reply) => return Ok(Reply { retried, ..reply }),
                Ok(reply) => {
                    self.token = self.token.take().filter(|_| reply.status != 401);
                    reply.body.to_string()
                }
                Err(error) => {
                    (retried, self.broke_off, self.connection) = (true, true, None);
                    error.to_string()
                }
            };
            ensure!(started.elapsed() < PATIENCE, "no answer within {} s: {why}", PATIENCE.as_secs());
            tokio::time::sleep(PAUSE).await;
        }
    }

    /// Reads a resource.
    pub async fn get(&mut self, path: &str) -> anyhow::Result<Reply> {
        self.send(&Request::get(path)).await
    }

    async fn attempt(&mut self, request: &Request) -> anyhow::Result<Reply> {
        let address = *self.place.borrow();
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => Connection::open(address).await?,
        };
        let connection = self.connection.insert(connection);
        let token = match self.token.take() {
            Some(token) => token,
            None => self.party.token(connection).await?,
        };
        let token = self.token.insert(token);
        let request = request.clone().bearer(token).to_bytes();
        let answer = tokio::time::timeout(PATIENCE, connection.exchange(&request)).await??;
        Ok(Reply {
            status: answer.status,
            body: answer.json(),
            replayed: answer.header("idempotency-replayed") == Some("true"),
            retried: false,
        })
    }
}

/// Whether the answer is one to go on from: 401 asks for a new token, 503 and a twin in progress for patience.
fn is_final(reply: &Reply) -> bool {
    !matches!(reply.status, 401 | 503) && reply.body["code"] != "idempotency_in_progress"
}
