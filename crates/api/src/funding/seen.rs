//! Which subjects of funding a caller may read, for its events.

use domain::actor::Viewer;
use persistence::funding::{frames, grants, payment_runs, payments, reports};
use persistence::listing::Window;
use persistence::{Reader, StoreError};
use uuid::Uuid;

fn these(ids: &[Uuid]) -> Window {
    let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    Window { ids: ids.iter().map(Uuid::to_string).collect(), limit, ..Window::default() }
}

/// Of these frames, those that the viewer may read.
pub(crate) fn frames(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = frames::list(reader, viewer, &frames::FrameFilter::default(), &these(ids))?;
    Ok(found.into_iter().map(|frame| frame.id.0).collect())
}

/// Of these grants, those that the viewer may read.
pub(crate) fn grants(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = grants::list(reader, viewer, &grants::GrantFilter::default(), &these(ids))?;
    Ok(found.into_iter().map(|grant| grant.id.0).collect())
}

/// Of these payments, those that the viewer may read.
pub(crate) fn payments(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = payments::list(reader, viewer, &payments::PaymentFilter::default(), &these(ids))?;
    Ok(found.into_iter().map(|payment| payment.id.0).collect())
}

/// Of these payment runs, those that the viewer may read.
pub(crate) fn payment_runs(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = payment_runs::list(reader, viewer, &payment_runs::PaymentRunFilter::default(), &these(ids))?;
    Ok(found.into_iter().map(|run| run.id.0).collect())
}

/// Of these reports, those that the viewer may read.
pub(crate) fn reports(reader: &mut Reader, viewer: &Viewer, ids: &[Uuid]) -> Result<Vec<Uuid>, StoreError> {
    let found = reports::list(reader, viewer, &reports::ReportFilter::default(), &these(ids))?;
    Ok(found.into_iter().map(|report| report.id.0).collect())
}
