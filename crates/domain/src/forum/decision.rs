//! Whether the forum may decide an item now: conflicts ruled (F04), quorate (F03), agreed or carried by a vote (F05).

use thiserror::Error;

use super::{DecidedBy, Proposal, Quorum, SeatConflicts, Vote};
use crate::ids::SeatId;

/// Why an item cannot be decided as asked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DecisionError {
    /// Suggested or declared conflicts that the forum has not ruled on (F04).
    #[error("conflicts of interest await a ruling")]
    ConflictsUnruled {
        /// The seats concerned.
        seats: Vec<SeatId>,
    },
    /// Too few take part in the item (F03).
    #[error("{eligible} seats take part where {needed} have to")]
    NotQuorate {
        /// Seats that take part.
        eligible: usize,
        /// Seats that have to.
        needed: usize,
        /// Groups among those that take part.
        groups: usize,
        /// Groups that have to be among them.
        groups_needed: usize,
    },
    /// Too few could ever take part: the item can only be postponed (F03).
    #[error("too few members could ever take part in this item")]
    QuorumUnreachable,
    /// Said to be decided by a vote, and none was held.
    #[error("no vote has been held")]
    VoteMissing,
    /// Said to be agreed on, and yet a vote was held.
    #[error("a vote was held, so that there was no agreement")]
    VoteWasHeld,
    /// The vote was on something else.
    #[error("the vote was on another proposal")]
    VoteOnOtherProposal,
    /// The proposal fell.
    #[error("the proposal did not carry")]
    VoteNotCarried,
    /// A voter has been recused since.
    #[error("a voter has been recused since the vote")]
    VoteOutdated,
}

/// What a decision is held against.
#[derive(Debug, Clone, Copy)]
pub struct Floor<'a> {
    /// The count at this instant.
    pub quorum: &'a Quorum,
    /// The conflicts of interest of the item.
    pub conflicts: &'a [SeatConflicts],
    /// The vote, where one was held.
    pub vote: Option<&'a Vote>,
}

impl Floor<'_> {
    /// The seats with a conflict on which the forum has not ruled (F04).
    pub fn unruled(&self) -> Vec<SeatId> {
        self.conflicts.iter().filter(|conflicts| conflicts.awaits_ruling()).map(|conflicts| conflicts.seat).collect()
    }

    /// Whether enough members take part (F03), with every conflict ruled (F04).
    pub fn check_assembly(&self) -> Result<(), DecisionError> {
        let seats = self.unruled();
        if !seats.is_empty() {
            return Err(DecisionError::ConflictsUnruled { seats });
        }
        require_quorum(self.quorum)
    }

    /// Whether a proposal may be decided now, in the way told; `proposal` is none for the adoption of a
    /// recommendation.
    pub fn check(&self, proposal: Option<Proposal>, by: DecidedBy) -> Result<(), DecisionError> {
        self.check_assembly()?;
        match (by, self.vote) {
            (DecidedBy::Agreement, Some(_)) => Err(DecisionError::VoteWasHeld),
            (DecidedBy::Vote, None) => Err(DecisionError::VoteMissing),
            (DecidedBy::Vote, Some(vote)) if vote.proposal != proposal => Err(DecisionError::VoteOnOtherProposal),
            (DecidedBy::Vote, Some(vote)) if !vote.stands(self.conflicts) => Err(DecisionError::VoteOutdated),
            (DecidedBy::Vote, Some(vote)) if !vote.carried => Err(DecisionError::VoteNotCarried),
            (DecidedBy::Agreement, None) | (DecidedBy::Vote, Some(_)) => Ok(()),
        }
    }
}

/// Whether a count is enough to decide (F03).
pub fn require_quorum(quorum: &Quorum) -> Result<(), DecisionError> {
    if quorum.quorate {
        return Ok(());
    }
    if !quorum.reachable {
        return Err(DecisionError::QuorumUnreachable);
    }
    Err(DecisionError::NotQuorate {
        eligible: quorum.eligible.len(),
        needed: quorum.seats_needed,
        groups: quorum.groups,
        groups_needed: quorum.groups_needed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::fixtures::{at, seat};
    use crate::forum::{
        Attendance, ConflictGround, Interval, MajorityBase, Outcome, QuorumRules, Room, Ruling, Seat, SeatGroup,
        SeatMember, Votes, count_vote,
    };
    use crate::money::Nok;

    struct Meeting {
        seats: Vec<Seat>,
        attendance: Vec<Attendance>,
        conflicts: Vec<SeatConflicts>,
        vote: Option<Vote>,
    }

    impl Meeting {
        fn of(present: usize) -> Self {
            let groups = [SeatGroup::PublicOwner, SeatGroup::University, SeatGroup::Union];
            let seats: Vec<Seat> = (0..6).map(|i| seat(groups[i % 3])).collect();
            let here = Interval { member: SeatMember::Holder, from: at(0), to: None };
            let attendance =
                seats.iter().take(present).map(|s| Attendance { seat: s.id, intervals: vec![here] }).collect();
            let conflicts = seats.iter().map(|s| SeatConflicts::unknown(s.id)).collect();
            Self { seats, attendance, conflicts, vote: None }
        }

        fn quorum(&self) -> Quorum {
            let room = Room { at: at(1), seats: &self.seats, attendance: &self.attendance, conflicts: &self.conflicts };
            room.quorum(QuorumRules::default())
        }

        fn vote(&mut self, outcome: Outcome, in_favour: usize, against: usize) {
            let votes = Votes { in_favour, against, abstained: 0, chair: None };
            let vote = count_vote(votes, Some(proposal(outcome)), &self.quorum(), None, MajorityBase::VotesCast, at(1));
            self.vote = Some(vote.unwrap());
        }

        fn decide(&self, outcome: Outcome, by: DecidedBy) -> Result<(), DecisionError> {
            let floor = Floor { quorum: &self.quorum(), conflicts: &self.conflicts, vote: self.vote.as_ref() };
            floor.check(Some(proposal(outcome)), by)
        }

        fn rule(&mut self, seat: usize, recused: bool) {
            let ruling = Ruling { recused, reason: "Ruled.".to_owned(), ruled_at: at(1) };
            self.conflicts[seat].holder.ruling = Some(ruling);
        }
    }

    fn proposal(outcome: Outcome) -> Proposal {
        Proposal { outcome, amount: Nok::ZERO }
    }

    #[test]
    fn a_quorate_forum_decides_by_agreement() {
        assert_eq!(Meeting::of(4).decide(Outcome::NotPrioritised, DecidedBy::Agreement), Ok(()));
    }

    #[test]
    fn too_few_members_decide_nothing() {
        let fault = DecisionError::NotQuorate { eligible: 3, needed: 4, groups: 3, groups_needed: 2 };
        assert_eq!(Meeting::of(3).decide(Outcome::NotPrioritised, DecidedBy::Agreement), Err(fault));
    }

    #[test]
    fn an_unruled_suggestion_blocks_the_decision_until_it_is_ruled_either_way() {
        for recused in [false, true] {
            let mut meeting = Meeting::of(5);
            meeting.conflicts[0].holder.suggest(&[ConflictGround::Sender]);
            let fault = DecisionError::ConflictsUnruled { seats: vec![meeting.seats[0].id] };
            assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Agreement), Err(fault));
            meeting.rule(0, recused);
            assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Agreement), Ok(()));
        }
    }

    #[test]
    fn where_nearly_everybody_is_recused_the_item_can_only_be_postponed() {
        let mut meeting = Meeting::of(6);
        (0..4).for_each(|seat| meeting.rule(seat, true));
        assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Agreement), Err(DecisionError::QuorumUnreachable));
    }

    #[test]
    fn a_vote_decides_what_it_was_on_and_nothing_else() {
        let mut meeting = Meeting::of(5);
        assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Vote), Err(DecisionError::VoteMissing));
        meeting.vote(Outcome::NotPrioritised, 3, 2);
        assert_eq!(meeting.decide(Outcome::NotPrioritised, DecidedBy::Vote), Ok(()));
        assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Vote), Err(DecisionError::VoteOnOtherProposal));
        assert_eq!(meeting.decide(Outcome::NotPrioritised, DecidedBy::Agreement), Err(DecisionError::VoteWasHeld));
    }

    #[test]
    fn a_proposal_that_fell_is_not_decided() {
        let mut meeting = Meeting::of(5);
        meeting.vote(Outcome::Prioritised, 2, 3);
        assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Vote), Err(DecisionError::VoteNotCarried));
    }

    #[test]
    fn a_vote_that_counted_a_member_recused_since_is_held_again() {
        let mut meeting = Meeting::of(6);
        meeting.vote(Outcome::Prioritised, 6, 0);
        meeting.rule(1, true);
        assert_eq!(meeting.decide(Outcome::Prioritised, DecidedBy::Vote), Err(DecisionError::VoteOutdated));
    }
}
