//! Which events a caller may see: those whose subject it may read, asked of each feature, at the time of reading.

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
    Ok(events.into_iter().filter(|e| seen.contains(&(e.subject.kind, e.subject.id))).collect())
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
        SubjectKind::Batch => Scope::KartleggingRead,
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
        SubjectKind::Round => ids,
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
        SubjectKind::Batch => persistence::kartlegging::batches::visible_ids(reader, viewer, &ids)?,
    })
}
