//! Applying what was committed, beside the requests: at once where this process took the commit, soon where another
//! one did and went down before it was done.

use std::collections::hash_map::Entry;
use std::sync::Arc;
use std::time::Duration;

use actix_web::web;
use domain::ids::BatchId;
use persistence::kartlegging::{self, Progress, batches};
use persistence::{Reader, StoreError, Tx};

use super::record::change_after;
use crate::app::App;

/// At the latest so often we look for batches that another process left behind.
const LOOK: Duration = Duration::from_secs(2);
/// So long a batch is let be whose application failed.
const REST: Duration = Duration::from_secs(30);

/// Applies committed batches for as long as the server runs.
pub async fn apply_committed(app: web::Data<App>) {
    loop {
        let _ = tokio::time::timeout(LOOK, app.uploads.committed.notified()).await;
        match app.store.read::<_, StoreError, _>("batch.to_apply", batches::to_apply).await {
            Ok(waiting) => waiting.into_iter().for_each(|id| begin(&app, id)),
            Err(error) => log::warn!("committed batches wait: {error}"),
        }
    }
}

/// Applies one batch beside the others, unless this process is at it already.
fn begin(app: &web::Data<App>, id: BatchId) {
    let Ok(mut applying) = app.uploads.applying.lock() else { return };
    if let Entry::Vacant(free) = applying.entry(id) {
        let progress = Arc::clone(free.insert(Arc::default()));
        actix_web::rt::spawn(apply(app.clone(), id, progress));
    }
}

async fn apply(app: web::Data<App>, id: BatchId, progress: Arc<Progress>) {
    if let Err(error) = apply_one(&app, id, progress).await {
        log::error!("batch {id} waits to be applied: {error}");
        tokio::time::sleep(REST).await;
    }
    if let Ok(mut applying) = app.uploads.applying.lock() {
        applying.remove(&id);
    }
    app.uploads.applied.notify_waiters();
}

async fn apply_one(app: &App, id: BatchId, progress: Arc<Progress>) -> Result<(), StoreError> {
    let (spool_in, synthetic, now) = (app.uploads.spool_in.clone(), app.synthetic(), app.clock.now());
    let _turn = app.uploads.turns.acquire().await;
    let prepare =
        move |reader: &mut Reader| kartlegging::prepare_commit(reader, id, (&spool_in, synthetic), now, &progress);
    let Some(commitment) = app.store.prepare("batch.prepare", prepare).await? else { return Ok(()) };
    let work = move |tx: &mut Tx| {
        let Some(before) = batches::hold(tx, id)? else { return Ok(()) };
        let Some(batch) = kartlegging::commit(tx, &before, &commitment)? else { return Ok(()) };
        change_after(tx, "batch.commit", now, (&before, &batch), "batch.apply")
    };
    app.store.upload("batch.apply", work).await?;
    app.events_written.notify_one();
    Ok(())
}
