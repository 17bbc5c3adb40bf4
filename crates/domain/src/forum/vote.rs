//! Votes (F05): agreement first, and a vote only when agreement fails.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{EligibleSeat, Outcome, Quorum, SeatConflicts};
use crate::ids::SeatId;
use crate::money::Nok;

crate::codes! {
    /// What a proposal needs to carry; a setting of the forum.
    MajorityBase {
        /// More votes for than against; abstentions count for neither.
        VotesCast = "votes_cast",
        /// More than half of the eligible members present.
        Present = "present",
    }
}

crate::codes! {
    /// How one member voted.
    Ballot {
        /// For the proposal.
        For = "for",
        /// Against it.
        Against = "against",
        /// Neither.
        Abstained = "abstained",
    }
}

crate::codes! {
    /// How the forum came to a decision.
    DecidedBy {
        /// Nobody asked for a vote.
        Agreement = "agreement",
        /// Agreement failed, and the proposal carried.
        Vote = "vote",
    }
}

/// What an item on a need is proposed to end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The outcome.
    pub outcome: Outcome,
    /// The amount; nought for outcomes without one.
    pub amount: Nok,
}

/// A count of votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Votes {
    /// For the proposal.
    pub in_favour: usize,
    /// Against it.
    pub against: usize,
    /// Neither.
    pub abstained: usize,
    /// How the chair voted; asked for at a tie.
    pub chair: Option<Ballot>,
}

/// A vote that was held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// What was voted on; none for the adoption of a recommendation.
    pub proposal: Option<Proposal>,
    /// The count.
    pub votes: Votes,
    /// The seats that could vote, and by whom.
    pub voters: Vec<EligibleSeat>,
    /// Whether the proposal carried.
    pub carried: bool,
    /// When it was held.
    pub held_at: DateTime<Utc>,
}

/// Why a count of votes is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VoteFault {
    /// For, against and abstained are not the eligible members present.
    #[error("{found} votes were counted where {expected} members may vote")]
    SumDiffers {
        /// The eligible members present.
        expected: usize,
        /// The sum of the votes.
        found: usize,
    },
    /// A tie, and the chair is there but how the chair voted is not told.
    #[error("at a tie the chair's vote decides")]
    ChairVoteMissing,
    /// The chair's vote is told, but the chair is absent or recused.
    #[error("the chair may not vote on this item")]
    ChairNotEligible,
    /// The chair's vote is not among those counted.
    #[error("the chair's vote is not among those counted")]
    ChairVoteNotCounted,
}

impl Votes {
    fn total(&self) -> usize {
        self.in_favour.saturating_add(self.against).saturating_add(self.abstained)
    }

    fn is_tie(&self, base: MajorityBase, present: usize) -> bool {
        match base {
            MajorityBase::VotesCast => self.in_favour == self.against,
            MajorityBase::Present => self.in_favour.saturating_mul(2) == present,
        }
    }

    fn has_majority(&self, base: MajorityBase, present: usize) -> bool {
        match base {
            MajorityBase::VotesCast => self.in_favour > self.against,
            MajorityBase::Present => self.in_favour.saturating_mul(2) > present,
        }
    }

    fn counted(&self, ballot: Ballot) -> usize {
        match ballot {
            Ballot::For => self.in_favour,
            Ballot::Against => self.against,
            Ballot::Abstained => self.abstained,
        }
    }
}

/// Counts a vote: whether the proposal carries, or what is wrong with the count. The votes are exactly those of the
/// eligible members present; at a tie the chair's vote decides, and without an eligible chair the proposal falls.
pub fn count(
    votes: Votes,
    proposal: Option<Proposal>,
    quorum: &Quorum,
    chair: Option<SeatId>,
    base: MajorityBase,
    at: DateTime<Utc>,
) -> Result<Vote, Vec<VoteFault>> {
    let present = quorum.eligible.len();
    let chair_is_eligible = chair.is_some_and(|chair| quorum.eligible.iter().any(|seat| seat.seat == chair));
    let tie = votes.is_tie(base, present);
    let mut faults = Vec::new();
    if votes.total() != present {
        faults.push(VoteFault::SumDiffers { expected: present, found: votes.total() });
    }
    match votes.chair {
        Some(_) if !chair_is_eligible => faults.push(VoteFault::ChairNotEligible),
        Some(ballot) if votes.counted(ballot) == 0 => faults.push(VoteFault::ChairVoteNotCounted),
        None if tie && chair_is_eligible => faults.push(VoteFault::ChairVoteMissing),
        _ => {}
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let carried = votes.has_majority(base, present) || (tie && votes.chair == Some(Ballot::For));
    Ok(Vote { proposal, votes, voters: quorum.eligible.clone(), carried, held_at: at })
}

impl Vote {
    /// Whether everybody who could vote may still take part in the item: false when a voter has been recused
    /// since, and the vote has to be held again (F04).
    pub fn stands(&self, conflicts: &[SeatConflicts]) -> bool {
        let is_recused =
            |voter: &EligibleSeat| conflicts.iter().any(|c| c.seat == voter.seat && c.of(voter.by).is_recused());
        !self.voters.iter().any(is_recused)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::forum::fixtures::at;
    use crate::forum::{Ruling, SeatGroup, SeatMember};

    fn quorum(eligible: usize) -> Quorum {
        let seat = |_| EligibleSeat { seat: SeatId(Uuid::now_v7()), group: SeatGroup::Ks, by: SeatMember::Holder };
        Quorum {
            base: eligible,
            eligible: (0..eligible).map(seat).collect(),
            recused: vec![],
            seats_needed: 3,
            groups_needed: 2,
            groups: 2,
            quorate: true,
            reachable: true,
        }
    }

    fn votes(in_favour: usize, against: usize, abstained: usize, chair: Option<Ballot>) -> Votes {
        Votes { in_favour, against, abstained, chair }
    }

    fn held(votes: Votes, quorum: &Quorum, base: MajorityBase) -> Result<bool, Vec<VoteFault>> {
        let chair = quorum.eligible.first().map(|seat| seat.seat);
        count(votes, None, quorum, chair, base, at(0)).map(|vote| vote.carried)
    }

    #[test]
    fn more_for_than_against_carries() {
        assert_eq!(held(votes(2, 1, 4, None), &quorum(7), MajorityBase::VotesCast), Ok(true));
        assert_eq!(held(votes(1, 2, 4, None), &quorum(7), MajorityBase::VotesCast), Ok(false));
    }

    #[test]
    fn a_forum_may_ask_for_more_than_half_of_those_present() {
        assert_eq!(held(votes(3, 1, 3, None), &quorum(7), MajorityBase::Present), Ok(false));
        assert_eq!(held(votes(4, 1, 2, None), &quorum(7), MajorityBase::Present), Ok(true));
    }

    #[test]
    fn the_votes_are_those_of_the_eligible_members_present() {
        let fault = VoteFault::SumDiffers { expected: 7, found: 6 };
        assert_eq!(held(votes(4, 1, 1, None), &quorum(7), MajorityBase::VotesCast), Err(vec![fault]));
    }

    #[test]
    fn at_a_tie_the_chairs_vote_decides() {
        let quorum = quorum(6);
        let tie = |chair| held(votes(3, 3, 0, chair), &quorum, MajorityBase::VotesCast);
        assert_eq!(tie(Some(Ballot::For)), Ok(true));
        assert_eq!(tie(Some(Ballot::Against)), Ok(false));
        assert_eq!(tie(None), Err(vec![VoteFault::ChairVoteMissing]));
        assert_eq!(tie(Some(Ballot::Abstained)), Err(vec![VoteFault::ChairVoteNotCounted]));
    }

    #[test]
    fn without_an_eligible_chair_a_tie_falls() {
        let quorum = quorum(4);
        let absent = Some(SeatId(Uuid::now_v7()));
        let count = |chair_vote| {
            count(votes(2, 2, 0, chair_vote), None, &quorum, absent, MajorityBase::VotesCast, at(0)).map(|v| v.carried)
        };
        assert_eq!(count(None), Ok(false));
        assert_eq!(count(Some(Ballot::For)), Err(vec![VoteFault::ChairNotEligible]));
    }

    #[test]
    fn a_vote_falls_when_one_of_the_voters_is_recused_afterwards() {
        let quorum = quorum(5);
        let vote = count(votes(5, 0, 0, None), None, &quorum, None, MajorityBase::VotesCast, at(0)).unwrap();
        let ruling = Ruling { recused: true, reason: "Ruled.".to_owned(), ruled_at: at(0) };
        let mut conflicts = SeatConflicts::unknown(quorum.eligible[2].seat);
        conflicts.deputy.ruling = Some(ruling.clone());
        assert!(vote.stands(&[conflicts.clone()]), "the holder voted");
        conflicts.holder.ruling = Some(ruling);
        assert!(!vote.stands(&[conflicts]));
    }

    proptest! {
        #[test]
        fn no_vote_carries_against_its_count(
            eligible in 0_usize..12,
            f in 0_usize..12,
            a in 0_usize..12,
            n in 0_usize..12,
            chair in prop::option::of(prop::sample::select(Ballot::ALL.to_vec())),
        ) {
            match held(votes(f, a, n, chair), &quorum(eligible), MajorityBase::VotesCast) {
                Ok(carried) => {
                    prop_assert_eq!(f + a + n, eligible);
                    prop_assert_eq!(carried, f > a || (f == a && chair == Some(Ballot::For)));
                }
                Err(faults) => prop_assert!(f + a + n != eligible || chair.is_some() || f == a, "{:?}", faults),
            }
        }
    }
}
