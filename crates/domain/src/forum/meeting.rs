//! A forum and its meetings.

use chrono::{DateTime, Utc};

use super::{MajorityBase, MeetingCommand, MeetingState, QuorumRules, WrongState};
use crate::ids::{ForumId, MeetingId};
use crate::municipality::CountyNumber;

/// A collaboration forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forum {
    /// Its id.
    pub id: ForumId,
    /// Its name.
    pub name: String,
    /// The office code of the county governor that is its secretariat (F02).
    pub county_governor: String,
    /// The counties whose needs it treats (F10).
    pub counties: Vec<CountyNumber>,
    /// Its settings for the quorum (F03).
    pub quorum: QuorumRules,
    /// Its setting for votes (F05).
    pub majority: MajorityBase,
}

/// A name that another system gives a resource; unique per organisation and system.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MeetingRef {
    /// The system, such as `public360`.
    pub system: String,
    /// Its key for the meeting.
    pub key: String,
}

/// A meeting of a forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Its forum.
    pub forum: ForumId,
    /// The office code of the forum's secretariat.
    pub county_governor: String,
    /// What it is called.
    pub title: String,
    /// When it is to begin.
    pub starts_at: DateTime<Utc>,
    /// When it is to end, where that is said.
    pub ends_at: Option<DateTime<Utc>>,
    /// Where it takes place, or the address of a call.
    pub place: Option<String>,
    /// Where it stands.
    pub state: MeetingState,
    /// `M-2026-VL-0001`, from the notice on.
    pub reference: Option<String>,
    /// When the notice went out.
    pub convened_at: Option<DateTime<Utc>>,
    /// When it first began.
    pub opened_at: Option<DateTime<Utc>>,
    /// When it was over.
    pub closed_at: Option<DateTime<Utc>>,
    /// The secretariat's names for it in its own systems.
    pub external_refs: Vec<MeetingRef>,
}

impl Meeting {
    /// Applies a command to the state and notes when it happened.
    pub fn apply(&mut self, command: MeetingCommand, at: DateTime<Utc>) -> Result<(), WrongState> {
        self.state = self.state.apply(command)?;
        match command {
            MeetingCommand::Convene => self.convened_at = Some(at),
            MeetingCommand::Open => self.opened_at = self.opened_at.or(Some(at)),
            MeetingCommand::Close => self.closed_at = Some(at),
            _ => {}
        }
        Ok(())
    }
}
