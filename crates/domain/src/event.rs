//! Events: what happened, told without contents.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::needs::NeedState;

crate::codes! {
    /// What an event is about; decides who may see it.
    SubjectKind {
        /// A round.
        Round = "round",
        /// A need.
        Need = "need",
        /// A message on a need.
        Message = "message",
        /// An attachment of a need.
        Attachment = "attachment",
        /// A question with its answer.
        Guidance = "guidance",
        /// A learning resource.
        LearningResource = "learning_resource",
        /// A regional network.
        Network = "network",
        /// A coordination of needs in a network.
        Coordination = "coordination",
        /// A meeting of a network.
        NetworkMeeting = "network_meeting",
        /// An instrument of kartlegging.
        Instrument = "instrument",
        /// An organisation's own code for a unit.
        UnitCode = "unit_code",
        /// A batch of kartlegging.
        Batch = "batch",
        /// Responses that a unit's owner took over.
        TakeOver = "take_over",
        /// A forum.
        Forum = "forum",
        /// A meeting.
        Meeting = "meeting",
        /// An agenda item.
        AgendaItem = "agenda_item",
        /// A recommendation.
        Recommendation = "recommendation",
        /// A frame.
        Frame = "frame",
        /// A grant.
        Grant = "grant",
        /// A payment.
        Payment = "payment",
        /// A payment run.
        PaymentRun = "payment_run",
        /// A report.
        Report = "report",
    }
}

/// The thing an event and its audit row are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Subject {
    /// Its kind.
    pub kind: SubjectKind,
    /// Its id.
    pub id: Uuid,
}

impl Subject {
    /// A subject of a kind.
    pub const fn new(kind: SubjectKind, id: Uuid) -> Self {
        Self { kind, id }
    }

    /// A subject that is known by a code: its id is made of the code, the same every time.
    pub fn named(kind: SubjectKind, code: &str) -> Self {
        Self { kind, id: Uuid::new_v5(&NAMES, format!("{kind}/{code}").as_bytes()) }
    }
}

/// The namespace of ids that are made of codes.
const NAMES: Uuid = Uuid::from_u128(0x0199_a0f0_5a0b_7c3e_9d7e_6b6f_6d70_6574);

impl std::fmt::Display for Subject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.kind, self.id)
    }
}

/// One thing that happened to a subject, in the past tense; its type on the wire is
/// `no.kompetanseloft.<subject kind>.<happened>.v1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What it happened to.
    pub subject: Subject,
    /// What happened, such as `submitted`.
    pub happened: &'static str,
    /// The county governor's office code in whose area it happened, where there is one.
    pub county_governor: Option<String>,
    /// The small body of the event.
    pub data: EventData,
}

/// `data` of an event: enough to know what to fetch, never field contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventData {
    /// The subject's id.
    pub id: Uuid,
    /// Its reference, where it has one.
    pub reference: Option<String>,
    /// Its version after the change.
    pub version: i64,
    /// Its state after the change.
    pub state: String,
    /// Names of the members that changed.
    pub changed: Vec<String>,
}

impl EventData {
    /// Whether an event of a subject of this kind tells what happened to a need's draft: before its first submission,
    /// or while it was returned, apart from the return itself; or that a file was taken out of it. Only who reads the
    /// draft sees it.
    pub fn is_of_draft(&self, kind: SubjectKind) -> bool {
        match kind {
            SubjectKind::Need => self.state.parse().is_ok_and(NeedState::is_editable) && self.changed != ["state"],
            SubjectKind::Attachment => self.state == "removed",
            _ => false,
        }
    }
}

impl Event {
    /// The type on the wire.
    pub fn type_name(&self) -> String {
        format!("no.kompetanseloft.{}.{}.v1", self.subject.kind, self.happened)
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::draft_changed(SubjectKind::Need, "draft", &["title"], true)]
    #[case::changed_while_returned(SubjectKind::Need, "returned", &["title"], true)]
    #[case::the_return_itself(SubjectKind::Need, "returned", &["state"], false)]
    #[case::submitted(SubjectKind::Need, "submitted", &["state"], false)]
    #[case::file_put(SubjectKind::Attachment, "active", &[], false)]
    #[case::file_taken_out(SubjectKind::Attachment, "removed", &[], true)]
    #[case::another_kind(SubjectKind::Forum, "draft", &["title"], false)]
    fn what_happens_to_a_draft_is_told_from_what_everybody_may_know(
        #[case] kind: SubjectKind,
        #[case] state: &str,
        #[case] changed: &[&str],
        #[case] expected: bool,
    ) {
        let changed = changed.iter().map(|&name| name.to_owned()).collect();
        let data = EventData { id: Uuid::nil(), reference: None, version: 2, state: state.to_owned(), changed };
        assert_eq!(data.is_of_draft(kind), expected);
    }
}
