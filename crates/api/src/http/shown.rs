//! Answers kept in memory, so that what has not changed is not written out again.

use std::hash::Hash;

use moka::sync::Cache;

use crate::http::answer::Answer;

/// Bytes of kept answers at the most.
const CAPACITY: u64 = 16 * 1024 * 1024;

/// Answers by what decides every byte of them: of which thing, in which version, with what beside it. The head is read
/// from the database each time, in the statement that also asks whether the caller may see the thing, so nothing stale
/// or hidden is ever shown.
pub struct Shown<Head>(Cache<Head, Answer>);

impl<Head: Eq + Hash + Send + Sync + 'static> Default for Shown<Head> {
    fn default() -> Self {
        let weigh = |_: &Head, answer: &Answer| u32::try_from(answer.bytes()).unwrap_or(u32::MAX);
        Self(Cache::builder().max_capacity(CAPACITY).weigher(weigh).build())
    }
}

impl<Head: Eq + Hash + Send + Sync + 'static> Shown<Head> {
    /// The answer, where it was given before.
    pub fn get(&self, head: &Head) -> Option<Answer> {
        self.0.get(head)
    }

    /// Keeps an answer for the next one who asks.
    pub fn keep(&self, head: Head, answer: &Answer) {
        self.0.insert(head, answer.clone());
    }
}
