//! Every municipality uploads its kartlegging, each from a CSV file of its own and by its own client.

use std::path::Path;

use anyhow::{Context, ensure};
use client::upload::{Upload, format_of};
use contract::kartlegging::Batch;
use contract::rounds::Round;
use uuid::Uuid;

use super::cast::{Actor, Cast};
use super::need::MUNICIPALITY;
use super::tell;

/// The instrument that comes with the service.
const INSTRUMENT: &str = "basis-2026";

/// Uploads all files. Answers the batch of the municipality of the story.
pub(super) async fn upload(cast: &Cast, round: &Round) -> anyhow::Result<Uuid> {
    tell::step(1, "Kartlegging is uploaded");
    let folder = tempfile::tempdir()?;
    let municipalities = cast.all("municipality")?;
    let mut batches = Vec::new();
    for municipality in &municipalities {
        let file = folder.path().join(format!("{}.csv", municipality.client.client_id()));
        let content = municipality.client.made_up_kartlegging(INSTRUMENT).await?;
        std::fs::write(&file, content)?;
        batches.push(send(municipality, &file, round).await?);
    }
    let sum = |count: fn(&Batch) -> i64| batches.iter().map(count).sum::<i64>();
    tell::did(
        &format!("{} municipalities, each with its own client", municipalities.len()),
        &format!(
            "upload {} rows from CSV files: {} new, {} updated, {} unchanged, {} rejected",
            sum(|batch| batch.counts.received),
            sum(|batch| batch.counts.created),
            sum(|batch| batch.counts.updated),
            sum(|batch| batch.counts.unchanged),
            sum(|batch| batch.counts.rejected)
        ),
    );
    let own = municipalities.iter().position(|municipality| municipality.client.client_id() == MUNICIPALITY);
    let own = own.context("the municipality of the story is not there")?;
    tell::detail(&format!(
        "{}: {} rows, {}",
        municipalities[own].name, batches[own].counts.received, batches[own].state
    ));
    Ok(batches[own].id)
}

async fn send(municipality: &Actor, file: &Path, round: &Round) -> anyhow::Result<Batch> {
    let (content_type, gzip) = format_of(file)?;
    let upload = Upload {
        content: std::fs::read(file)?.into(),
        content_type,
        gzip,
        instrument: INSTRUMENT.to_owned(),
        period: (round.year - 1).to_string(),
        mode: "all".to_owned(),
        dry_run: false,
        source: file.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    let batch = municipality.client.upload(&upload).await?;
    ensure!(batch.counts.rejected == 0, "{}: {} rows were rejected", municipality.name, batch.counts.rejected);
    Ok(batch)
}
