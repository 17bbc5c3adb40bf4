//! `kompetanseloft openapi`: the document that the server serves, as YAML.

use std::path::PathBuf;

use anyhow::{Context, bail};
use api::openapi;
use clap::Args;

/// Writes the OpenAPI document, or compares it with a file.
#[derive(Debug, Args)]
pub(crate) struct WriteOpenapi {
    /// The file to compare with; it must be the same.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

impl WriteOpenapi {
    #[allow(clippy::print_stdout, reason = "the document is what this command is for")]
    pub(crate) fn run(&self) -> anyhow::Result<()> {
        let document = openapi::document().to_yaml()?;
        let Some(file) = &self.check else {
            print!("{document}");
            return Ok(());
        };
        let committed = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
        if committed != document {
            bail!("{} is not what the server serves: run `make openapi` and look at the difference", file.display());
        }
        Ok(())
    }
}
