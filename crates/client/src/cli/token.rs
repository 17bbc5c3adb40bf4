//! `kompetanse token`.

use std::process::ExitCode;

use clap::Args;

use super::{Connection, say};

/// Prints an access token, for calls of your own.
///
/// It lasts ten minutes:
///
///   curl --header "Authorization: Bearer $(kompetanse token)" http://127.0.0.1:8080/v1/me
#[derive(Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct TokenCommand {}

impl TokenCommand {
    #[allow(clippy::unused_self, reason = "every command is called the same way")]
    pub(crate) async fn run(self, connection: &Connection) -> anyhow::Result<ExitCode> {
        say(&connection.client()?.token().await?);
        Ok(ExitCode::SUCCESS)
    }
}
