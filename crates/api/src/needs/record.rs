//! What a change of a need leaves behind, and what is shown of it.

use contract::external_refs::ExternalRef;
use contract::needs::Need as NeedView;
use domain::event::{Subject, SubjectKind};
use domain::needs::{Need, NeedCommand, Reading};
use domain::orgnr::OrgNr;
use persistence::{Reader, StoreError, needs};
use serde_json::Value;

use crate::http::write::{Change, Stop, Write};

/// A need as its reader sees it, with the reader's own external keys.
pub(crate) fn view(reader: &mut Reader, need: &Need, reading: &Reading, own: &OrgNr) -> Result<NeedView, StoreError> {
    let kept = needs::external_refs(reader, need.id, own)?;
    Ok(NeedView::of(need, reading, external_refs(kept)))
}

/// Kept keys as they are shown.
pub(super) fn external_refs(kept: Vec<needs::ExternalRef>) -> Vec<ExternalRef> {
    kept.into_iter().map(|r| ExternalRef { system: r.system, key: r.key }).collect()
}

/// A need as the trail keeps it: all of it, texts as digests.
pub(super) fn trail(need: &Need) -> Option<Value> {
    serde_json::to_value(NeedView::of(need, &Reading::Own, Vec::new())).ok()
}

/// Leaves the audit row and the event of a change of a need, or of something that hangs on it.
pub(super) fn change<T>(
    write: &mut Write<'_, T>,
    need: &Need,
    action: &'static str,
    happened: &'static str,
    changed: &[&str],
    (before, after): (Option<Value>, Option<Value>),
) -> Result<(), Stop> {
    write.record(Change {
        subject: Subject::new(SubjectKind::Need, need.id.0),
        action,
        happened,
        county_governor: Some(&need.county_governor),
        reference: need.reference.as_deref(),
        version: need.version,
        state: need.state.as_str(),
        changed,
        before,
        after,
    })
}

/// Leaves the audit row and the event of a step along the state chart, whoever took it: sender, county governor,
/// forum or funding.
pub(crate) fn step<T>(write: &mut Write<'_, T>, command: NeedCommand, before: &Need, after: &Need) -> Result<(), Stop> {
    change(write, after, action_of(command), command.happened(), &["state"], (trail(before), trail(after)))
}

/// The name of a step in the trail.
const fn action_of(command: NeedCommand) -> &'static str {
    match command {
        NeedCommand::Submit => "need.submit",
        NeedCommand::Accept => "need.accept",
        NeedCommand::Return => "need.return",
        NeedCommand::Dismiss => "need.dismiss",
        NeedCommand::PutOnAgenda => "need.put_on_agenda",
        NeedCommand::RemoveFromAgenda => "need.remove_from_agenda",
        NeedCommand::Prioritise => "need.prioritise",
        NeedCommand::PrioritisePartly => "need.prioritise_partly",
        NeedCommand::NotPrioritise => "need.not_prioritise",
        NeedCommand::Postpone => "need.postpone",
        NeedCommand::Decide => "need.decide",
        NeedCommand::Withdraw => "need.withdraw",
        NeedCommand::Transfer => "need.transfer",
        NeedCommand::Expire => "need.expire",
    }
}

/// Leaves what the beginning of a need leaves behind.
pub(crate) fn begun<T>(write: &mut Write<'_, T>, need: &Need) -> Result<(), Stop> {
    change(write, need, "need.create", "created", &[], (None, trail(need)))
}

/// Leaves the audit row and the event of a need's being shared with a network.
pub(super) fn shared<T>(write: &mut Write<'_, T>, before: &Need, after: &Need) -> Result<(), Stop> {
    change(write, after, "need.share", "shared", &["shared_with"], (trail(before), trail(after)))
}

/// Leaves the audit row and the event of a need's being taken back from a network.
pub(crate) fn unshared<T>(write: &mut Write<'_, T>, before: &Need, after: &Need) -> Result<(), Stop> {
    change(write, after, "need.unshare", "unshared", &["shared_with"], (trail(before), trail(after)))
}
