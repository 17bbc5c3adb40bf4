//! Taking away what no row refers to: what was written before a transaction that never committed, and what was
//! written for a row that has been deleted since.

use std::path::Path;
use std::time::SystemTime;

use actix_web::web;
use chrono::{DateTime, TimeDelta, Utc};
use futures_util::TryStreamExt;
use persistence::needs::attachments;

use super::Objects;
use crate::app::App;

/// So long an object is left alone after it was written: far longer than any transaction may still be on its way.
const GRACE: TimeDelta = TimeDelta::hours(24);
/// Keys that are looked up at a time.
const CHUNK: usize = 500;

/// Deletes every object that is older than a day and that no row refers to. Answers how many there were.
pub async fn sweep(app: &App) -> anyhow::Result<usize> {
    let before = app.clock.now() - GRACE;
    let objects = app.objects.clone();
    web::block(move || objects.forget_staged(before)).await??;
    let mut listed = app.objects.list();
    let (mut old, mut swept) = (Vec::new(), 0);
    while let Some(object) = listed.try_next().await? {
        if object.written_at < before {
            old.push(object.key);
        }
        if old.len() == CHUNK {
            swept += sweep_unreferenced(app, std::mem::take(&mut old)).await?;
        }
    }
    Ok(swept + sweep_unreferenced(app, old).await?)
}

async fn sweep_unreferenced(app: &App, keys: Vec<String>) -> anyhow::Result<usize> {
    let asked = keys.clone();
    let referenced =
        app.store.read("attachment.referenced", move |reader| attachments::referenced(reader, &asked)).await?;
    let mut swept = 0;
    for key in keys.iter().filter(|key| !referenced.contains(*key)) {
        app.objects.delete(key).await?;
        swept += 1;
    }
    Ok(swept)
}

impl Objects {
    /// In a folder a file is written beside its place, under its name with `#` and a number, and then moved. Those of
    /// processes that were killed stay, and no listing shows them.
    fn forget_staged(&self, before: DateTime<Utc>) -> std::io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                for staged in std::fs::read_dir(path)? {
                    let staged = staged?.path();
                    if is_staged(&staged) && is_older(&staged, before.into())? {
                        std::fs::remove_file(&staged)?;
                    }
                }
            }
        }
        Ok(())
    }
}

fn is_staged(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains('#'))
}

fn is_older(path: &Path, before: SystemTime) -> std::io::Result<bool> {
    Ok(std::fs::metadata(path)?.modified()? < before)
}
