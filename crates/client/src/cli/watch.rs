//! `kompetanse watch`.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use contract::events::EventPage;

use super::{Connection, say};

/// Prints events as they happen, one JSON object a line, until it is stopped.
///
/// Begins with the oldest that you may see, or after a place that was printed before (--after).
#[derive(Args)]
pub(crate) struct WatchCommand {
    /// The place to go on from.
    #[arg(long)]
    after: Option<String>,
    /// Only events of this type, such as no.kompetanseloft.need.submitted.v1.
    #[arg(long = "type")]
    type_: Option<String>,
    /// Stop when there is nothing more right now, and print the place to go on from.
    #[arg(long)]
    once: bool,
}

/// Between two looks at a feed that is at its end.
const PAUSE: Duration = Duration::from_secs(2);

impl WatchCommand {
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        let client = connection.client()?;
        let filter = self.type_.map(|type_| format!("&type={type_}")).unwrap_or_default();
        let mut after = self.after;
        loop {
            let place = after.as_ref().map(|after| format!("&after={after}")).unwrap_or_default();
            let page: EventPage = client.get(&format!("/v1/events?limit=1000{filter}{place}")).await?;
            for event in &page.items {
                say(&serde_json::to_string(event)?);
            }
            after = Some(page.next_after.clone());
            if page.at_end {
                if self.once {
                    say(&serde_json::to_string(&serde_json::json!({ "next_after": page.next_after }))?);
                    return Ok(ExitCode::SUCCESS);
                }
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}
