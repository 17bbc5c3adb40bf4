//! Reports: filled in by recipients, submitted by the sender, approved by the county governor (G08).

pub(super) mod actions;
pub(super) mod approve;
pub(super) mod get;
pub(super) mod get_part;
pub(super) mod list;
pub(super) mod put_part;
pub(super) mod send_back;
pub(super) mod submit;

use chrono::{DateTime, Utc};
use domain::event::{Subject, SubjectKind};
use domain::ids::GrantId;
use domain::time::SchoolYear;
use persistence::funding::reports::{self, StoredReport};
use persistence::{Reader, StoreError};
use serde_json::Value;
use uuid::Uuid;

use crate::error::ApiError;
use crate::http::call::Call;
use crate::http::write::{Change, Stop, Write};

/// The report named by a path: a grant and a school year.
#[derive(Debug, Clone, Copy)]
struct Place {
    grant: GrantId,
    school_year: SchoolYear,
}

impl Place {
    /// Reads the path; a year that is none is a report that is not there.
    fn of(grant: Uuid, school_year: &str) -> Result<Self, ApiError> {
        let school_year = school_year.parse().map_err(|_| ApiError::not_found())?;
        Ok(Self { grant: GrantId(grant), school_year })
    }

    /// The report, where the caller may see it.
    fn find(self, reader: &mut Reader, call: &Call) -> Result<StoredReport, ApiError> {
        reports::find(reader, call.viewer(), self.grant, self.school_year)?.ok_or_else(ApiError::not_found)
    }
}

/// The report, where the caller is the office that it goes to.
fn find_at_own_office<T>(write: &mut Write<'_, T>, place: Place) -> Result<StoredReport, Stop> {
    let call = write.call().clone();
    let report = place.find(write, &call)?;
    if call.viewer().county_governor.as_ref() == Some(&report.county_governor) {
        Ok(report)
    } else {
        Err(ApiError::not_yours().into())
    }
}

/// Leaves the audit row and the event of a step with a report.
fn record<T>(
    write: &mut Write<'_, T>,
    action: &'static str,
    happened: &'static str,
    before: &StoredReport,
    after: &StoredReport,
) -> Result<(), Stop> {
    let now = write.call().now;
    let changed: &[&str] = if before.state == after.state { &["parts"] } else { &["state"] };
    write.record(Change {
        subject: Subject::new(SubjectKind::Report, after.id.0),
        action,
        happened,
        county_governor: Some(&after.county_governor),
        reference: None,
        version: after.version,
        state: after.state.as_str(),
        changed,
        before: shown(before, now)?,
        after: shown(after, now)?,
    })
}

fn shown(report: &StoredReport, now: DateTime<Utc>) -> Result<Option<Value>, StoreError> {
    serde_json::to_value(get::view(report, now)).map(Some).map_err(|why| StoreError::corrupt("report", why))
}
