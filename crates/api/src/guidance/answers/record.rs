//! What must be there that guidance names, and what a change of it leaves behind.

use contract::problem::Fault;
use domain::event::{Subject, SubjectKind};
use domain::guidance::{Guidance, GuidanceScope};
use persistence::guidance::answers::StoredGuidance;
use persistence::{Reader, rounds};
use serde_json::Value;

use super::get::view;
use crate::app::App;
use crate::error::ApiError;
use crate::guidance::unknown_areas;
use crate::http::write::{Change, Stop, Write};

/// Scheme and areas exist, and the round is the keeper's own.
pub(super) fn references_exist(app: &App, reader: &mut Reader, new: &Guidance) -> Result<(), ApiError> {
    let mut faults = unknown_areas(app, &new.areas);
    match &new.scope {
        GuidanceScope::Scheme(scheme) if !app.rulesets.knows_scheme(scheme) => {
            faults.push(Fault::new("unknown_reference", "/scheme"));
        }
        GuidanceScope::Round(round) => {
            let office = rounds::find(reader, *round)?.map(|stored| stored.round.county_governor);
            match office {
                None => faults.push(Fault::new("unknown_reference", "/round_id")),
                office if office != new.keeper.county_governor => {
                    faults.push(Fault::new("round_of_other_office", "/round_id"));
                }
                Some(_) => {}
            }
        }
        GuidanceScope::All | GuidanceScope::Scheme(_) => {}
    }
    if faults.is_empty() { Ok(()) } else { Err(ApiError::invalid(faults)) }
}

/// Leaves the audit row and the event of a change.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    stored: &StoredGuidance,
    (action, happened): (&'static str, &'static str),
    changed: &[&str],
    before: Option<Value>,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Guidance, stored.guidance.id.0),
        action,
        happened,
        county_governor: stored.guidance.keeper.county_governor.as_deref(),
        reference: None,
        version: stored.version,
        state: stored.guidance.state.as_str(),
        changed,
        before,
        after: trail(stored),
    })
}

/// A question as the trail keeps it.
pub(super) fn trail(stored: &StoredGuidance) -> Option<Value> {
    serde_json::to_value(view(stored)).ok()
}
