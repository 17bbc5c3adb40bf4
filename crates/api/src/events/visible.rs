//! Which events a caller may see: those whose subject it may read, asked of each feature, at the time of reading; of a
//! need's draft only who reads the draft.

use std::collections::HashSet;

use domain::actor::{Scope, Viewer};
use domain::event::SubjectKind;
use persistence::outbox::StoredEvent;
use persistence::{Reader, StoreError};
use uuid::Uuid;

use crate::funding;
use crate::http::call::Call;

/// The events of a batch that the caller may see.
pub(super) fn visible(
    reader: &mut Reader,
    call: &Call,
    events: Vec<StoredEvent>,
) -> Result<Vec<StoredEvent>, StoreError> {
    let mut seen: HashSet<(SubjectKind, Uuid)> = HashSet::new();
    for &kind in SubjectKind::ALL {
        let asked: HashSet<Uuid> = events.iter().filter(|e| e.subject.kind == kind).map(|e| e.subject.id).collect();
        if asked.is_empty() || !call.actor.may(scope_of(kind)) {
            continue;
        }
        let ids: Vec<Uuid> = asked.into_iter().collect();
        seen.extend(visible_ids(reader, call.viewer(), kind, ids)?.into_iter().map(|id| (kind, id)));
    }
    let mut events = events;
    events.retain(|event| seen.contains(&(event.subject.kind, event.subject.id)));
    for kind in [SubjectKind::Need, SubjectKind::Attachment] {
        let hidden = without_draft(reader, call.viewer(), kind, &events)?;
        events.retain(|event| !(hidden.contains(&event.subject.id) && event.data.is_of_draft(kind)));
    }
    Ok(events)
}

/// Of the subjects of one kind that events are about, those whose need the viewer reads without its draft.
fn without_draft(
    reader: &mut Reader,
    viewer: &Viewer,
    kind: SubjectKind,
    events: &[StoredEvent],
) -> Result<HashSet<Uuid>, StoreError> {
    let of_drafts = events.iter().filter(|event| event.subject.kind == kind && event.data.is_of_draft(kind));
    let ids: HashSet<Uuid> = of_drafts.map(|event| event.subject.id).collect();
    if ids.is_empty() {
        return Ok(ids);
    }
    let asked: Vec<Uuid> = ids.iter().copied().collect();
    let with_draft = match kind {
        SubjectKind::Attachment => persistence::needs::attachments::ids_with_draft(reader, viewer, &asked)?,
        _ => persistence::needs::ids_with_draft(reader, viewer, &asked)?,
    };
    Ok(ids.into_iter().filter(|id| !with_draft.contains(id)).collect())
}

/// An event shows no more than its subject does, so it needs the subject's scope too.
const fn scope_of(kind: SubjectKind) -> Scope {
    match kind {
        SubjectKind::Round
        | SubjectKind::Need
        | SubjectKind::Network
        | SubjectKind::Coordination
        | SubjectKind::NetworkMeeting
        | SubjectKind::Message
        | SubjectKind::Attachment
        | SubjectKind::Guidance
        | SubjectKind::LearningResource => Scope::NeedsRead,
        SubjectKind::Instrument | SubjectKind::UnitCode | SubjectKind::Batch | SubjectKind::TakeOver => {
            Scope::KartleggingRead
        }
        SubjectKind::Forum | SubjectKind::Meeting | SubjectKind::AgendaItem | SubjectKind::Recommendation => {
            Scope::ForumRead
        }
        SubjectKind::Frame
        | SubjectKind::Grant
        | SubjectKind::Payment
        | SubjectKind::PaymentRun
        | SubjectKind::Report => Scope::FundingRead,
    }
}

/// Of these subjects of one kind, those that the viewer may read.
fn visible_ids(
    reader: &mut Reader,
    viewer: &Viewer,
    kind: SubjectKind,
    ids: Vec<Uuid>,
) -> Result<Vec<Uuid>, StoreError> {
    Ok(match kind {
        SubjectKind::Round | SubjectKind::Instrument => ids,
        SubjectKind::Forum => persistence::forum::forums::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Meeting => persistence::forum::meetings::visible_ids(reader, viewer, &ids)?,
        SubjectKind::AgendaItem => persistence::forum::items::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Recommendation => persistence::forum::recommendations::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Need => persistence::needs::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Guidance => persistence::guidance::answers::visible_ids(reader, viewer, &ids)?,
        SubjectKind::LearningResource => persistence::guidance::resources::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Network => persistence::networks::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Coordination => persistence::networks::coordinations::visible_ids(reader, viewer, &ids)?,
        SubjectKind::NetworkMeeting => persistence::networks::meetings::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Message => persistence::needs::messages::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Attachment => persistence::needs::attachments::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Frame => funding::seen::frames(reader, viewer, &ids)?,
        SubjectKind::Grant => funding::seen::grants(reader, viewer, &ids)?,
        SubjectKind::Payment => funding::seen::payments(reader, viewer, &ids)?,
        SubjectKind::PaymentRun => funding::seen::payment_runs(reader, viewer, &ids)?,
        SubjectKind::Report => funding::seen::reports(reader, viewer, &ids)?,
        SubjectKind::UnitCode => persistence::kartlegging::unit_codes::visible_ids(reader, viewer, &ids)?,
        SubjectKind::Batch => persistence::kartlegging::batches::visible_ids(reader, viewer, &ids)?,
        SubjectKind::TakeOver => persistence::kartlegging::take_overs::visible_ids(reader, viewer, &ids)?,
    })
}
