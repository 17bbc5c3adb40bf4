//! A reader of the events of one organisation, who goes on from where it was, over kills and all.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;

use super::Load;
use super::caller::Caller;

/// What it has read.
pub struct Feed {
    caller: Caller,
    after: Option<String>,
    ids: Vec<String>,
}

impl Feed {
    /// One that has read nothing yet.
    pub fn new(caller: Caller) -> Self {
        Self { caller, after: None, ids: Vec::new() }
    }

    /// Reads until the load is over.
    pub async fn follow(mut self, load: Arc<Load>) -> anyhow::Result<Self> {
        while !load.is_over() {
            if self.read_page().await? {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        }
        Ok(self)
    }

    /// Reads to the end. Answers with the ids of all events, in the order in which they came.
    pub async fn finish(mut self) -> anyhow::Result<Vec<String>> {
        while !self.read_page().await? {}
        Ok(self.ids)
    }

    /// Reads a page and answers whether it was the last one for now.
    async fn read_page(&mut self) -> anyhow::Result<bool> {
        let after = self.after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
        let page = self.caller.get(&format!("/v1/events?limit=100{after}")).await?.expect(200)?.body;
        let ids = page["items"].as_array().into_iter().flatten().filter_map(|event| event["id"].as_str());
        self.ids.extend(ids.map(str::to_owned));
        self.after = Some(page["next_after"].as_str().context("a page without a place to go on from")?.to_owned());
        page["at_end"].as_bool().context("a page that does not say whether it is the last")
    }
}
