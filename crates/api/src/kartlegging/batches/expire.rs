//! Giving up batches for which nothing came any more.

use std::time::Duration;

use actix_web::web;
use chrono::{DateTime, Utc};
use domain::ids::BatchId;
use domain::kartlegging::{Command, next};
use persistence::kartlegging::batches;
use persistence::{StoreError, Tx};

use super::record::change_after;
use crate::app::App;

/// So often we look.
const LOOK: Duration = Duration::from_mins(5);

/// Expires batches for as long as the server runs.
pub async fn expire_forgotten(app: web::Data<App>) {
    loop {
        if let Err(error) = expire(&app).await {
            log::warn!("forgotten batches are still there: {error}");
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Expires every batch whose time is up.
pub async fn expire(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    let forgotten =
        app.store.read::<_, StoreError, _>("batch.to_expire", move |reader| batches::to_expire(reader, now)).await?;
    for id in forgotten {
        app.store.write("batch.expire", move |tx| expire_one(tx, id, now)).await?;
        app.events_written.notify_one();
    }
    Ok(())
}

fn expire_one(tx: &mut Tx, id: BatchId, now: DateTime<Utc>) -> Result<(), StoreError> {
    let Some(before) = batches::hold(tx, id)? else { return Ok(()) };
    let is_up = before.expires_at.is_some_and(|until| until < now);
    let (true, Ok(state)) = (is_up, next(before.state, Command::Expire)) else { return Ok(()) };
    let expired = batches::move_to(tx, &before, state, now, None)?;
    change_after(tx, "batch.create", now, (&before, &expired), "batch.expire")
}
