//! Uploading kartlegging in one call.

use std::path::Path;

use bytes::Bytes;
use contract::kartlegging::Batch;
use reqwest::Method;

use crate::client::{Client, Request};
use crate::error::Error;

/// Rows to be sent, and how.
#[derive(Debug, Clone)]
pub struct Upload {
    /// The rows as they are in the file.
    pub content: Bytes,
    /// `text/csv`, `application/x-ndjson` or `application/json`.
    pub content_type: &'static str,
    /// Whether the content is packed with gzip.
    pub gzip: bool,
    /// Code of the instrument that the rows answer.
    pub instrument: String,
    /// The period that they speak about: `2026` or `2026-H1`.
    pub period: String,
    /// `all` or `valid_rows`.
    pub mode: String,
    /// Only ask what would become of them.
    pub dry_run: bool,
    /// What the batch is called by its sender.
    pub source: String,
}

/// The format of a file by its name: `.csv`, `.ndjson` or `.jsonl`, `.json`, each also with `.gz`.
pub fn format_of(path: &Path) -> Result<(&'static str, bool), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let (plain, gzip) = name.strip_suffix(".gz").map_or((name.as_str(), false), |plain| (plain, true));
    let content_type = match plain.rsplit_once('.').map(|(_, ending)| ending) {
        Some("csv") => "text/csv",
        Some("ndjson" | "jsonl") => "application/x-ndjson",
        Some("json") => "application/json",
        _ => {
            return Err(Error::Setup(format!(
                "{} ends in none of .csv, .ndjson and .json (or one of them with .gz)",
                path.display()
            )));
        }
    };
    Ok((content_type, gzip))
}

impl Client {
    /// Sends rows. The answer is the batch, whatever became of its rows.
    pub async fn upload(&self, upload: &Upload) -> Result<Batch, Error> {
        let query = [
            ("instrument", upload.instrument.as_str()),
            ("period", &upload.period),
            ("mode", &upload.mode),
            ("dry_run", if upload.dry_run { "true" } else { "false" }),
            ("source", &upload.source),
        ];
        let query = serde_html_form::to_string(query).map_err(|e| Error::Setup(e.to_string()))?;
        let request = Request::new(Method::POST, &format!("/v1/kartlegging/uploads?{query}")).once();
        self.json(request.content(upload.content.clone(), upload.content_type, upload.gzip)).await
    }

    /// What became of each row of a batch, as CSV.
    pub async fn upload_result(&self, batch: &Batch) -> Result<Bytes, Error> {
        let request = Request::new(Method::GET, &format!("/v1/kartlegging/batches/{}/result", batch.id));
        Ok(self.send(&request).await?.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_file_tells_its_format() {
        let format = |name: &str| format_of(Path::new(name)).ok();
        assert_eq!(format("bergen.csv"), Some(("text/csv", false)));
        assert_eq!(format("Bergen.CSV.gz"), Some(("text/csv", true)));
        assert_eq!(format("a/b/rows.jsonl"), Some(("application/x-ndjson", false)));
        assert_eq!(format("rows.json"), Some(("application/json", false)));
        assert_eq!(format("rows.xlsx"), None);
        assert_eq!(format("rows"), None);
    }
}
