//! Regional networks (regionale kompetansenettverk): organisations that lay their needs side by side, coordinate what
//! belongs together, and meet.

mod coordination;
mod joint_draft;
mod meeting;
mod network;

pub use coordination::{
    AskedOfUniversity, Coordination, CoordinationCommand, CoordinationFault, CoordinationState, WrongState,
};
pub use joint_draft::{JointDraft, Part};
pub use meeting::{CannotMove, MeetingFault, MeetingHasBegun, NetworkMeeting, Theme};
pub use network::{Member, Network, NetworkFault};
