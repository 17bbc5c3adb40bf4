//! What must be there that a learning resource names, and what a change of it leaves behind.

use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::guidance::LearningResource;
use persistence::guidance::resources::StoredResource;
use persistence::{Reader, organisations};
use serde_json::Value;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::unknown_areas;
use crate::http::write::{Change, Stop, Write};

/// Areas and provider exist.
pub(super) fn references_exist(app: &App, reader: &mut Reader, new: &LearningResource) -> Result<(), ApiError> {
    let mut faults = unknown_areas(app, &new.areas);
    if let Some(provider) = &new.provider_orgnr
        && organisations::find(reader, provider)?.is_none()
    {
        faults.push(Fault::new("unknown_reference", "/provider_orgnr"));
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// Leaves the audit row and the event of a change.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    stored: &StoredResource,
    (action, happened): (&'static str, &'static str),
    changed: &[&str],
    before: Option<Value>,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::LearningResource, stored.resource.id.0),
        action,
        happened,
        county_governor: stored.resource.keeper.county_governor.as_deref(),
        reference: None,
        version: stored.version,
        state: stored.resource.state.as_str(),
        changed,
        before,
        after: trail(stored),
    })
}

/// A learning resource as the trail keeps it.
pub(super) fn trail(stored: &StoredResource) -> Option<Value> {
    serde_json::to_value(view(stored)).ok()
}
