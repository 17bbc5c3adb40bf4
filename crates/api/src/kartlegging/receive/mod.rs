//! Taking rows in from a sender: an upload in one call, or a part of a batch.
//!
//! Two sides work at the same time, with a short queue between them. `wire` takes the bytes off the wire, at a minimum
//! rate, and digests them. A thread that may block reads rows out of them (the crate `intake`), checks each by the
//! domain's rule and writes it to the spool. Whatever goes wrong on either side, the spool is gone with it: nothing of
//! a broken upload is left behind, and the database has not heard of it.

mod body;
mod failure;
pub mod limits;
mod wire;

use std::io;
use std::path::PathBuf;

use actix_web::web;
use contract::problem::Fault;
use domain::kartlegging::{Directory, Instrument, Places, is_scheme_name};
use domain::orgnr::OrgNr;
use intake::{Digested, Format, Packed};
use persistence::kartlegging::{Spool, SpoolWriter, directory, instruments, unit_codes};
use persistence::{Reader, background, organisations};

use self::body::Body;
use self::failure::Failure;
use self::limits::Limits;
use super::uploads::head::Head;
use crate::app::App;
use crate::error::ApiError;
use crate::http::arrival::Arrival;

/// Whose rows they are, what they answer, and how they name units.
pub(super) struct Sending {
    pub(super) sender: OrgNr,
    pub(super) instrument: String,
    pub(super) code_scheme: Option<String>,
}

/// What came, whole.
pub(super) struct Received {
    /// Its rows, checked.
    pub(super) spool: Spool,
    /// SHA-256 of the content as sent.
    pub(super) digest: [u8; 32],
    /// SHA-256 of the content, unpacked.
    pub(super) unpacked_digest: [u8; 32],
}

/// Takes a body in and checks its rows against the sender's units and the instrument. A process has room for so many at
/// a time; the next one is asked to come again.
pub(super) async fn receive(
    app: &App,
    payload: web::Payload,
    said: &Head,
    from: Sending,
) -> Result<Received, ApiError> {
    let busy = || ApiError::new("overloaded").header("Retry-After", "5");
    let _place = app.uploads.running.try_acquire().map_err(|_| busy())?;
    let (instrument, directory) = prepare(app, from).await?;
    let plan = Plan {
        format: said.format,
        gzip: said.gzip,
        instrument,
        directory,
        spool_in: app.uploads.spool_in.clone(),
        limits: app.uploads.limits,
    };
    let received = take_in(payload, plan).await?;
    match said.digest {
        Some(digest) if digest != received.digest => Err(ApiError::new("digest_mismatch")),
        _ => Ok(received),
    }
}

/// Refuses a scheme in which the sender has no code; `root` as in [`unknown_instrument`].
pub(super) fn known_scheme(reader: &mut Reader, sender: &OrgNr, scheme: &str, root: &str) -> Result<(), ApiError> {
    if unit_codes::has_scheme(reader, sender, scheme)? {
        return Ok(());
    }
    let shown = if is_scheme_name(scheme) { scheme } else { "…" };
    Err(ApiError::fault(Fault::new("unknown_code_scheme", format!("{root}code_scheme")).with("scheme", shown)))
}

/// There is no such instrument; `root` is `/` where it stands in a body.
pub(super) fn unknown_instrument(code: &str, root: &str) -> ApiError {
    ApiError::fault(Fault::new("unknown_instrument", format!("{root}instrument")).with("instrument", code))
}

/// What rows are checked against, read before the body is.
async fn prepare(app: &App, from: Sending) -> Result<(Instrument, Directory), ApiError> {
    let synthetic = app.synthetic();
    app.store
        .snapshot::<_, ApiError, _>("upload.prepare", move |reader| {
            let sender = organisations::find(reader, &from.sender)?.ok_or_else(ApiError::not_found)?;
            let unknown = || unknown_instrument(&from.instrument, "");
            let instrument = instruments::find(reader, &from.instrument)?.ok_or_else(unknown)?.instrument;
            if let Some(scheme) = &from.code_scheme {
                known_scheme(reader, &from.sender, scheme, "")?;
            }
            Ok((instrument, directory::of(reader, &sender, from.code_scheme.as_deref(), synthetic)?))
        })
        .await
}

/// Everything that the reading side needs to know.
struct Plan {
    format: Format,
    gzip: bool,
    instrument: Instrument,
    /// The sender's units.
    directory: Directory,
    /// Where there is room for a spool.
    spool_in: PathBuf,
    limits: Limits,
}

async fn take_in(payload: web::Payload, plan: Plan) -> Result<Received, Failure> {
    let limits = plan.limits;
    let (queue, body) = body::queue();
    let reading = background::run("intake", move || read(body, &plan));
    let arrived = wire::forward(Arrival::new(payload, limits.encoded_bytes, limits.pace), queue).await;
    let read = reading.await.map_err(|panic| Failure::Own(io::Error::other(panic)))?;
    // When the wire is at fault the reader only says that its input broke off; the wire knows why.
    let digest = arrived.map_err(Failure::Interrupted)?;
    let (spool, unpacked) = read?;
    Ok(Received { spool, digest, unpacked_digest: unpacked.unwrap_or(digest) })
}

/// Reads the rows, and digests what was unpacked where it was packed.
fn read(body: Body, plan: &Plan) -> Result<(Spool, Option<[u8; 32]>), Failure> {
    let digested = plan.gzip.then(Digested::default);
    let packed = digested.as_ref().map_or(Packed::No, Packed::Gzip);
    let mut rows = intake::open(body, plan.format, packed, plan.limits.decoded_bytes)?;
    let places = Places::new(&plan.directory, &plan.instrument);
    let mut spool = SpoolWriter::create(&plan.spool_in, places)?;
    while let Some(row) = rows.next_row()? {
        spool.check_in(row.number, &row.raw, row.fault.as_slice(), &plan.instrument, &plan.directory)?;
        if spool.rows() > plan.limits.rows {
            return Err(Failure::TooManyRows { limit: plan.limits.rows });
        }
    }
    if spool.rows() == 0 {
        return Err(intake::Failure::NoRows.into());
    }
    drop(rows);
    Ok((spool.finish()?, digested.map(Digested::finish)))
}
