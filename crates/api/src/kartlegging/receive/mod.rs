//! Taking rows in from a sender: an upload in one call, or a part of a batch.

use actix_web::web;
use contract::problem::Fault;
use domain::kartlegging::{Directory, Instrument};
use domain::orgnr::OrgNr;
use persistence::kartlegging::{directory, instruments};
use persistence::organisations;

use super::head::Head;
use crate::app::App;
use crate::error::ApiError;
use crate::kartlegging::intake::{self, Plan, Received};

/// Takes a body in and checks its rows against the sender's units and the instrument. A process has room for so many at
/// a time; the next one is asked to come again.
pub(in crate::kartlegging) async fn receive(
    app: &App,
    payload: web::Payload,
    said: &Head,
    sender: &OrgNr,
    instrument: &str,
) -> Result<Received, ApiError> {
    let busy = || ApiError::new("overloaded").header("Retry-After", "5");
    let _place = app.uploads.running.try_acquire().map_err(|_| busy())?;
    let (instrument, directory) = prepare(app, sender.clone(), instrument.to_owned()).await?;
    let plan = Plan {
        format: said.format,
        gzip: said.gzip,
        instrument,
        directory,
        spool_in: app.uploads.spool_in.clone(),
        limits: app.uploads.limits,
    };
    let received = intake::receive(payload, plan).await?;
    match said.digest {
        Some(digest) if digest != received.digest => Err(ApiError::new("digest_mismatch")),
        _ => Ok(received),
    }
}

/// What rows are checked against, read before the body is.
async fn prepare(app: &App, sender: OrgNr, instrument: String) -> Result<(Instrument, Directory), ApiError> {
    let synthetic = app.synthetic();
    app.store
        .snapshot::<_, ApiError, _>("upload.prepare", move |reader| {
            let sender = organisations::find(reader, &sender)?.ok_or_else(ApiError::not_found)?;
            let stored = instruments::find(reader, &instrument)?.ok_or_else(|| unknown_instrument(&instrument, ""))?;
            Ok((stored.instrument, directory::of(reader, &sender, synthetic)?))
        })
        .await
}

/// There is no such instrument; `root` is `/` where it stands in a body.
pub(in crate::kartlegging) fn unknown_instrument(code: &str, root: &str) -> ApiError {
    ApiError::fault(Fault::new("unknown_instrument", format!("{root}instrument")).with("instrument", code))
}
