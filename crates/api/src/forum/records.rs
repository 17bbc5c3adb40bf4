//! What a change in the forum leaves in the trail and in the feed.

use domain::event::{Subject, SubjectKind};
use persistence::forum::items::StoredItem;
use persistence::forum::meetings::StoredMeeting;
use persistence::forum::recommendations::StoredRecommendation;
use serde::Serialize;
use serde_json::Value;

use super::views;
use crate::http::write::{Change, Stop, Write};

/// What was done, and what that is called in the feed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deed {
    /// What was done, such as `meeting.open`.
    pub(super) action: &'static str,
    /// What happened, such as `opened`.
    pub(super) happened: &'static str,
}

/// A deed by its two names.
pub(super) const fn deed(action: &'static str, happened: &'static str) -> Deed {
    Deed { action, happened }
}

fn json(view: &impl Serialize) -> Option<Value> {
    serde_json::to_value(view).ok()
}

/// A change of a meeting; of something recorded about it, where before and after are told besides.
pub(super) fn meeting<T>(
    write: &mut Write<'_, T>,
    deed: Deed,
    before: Option<&StoredMeeting>,
    after: &StoredMeeting,
) -> Result<(), Stop> {
    part_of_meeting(write, deed, after, before.and_then(|m| json(&views::meeting(m))), json(&views::meeting(after)))
}

/// A change of what a meeting has recorded, such as an attendance.
pub(super) fn part_of_meeting<T>(
    write: &mut Write<'_, T>,
    deed: Deed,
    meeting: &StoredMeeting,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Meeting, meeting.meeting.id.0),
        action: deed.action,
        happened: deed.happened,
        county_governor: Some(&meeting.meeting.county_governor),
        reference: meeting.meeting.reference.as_deref(),
        version: meeting.version,
        state: meeting.meeting.state.as_str(),
        changed: &[],
        before,
        after,
    })
}

/// A change of an agenda item.
pub(super) fn item<T>(
    write: &mut Write<'_, T>,
    deed: Deed,
    before: Option<&StoredItem>,
    after: &StoredItem,
) -> Result<(), Stop> {
    part_of_item(write, deed, after, before.and_then(|i| json(&views::item(i))), json(&views::item(after)))
}

/// A change of what belongs to an item, such as a conflict of interest.
pub(super) fn part_of_item<T>(
    write: &mut Write<'_, T>,
    deed: Deed,
    item: &StoredItem,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::AgendaItem, item.item.id.0),
        action: deed.action,
        happened: deed.happened,
        county_governor: Some(&item.item.county_governor),
        reference: None,
        version: item.version,
        state: item.item.state.as_str(),
        changed: &[],
        before,
        after,
    })
}

/// A change of a recommendation.
pub(super) fn recommendation<T>(
    write: &mut Write<'_, T>,
    deed: Deed,
    before: Option<&StoredRecommendation>,
    after: &StoredRecommendation,
) -> Result<(), Stop> {
    let recommendation = &after.recommendation;
    write.record(Change {
        subject: Subject::new(SubjectKind::Recommendation, recommendation.id.0),
        action: deed.action,
        happened: deed.happened,
        county_governor: Some(&recommendation.county_governor),
        reference: None,
        version: after.version,
        state: recommendation.state.as_str(),
        changed: &["lines"],
        before: before.and_then(|before| json(&views::recommendation(before))),
        after: json(&views::recommendation(after)),
    })
}
