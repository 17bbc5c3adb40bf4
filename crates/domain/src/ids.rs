//! Identifiers: UUID version 7, made in the handlers, written as text everywhere.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Declares one identifier type per resource, so that a need's id cannot be passed for a meeting's.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )+};
}

ids! {
    /// An event in the feed.
    EventId,
    /// A round of applications (søknadsrunde).
    RoundId,
    /// An exemption from a round's deadline.
    ExemptionId,
    /// A question with its answer.
    GuidanceId,
    /// A learning resource.
    LearningResourceId,
    /// A registered need (behovsmelding).
    NeedId,
    /// A message between the sender of a need and its county governor.
    MessageId,
    /// An attachment of a need.
    AttachmentId,
    /// An uploaded batch of kartlegging.
    BatchId,
    /// A collaboration forum (samarbeidsforum).
    ForumId,
    /// A seat in a forum.
    SeatId,
    /// A meeting of a forum.
    MeetingId,
    /// An agenda item (sak) of a meeting.
    AgendaItemId,
    /// A forum's recommendation (innstilling).
    RecommendationId,
    /// A frame: the money of a county governor, scheme and year.
    FrameId,
    /// A grant (tilskudd).
    GrantId,
    /// A decision (vedtak) in a grant's chain.
    DecisionId,
    /// A payment of one instalment.
    PaymentId,
    /// A payment run.
    PaymentRunId,
    /// A yearly report on a grant.
    ReportId,
    /// A regional network.
    NetworkId,
    /// A coordination of needs in a network.
    CoordinationId,
    /// A meeting of a network.
    NetworkMeetingId,
    /// A theme of a network's meeting.
    ThemeId,
}
