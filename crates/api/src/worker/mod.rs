//! What runs beside the requests.

use std::time::Duration;

use actix_web::web;
use chrono::TimeDelta;
use persistence::{StoreError, idempotency, outbox};

use crate::app::App;
use crate::objects::sweep;

/// Answers are kept so long for retries.
const KEPT: TimeDelta = TimeDelta::days(7);
/// At the latest so often the outbox is looked at, for events of other processes.
const LOOK: Duration = Duration::from_secs(2);
/// So often old answers are forgotten.
const SWEEP: Duration = Duration::from_hours(1);
/// So often objects are looked through; what is swept is a day old.
const SWEEP_OBJECTS: Duration = Duration::from_hours(6);

/// Gives new events their positions: at once when this process wrote them, soon when another did.
pub async fn sequence_events(app: web::Data<App>) {
    loop {
        let _ = tokio::time::timeout(LOOK, app.events_written.notified()).await;
        if let Err(error) = sequence_all(&app).await {
            log::warn!("events wait for their position: {error}");
        }
    }
}

async fn sequence_all(app: &App) -> Result<(), StoreError> {
    while app.store.read("events.waiting", outbox::any_without_position).await? {
        if app.store.write("events.sequence", outbox::sequence).await? == 0 {
            return Ok(());
        }
    }
    Ok(())
}

/// Forgets answers that are older than a week.
pub async fn sweep_idempotency(app: web::Data<App>) {
    loop {
        tokio::time::sleep(SWEEP).await;
        let before = app.clock.now() - KEPT;
        if let Err(error) =
            app.store.write("idempotency.sweep", move |tx| idempotency::forget_older_than(tx, before)).await
        {
            log::warn!("old answers are still kept: {error}");
        }
    }
}

/// Takes away bytes that no row refers to.
pub async fn sweep_objects(app: web::Data<App>) {
    loop {
        tokio::time::sleep(SWEEP_OBJECTS).await;
        match sweep::sweep(&app).await {
            Ok(0) => {}
            Ok(swept) => log::info!("{swept} objects that nothing refers to are gone"),
            Err(error) => log::warn!("objects that nothing refers to are still there: {error:#}"),
        }
    }
}
