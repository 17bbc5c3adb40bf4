//! One write: a transaction in which the change, its audit row, its event and its kept answer are all there or
//! nothing is.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use domain::event::{Event, EventData, Subject};
use domain::ids::EventId;
use persistence::audit::{self, Author, Entry};
use persistence::idempotency::{self, Lookup, StoredAnswer};
use persistence::{StoreError, Tx, WriteError, outbox};
use serde_json::Value;
use uuid::Uuid;

use crate::app::App;
use crate::error::ApiError;
use crate::http::answer::Answer;
use crate::http::call::Call;
use crate::http::input::{IfMatch, Input};

/// Why a write ends before its end.
#[derive(Debug)]
pub enum Stop {
    /// Something is in the way.
    Problem(Box<ApiError>),
    /// It was done before; this was the answer.
    Replay(StoredAnswer),
}

impl<E: Into<ApiError>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Problem(Box::new(error.into()))
    }
}

impl WriteError for Stop {
    fn store_error(&self) -> Option<&StoreError> {
        match self {
            Self::Problem(error) => error.store_error(),
            Self::Replay(_) => None,
        }
    }
}

/// A write in progress. It is the transaction: pass it on to query functions.
pub struct Write<'a, T> {
    tx: &'a mut Tx,
    input: &'a Input<T>,
    wrote_event: bool,
}

/// A change of one subject, for the trail and the feed.
#[derive(Debug)]
pub struct Change<'a> {
    /// What was changed.
    pub subject: Subject,
    /// What was done, such as `round.create`.
    pub action: &'static str,
    /// What happened, in the past tense, such as `created`.
    pub happened: &'static str,
    /// The office in whose area it happened.
    pub county_governor: Option<&'a str>,
    /// The subject's reference, where it has one.
    pub reference: Option<&'a str>,
    /// Its version after the change.
    pub version: i64,
    /// Its state after the change.
    pub state: &'a str,
    /// Names of the members that changed.
    pub changed: &'a [&'a str],
    /// The subject before, as the API shows it; absent when it was made.
    pub before: Option<Value>,
    /// The subject after; absent when it is gone.
    pub after: Option<Value>,
}

impl<T> Write<'_, T> {
    /// Who asks, and when.
    pub fn call(&self) -> &Call {
        &self.input.call
    }

    /// Begins a write that makes something: a retry gets its answer here. Call it when visibility and role are
    /// known, before anything else.
    pub fn begin(&mut self) -> Result<(), Stop> {
        let Some(key) = &self.input.key else { return Ok(()) };
        match idempotency::look_up(self.tx, key)? {
            Lookup::New => Ok(()),
            Lookup::Answered(answer) => Err(Stop::Replay(answer)),
            Lookup::Reused => Err(ApiError::new("idempotency_key_reused").into()),
            Lookup::InProgress => Err(ApiError::new("idempotency_in_progress").header("Retry-After", "1").into()),
        }
    }

    /// Begins a write on something that has this version: as [`Write::begin`], then 428 without `If-Match` and 412
    /// where it names another version.
    pub fn begin_on(&mut self, version: i64) -> Result<(), Stop> {
        self.begin()?;
        match &self.input.if_match {
            IfMatch::Absent => Err(ApiError::new("precondition_required").with("version", version).into()),
            IfMatch::Any => Ok(()),
            IfMatch::Versions(versions) if versions.contains(&version) => Ok(()),
            IfMatch::Versions(_) => Err(ApiError::new("version_mismatch").with("version", version).into()),
        }
    }

    /// Begins a `PUT` on something that has this version, or does not exist yet: the first one takes
    /// `If-None-Match: *`, replacing takes `If-Match`.
    pub fn begin_put(&mut self, version: Option<i64>) -> Result<(), Stop> {
        let creates = self.call().if_none_match.as_deref().map(str::trim) == Some("*");
        match version {
            Some(version) if creates => Err(ApiError::new("version_mismatch").with("version", version).into()),
            Some(version) => self.begin_on(version),
            None if creates => self.begin(),
            None => match &self.input.if_match {
                IfMatch::Absent => Err(ApiError::new("precondition_required").into()),
                IfMatch::Any | IfMatch::Versions(_) => Err(ApiError::new("version_mismatch").into()),
            },
        }
    }

    /// Leaves the audit row and the event of a change. The subject's version must be raised before.
    pub fn record(&mut self, change: Change<'_>) -> Result<(), Stop> {
        let call = &self.input.call;
        leave(self.tx, &call.author(), call.now, change)?;
        self.wrote_event = true;
        Ok(())
    }
}

/// Leaves the audit row and the event of a change, also of one that the service itself makes.
pub(crate) fn leave(tx: &mut Tx, author: &Author, now: DateTime<Utc>, change: Change<'_>) -> Result<(), StoreError> {
    let entry = Entry {
        subject: change.subject.to_string(),
        action: change.action,
        at: now,
        before: change.before,
        after: change.after,
    };
    audit::append(tx, author, &entry)?;
    let event = Event {
        subject: change.subject,
        happened: change.happened,
        county_governor: change.county_governor.map(str::to_owned),
        data: EventData {
            id: change.subject.id,
            reference: change.reference.map(str::to_owned),
            version: change.version,
            state: change.state.to_owned(),
            changed: change.changed.iter().map(|&name| name.to_owned()).collect(),
        },
    };
    // A second attempt makes another id; the first one was rolled back with its transaction.
    outbox::append(tx, EventId(Uuid::now_v7()), now, &event)
}

impl<T> Deref for Write<'_, T> {
    type Target = Tx;
    fn deref(&self) -> &Tx {
        self.tx
    }
}

impl<T> DerefMut for Write<'_, T> {
    fn deref_mut(&mut self) -> &mut Tx {
        self.tx
    }
}

impl App {
    /// Runs a write in one transaction and sends its answer. The work may run again after a clash, so it reads no
    /// clock and makes no ids; take those before.
    pub async fn write<T, F>(&self, name: &'static str, input: Input<T>, work: F) -> Result<HttpResponse, ApiError>
    where
        T: Send + Sync + 'static,
        F: Fn(&mut Write<'_, T>, &T) -> Result<Answer, Stop> + Send + Sync + 'static,
    {
        let input = Arc::new(input);
        let inside = Arc::clone(&input);
        let outcome = self.store.write(name, move |tx| run(tx, &inside, &work)).await;
        self.finish(outcome, &input.call)
    }

    /// As [`App::write`], on the lanes for work that may take long.
    pub async fn upload<T, F>(&self, name: &'static str, input: Input<T>, work: F) -> Result<HttpResponse, ApiError>
    where
        T: Send + Sync + 'static,
        F: Fn(&mut Write<'_, T>, &T) -> Result<Answer, Stop> + Send + Sync + 'static,
    {
        let input = Arc::new(input);
        let inside = Arc::clone(&input);
        let outcome = self.store.upload(name, move |tx| run(tx, &inside, &work)).await;
        self.finish(outcome, &input.call)
    }

    fn finish(&self, outcome: Result<(Answer, bool), Stop>, call: &Call) -> Result<HttpResponse, ApiError> {
        match outcome {
            Ok((answer, wrote_event)) => {
                if wrote_event {
                    self.events_written.notify_one();
                }
                Ok(answer.into_response(call))
            }
            Err(Stop::Replay(stored)) => Ok(Answer::replay(stored).into_response(call)),
            Err(Stop::Problem(error)) => Err(*error),
        }
    }
}

fn run<T>(
    tx: &mut Tx,
    input: &Input<T>,
    work: &impl Fn(&mut Write<'_, T>, &T) -> Result<Answer, Stop>,
) -> Result<(Answer, bool), Stop> {
    let mut write = Write { tx, input, wrote_event: false };
    let answer = work(&mut write, &input.body)?;
    let wrote_event = write.wrote_event;
    if let Some(key) = &input.key
        && !answer.is_replayed()
    {
        idempotency::remember(tx, key, &answer.to_stored(), input.call.now)?;
    }
    Ok((answer, wrote_event))
}
