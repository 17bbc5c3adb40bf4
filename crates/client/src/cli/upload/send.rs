//! Bringing a file in: with the batch of an earlier run where that fits, else with a new one.

use std::collections::BTreeMap;

use client::batch::{has_ended, parts_of};
use client::split::Part;
use client::{Client, Error};
use contract::kartlegging::{Batch, CreateBatch};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::journal::Journal;
use super::progress::Progress;
use super::source::FileSource;
use crate::cli::say;

/// Parts on their way at the same time.
const AT_A_TIME: usize = 4;

/// Sends what the server does not have yet, commits, and waits for the end.
pub(super) async fn bring_in(
    client: &Client,
    source: &FileSource,
    journal: &Journal,
    new: &CreateBatch,
) -> anyhow::Result<Batch> {
    let batch = match begun_before(client, source, journal).await? {
        Some(batch) if has_ended(&batch) => return Ok(batch),
        Some(batch) => batch,
        None => {
            let batch = client.open_batch(new).await?;
            journal.note(batch.id)?;
            batch
        }
    };
    if batch.state != "processing" {
        send_missing(client, source, &batch).await?;
    }
    let parts = u32::try_from(source.parts.len())?;
    match client.commit_batch(batch.id, parts).await {
        // It was committed before, and the answer was lost on the way.
        Err(error) if error.code() == Some("state_conflict") => {
            let batch = client.batch(batch.id).await?;
            Ok(client.until_ended(batch).await?)
        }
        committed => Ok(committed?),
    }
}

/// The batch that an earlier run began, where it holds nothing but parts of this very file.
async fn begun_before(client: &Client, source: &FileSource, journal: &Journal) -> anyhow::Result<Option<Batch>> {
    let Some(id) = journal.batch()? else { return Ok(None) };
    let batch = match client.batch(id).await {
        Err(error) if error.code() == Some("not_found") => return Ok(None),
        batch => batch?,
    };
    let batch = if batch.state == "processing" { client.until_ended(batch).await? } else { batch };
    if has_ended(&batch) {
        return Ok(Some(batch).filter(|batch| batch.digest.as_ref() == Some(&source.digest())));
    }
    let fits = |(number, digest): (&u32, &String)| {
        let at = usize::try_from(*number).unwrap_or_default().wrapping_sub(1);
        source.parts.get(at).is_some_and(|part| part.digest == *digest)
    };
    if parts_of(&batch).iter().all(fits) {
        say(&format!("Goes on with batch {id}, which has {} of {} parts.", batch.parts.len(), source.parts.len()));
        return Ok(Some(batch));
    }
    say(&format!("The file has changed since batch {id} was begun; that one is cancelled."));
    client.cancel_batch(&batch).await?;
    Ok(None)
}

async fn send_missing(client: &Client, source: &FileSource, batch: &Batch) -> anyhow::Result<()> {
    let there: BTreeMap<u32, String> = parts_of(batch);
    let has = |number: u32| there.contains_key(&number);
    let sent_before: u64 = (1..).zip(&source.parts).filter(|(n, _)| has(*n)).map(|(_, part)| part.rows).sum();
    let progress = Progress::begin(source.rows(), sent_before);
    let missing = source.read()?.filter(|part| part.as_ref().map_or(true, |part| !has(part.number)));
    let sending = stream::iter(missing).map(|part| send(client, source, batch, part, &progress));
    sending.buffer_unordered(AT_A_TIME).try_collect::<()>().await?;
    progress.end();
    Ok(())
}

async fn send(
    client: &Client,
    source: &FileSource,
    batch: &Batch,
    part: std::io::Result<Part>,
    progress: &Progress,
) -> Result<(), Error> {
    let part = part.map_err(|e| Error::Setup(format!("the file cannot be read: {e}")))?;
    client.put_part(batch.id, &part, source.content_type).await?;
    progress.add(part.rows);
    Ok(())
}
