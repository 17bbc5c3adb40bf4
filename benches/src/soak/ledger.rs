//! What was acknowledged: the other half of the books, to hold against the database.

use std::collections::BTreeMap;

use super::caller::Reply;

/// What a resource must look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Where it is read.
    pub path: String,
    /// Who reads it.
    pub orgnr: String,
    /// Its version after the last acknowledged change.
    pub version: i64,
    /// Its title, where it has one.
    pub title: Option<String>,
}

/// Acknowledged writes.
#[derive(Debug, Default)]
pub struct Ledger {
    /// How often each subject was changed; subjects are written `need/<id>`.
    pub changes: BTreeMap<String, u64>,
    /// What they must look like now.
    pub known: BTreeMap<String, Known>,
    /// Writes that carried an idempotency key.
    pub keyed: u64,
    /// Writes that had to be sent again because the server was killed.
    pub retried: u64,
    /// Those of them that had been done, and were answered from memory.
    pub replayed: u64,
    /// Those of them that had been done and carried no key, so that their version told.
    pub found_done: u64,
}

impl Ledger {
    /// How many writes.
    pub fn acknowledged(&self) -> u64 {
        self.changes.values().sum()
    }

    /// Books a write that carried a key.
    pub fn book_keyed(&mut self, subject: &str, reply: &Reply) {
        self.keyed += 1;
        self.replayed += u64::from(reply.replayed);
        self.book(subject, reply);
    }

    /// Books a write.
    pub fn book(&mut self, subject: &str, reply: &Reply) {
        self.retried += u64::from(reply.retried);
        self.book_by_itself(subject);
    }

    /// Books what the service did by itself, as it had to.
    pub fn book_by_itself(&mut self, subject: &str) {
        *self.changes.entry(subject.to_owned()).or_default() += 1;
    }

    /// Takes in the books of somebody else.
    pub fn add(&mut self, other: Self) {
        for (subject, changes) in other.changes {
            *self.changes.entry(subject).or_default() += changes;
        }
        self.known.extend(other.known);
        self.keyed += other.keyed;
        self.retried += other.retried;
        self.replayed += other.replayed;
        self.found_done += other.found_done;
    }
}
