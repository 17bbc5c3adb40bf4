//! The dialogue on a need ("sikker melding"): between its sender and the county governor of its round, nobody else.

use chrono::{DateTime, Utc};
use thiserror::Error;

use super::need::Need;
use crate::ids::{AttachmentId, MessageId, NeedId};
use crate::orgnr::OrgNr;

crate::codes! {
    /// Who speaks in the dialogue.
    DialogueSide {
        /// The sender of the need.
        Sender = "sender",
        /// The county governor of its round.
        CountyGovernor = "county_governor",
    }
}

/// A message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The need.
    pub need: NeedId,
    /// Which side wrote it.
    pub side: DialogueSide,
    /// The organisation that wrote it.
    pub author: OrgNr,
    /// What it says.
    pub text: String,
    /// The attachments that it names.
    pub attachments: Vec<AttachmentId>,
    /// When the other side marked it as read.
    pub read_at: Option<DateTime<Utc>>,
    /// Raised when it is read.
    pub version: i64,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
}

impl Message {
    /// Whether it waits for this side to read it: one's own are read.
    pub fn is_unread_by(&self, side: DialogueSide) -> bool {
        self.side != side && self.read_at.is_none()
    }

    /// The message as this side leaves it when it has read it; `None` where there is nothing to mark.
    pub fn read_by(&self, side: DialogueSide, at: DateTime<Utc>) -> Option<Self> {
        self.is_unread_by(side).then(|| Self {
            read_at: Some(at),
            version: self.version + 1,
            updated_at: at,
            ..self.clone()
        })
    }
}

/// The need was never submitted, so the county governor does not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the need was never submitted")]
pub struct NeverSubmitted;

/// Whether there is a dialogue on a need: from its first submission on, whatever becomes of it then.
pub fn may_write(need: &Need) -> Result<(), NeverSubmitted> {
    need.submitted_version.map(|_| ()).ok_or(NeverSubmitted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn message(side: DialogueSide, read_at: Option<DateTime<Utc>>) -> Message {
        Message {
            id: MessageId(Uuid::nil()),
            need: NeedId(Uuid::nil()),
            side,
            author: OrgNr::from_register("974760673".to_owned()),
            text: "Hvordan er PPT med?".to_owned(),
            attachments: Vec::new(),
            read_at,
            version: 1,
            created_at: DateTime::UNIX_EPOCH,
            updated_at: DateTime::UNIX_EPOCH,
        }
    }

    #[test]
    fn ones_own_messages_are_read_and_the_others_are_until_marked() {
        let at = DateTime::UNIX_EPOCH;
        let asked = message(DialogueSide::CountyGovernor, None);
        assert!(!asked.is_unread_by(DialogueSide::CountyGovernor));
        assert!(asked.is_unread_by(DialogueSide::Sender));
        assert_eq!(asked.read_by(DialogueSide::CountyGovernor, at), None);
        let read = asked.read_by(DialogueSide::Sender, at).unwrap();
        assert_eq!((read.read_at, read.version), (Some(at), 2));
        assert_eq!(read.read_by(DialogueSide::Sender, at), None);
    }
}
