//! The collaboration forum (samarbeidsforum): its seats and meetings, and how it comes to a recommendation.
//!
//! A forum has [`seats`] of several groups (F01). In a [`meeting`] with [`item`]s on its agenda, [`attendance`] says
//! who is in the room, [`conflicts`] who steps aside for an item (F04), [`quorum`] whether the rest may decide it (F03),
//! [`vote`] what they decide when they do not agree (F05), [`outcome`] what an item on a need ends in (F06),
//! [`decision`] whether it may be decided now, [`recommendation`] what the forum hands to the county governor (F08), and
//! [`adoption`] whether it is properly composed to do so (F09). The county governor is its secretariat, keeps the books,
//! and has no vote (F02).

pub mod adoption;
pub mod attendance;
pub mod conflicts;
pub mod decision;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod item;
pub mod meeting;
pub mod outcome;
pub mod quorum;
pub mod recommendation;
pub mod seats;
pub mod state;
pub mod statped;
pub mod vote;

pub use adoption::{AbsenceKind, AdoptionFault, GroupAbsence, check_composition};
pub use attendance::{Attendance, AttendanceFault, Interval, check_intervals};
pub use conflicts::{Assessment, ConflictGround, ConflictStatus, Ruling, SeatConflicts, Stakeholders, participants};
pub use decision::{DecisionError, Floor, require_quorum};
pub use item::{AgendaItem, Ending, ItemError, ItemSubject};
pub use meeting::{Forum, Meeting, MeetingRef};
pub use outcome::{AllocationCriterion, CriterionAnswer, Fulfilment, Outcome, OutcomeFault, Treatment};
pub use quorum::{EligibleSeat, Quorum, QuorumRules, Room};
pub use recommendation::{AdoptionError, Line, Recommendation, Share, by_school_year, wished_split};
pub use seats::{Composition, Deputy, GroupSeats, Seat, SeatError, SeatGroup, SeatMember, SeatRole};
pub use state::{
    ItemCommand, ItemKind, ItemState, MeetingCommand, MeetingState, RecommendationCommand, RecommendationState,
    WrongState,
};
pub use statped::StatpedRequest;
pub use vote::{Ballot, DecidedBy, MajorityBase, Proposal, Vote, VoteFault, Votes, count as count_vote};
