//! What an item on a need ends in (F06).

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::money::Nok;

crate::codes! {
    /// What an item on a need ends in (F06).
    Outcome {
        /// To get money.
        Prioritised = "prioritised",
        /// To get less money than it asks for.
        PartlyPrioritised = "partly_prioritised",
        /// To get no money.
        NotPrioritised = "not_prioritised",
        /// Left for a later meeting.
        Postponed = "postponed",
        /// Back to the sender.
        Returned = "returned",
    }
}

impl Outcome {
    /// Whether the need is to get money.
    pub const fn gives_money(self) -> bool {
        matches!(self, Self::Prioritised | Self::PartlyPrioritised)
    }

    /// Whether the need has been treated and stands on the recommendation (F08).
    pub const fn is_recommended_on(self) -> bool {
        matches!(self, Self::Prioritised | Self::PartlyPrioritised | Self::NotPrioritised)
    }
}

crate::codes! {
    /// What the allocation of money is to be held against; each is answered per measure.
    AllocationCriterion {
        /// The local need was assessed with the university.
        LocalNeedAssessed = "local_need_assessed",
        /// Leaders and staff stand behind it.
        Anchored = "anchored",
        /// It takes place in the kindergarten or school.
        BasedInUnit = "based_in_unit",
        /// The staff learn together.
        CollectiveProcess = "collective_process",
        /// Owner and university carry it out in partnership.
        Partnership = "partnership",
        /// They assess, plan and carry it out jointly.
        JointPlanning = "joint_planning",
        /// What is learnt flows back to teacher education.
        FeedsTeacherEducation = "feeds_teacher_education",
    }
}

crate::codes! {
    /// How far a criterion is met.
    Fulfilment {
        /// Met.
        Met = "met",
        /// Met in part.
        PartlyMet = "partly_met",
        /// Not met.
        NotMet = "not_met",
    }
}

/// The forum's answer to one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionAnswer {
    /// The criterion.
    pub criterion: AllocationCriterion,
    /// How far it is met.
    pub fulfilment: Fulfilment,
    /// In words, where there is more to say.
    pub note: Option<String>,
}

/// How the forum treats a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Treatment {
    /// What it ends in.
    pub outcome: Outcome,
    /// Its place among those that get money; one is first.
    pub rank: Option<u32>,
    /// How much it is to get.
    pub amount: Option<Nok>,
    /// Why.
    pub reason: String,
    /// How each criterion is met.
    pub criteria: Vec<CriterionAnswer>,
}

/// What is wrong with a treatment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OutcomeFault {
    /// An outcome that gives money needs a rank.
    #[error("a need that gets money has a rank")]
    RankMissing,
    /// An outcome without money has no rank.
    #[error("a need that gets no money has no rank")]
    RankWithoutMoney,
    /// Another item that waits for the same recommendation has the rank.
    #[error("rank {rank} is taken")]
    RankTaken {
        /// The rank.
        rank: u32,
    },
    /// An outcome that gives money needs an amount above nought.
    #[error("a need that gets money has an amount above nought")]
    AmountMissing,
    /// An outcome without money has no amount.
    #[error("a need that gets no money has no amount")]
    AmountWithoutMoney,
    /// More than was asked for.
    #[error("the amount is above the {asked} kroner asked for")]
    AmountAboveAsked {
        /// What was asked for.
        asked: Nok,
    },
    /// Partly prioritised, yet all that was asked for.
    #[error("partly prioritised is less than the {asked} kroner asked for")]
    AmountNotBelowAsked {
        /// What was asked for.
        asked: Nok,
    },
    /// No reason is given.
    #[error("a reason is required")]
    ReasonMissing,
    /// A criterion is not answered.
    #[error("the criterion {criterion} is not answered")]
    CriterionMissing {
        /// The criterion.
        criterion: AllocationCriterion,
    },
    /// A criterion is answered more than once.
    #[error("the criterion {criterion} is answered more than once")]
    CriterionRepeated {
        /// The criterion.
        criterion: AllocationCriterion,
    },
}

impl Treatment {
    /// Checks a treatment against what the need asks for and the ranks that are taken, all faults at once (F06).
    pub fn check(&self, asked: Nok, ranks_taken: &[u32]) -> Vec<OutcomeFault> {
        let mut faults = Vec::new();
        match self.rank {
            None if self.outcome.gives_money() => faults.push(OutcomeFault::RankMissing),
            Some(_) if !self.outcome.gives_money() => faults.push(OutcomeFault::RankWithoutMoney),
            Some(rank) if ranks_taken.contains(&rank) => faults.push(OutcomeFault::RankTaken { rank }),
            _ => {}
        }
        faults.extend(self.amount_fault(asked));
        if self.reason.trim().is_empty() {
            faults.push(OutcomeFault::ReasonMissing);
        }
        if self.outcome.is_recommended_on() {
            faults.extend(self.criterion_faults());
        }
        faults
    }

    fn amount_fault(&self, asked: Nok) -> Option<OutcomeFault> {
        match self.amount {
            None if self.outcome.gives_money() => Some(OutcomeFault::AmountMissing),
            Some(amount) if self.outcome.gives_money() && amount <= Nok::ZERO => Some(OutcomeFault::AmountMissing),
            Some(_) if !self.outcome.gives_money() => Some(OutcomeFault::AmountWithoutMoney),
            Some(amount) if amount > asked => Some(OutcomeFault::AmountAboveAsked { asked }),
            Some(amount) if self.outcome == Outcome::PartlyPrioritised && amount == asked => {
                Some(OutcomeFault::AmountNotBelowAsked { asked })
            }
            _ => None,
        }
    }

    fn criterion_faults(&self) -> Vec<OutcomeFault> {
        let times = |criterion| self.criteria.iter().filter(|answer| answer.criterion == criterion).count();
        let fault = |criterion: &AllocationCriterion| match times(*criterion) {
            0 => Some(OutcomeFault::CriterionMissing { criterion: *criterion }),
            1 => None,
            _ => Some(OutcomeFault::CriterionRepeated { criterion: *criterion }),
        };
        AllocationCriterion::ALL.iter().filter_map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Nok = Nok::new(400_000);

    fn treatment(outcome: Outcome, rank: Option<u32>, amount: Option<i64>) -> Treatment {
        let answer = |criterion: &AllocationCriterion| CriterionAnswer {
            criterion: *criterion,
            fulfilment: Fulfilment::Met,
            note: None,
        };
        Treatment {
            outcome,
            rank,
            amount: amount.map(Nok::new),
            reason: "Close to the children.".to_owned(),
            criteria: AllocationCriterion::ALL.iter().map(answer).collect(),
        }
    }

    #[test]
    fn a_prioritised_need_has_a_rank_and_an_amount() {
        assert_eq!(treatment(Outcome::Prioritised, Some(1), Some(400_000)).check(ASKED, &[2]), []);
        assert_eq!(
            treatment(Outcome::Prioritised, None, None).check(ASKED, &[]),
            [OutcomeFault::RankMissing, OutcomeFault::AmountMissing]
        );
        assert_eq!(treatment(Outcome::Prioritised, Some(1), Some(0)).check(ASKED, &[]), [OutcomeFault::AmountMissing]);
    }

    #[test]
    fn nobody_gets_more_than_was_asked_for() {
        let fault = OutcomeFault::AmountAboveAsked { asked: ASKED };
        assert_eq!(treatment(Outcome::Prioritised, Some(1), Some(400_001)).check(ASKED, &[]), [fault]);
    }

    #[test]
    fn partly_prioritised_is_less_than_what_was_asked_for() {
        let fault = OutcomeFault::AmountNotBelowAsked { asked: ASKED };
        assert_eq!(treatment(Outcome::PartlyPrioritised, Some(1), Some(400_000)).check(ASKED, &[]), [fault]);
        assert_eq!(treatment(Outcome::PartlyPrioritised, Some(1), Some(399_999)).check(ASKED, &[]), []);
    }

    #[test]
    fn a_need_that_is_not_prioritised_has_neither_rank_nor_amount() {
        assert_eq!(treatment(Outcome::NotPrioritised, None, None).check(ASKED, &[]), []);
        assert_eq!(
            treatment(Outcome::NotPrioritised, Some(1), Some(1)).check(ASKED, &[]),
            [OutcomeFault::RankWithoutMoney, OutcomeFault::AmountWithoutMoney]
        );
    }

    #[test]
    fn two_needs_do_not_share_a_rank() {
        let second = treatment(Outcome::Prioritised, Some(1), Some(1));
        assert_eq!(second.check(ASKED, &[1]), [OutcomeFault::RankTaken { rank: 1 }]);
    }

    #[test]
    fn every_criterion_is_answered_once() {
        let mut treatment = treatment(Outcome::NotPrioritised, None, None);
        let repeated = treatment.criteria[1].clone();
        treatment.criteria[0] = repeated;
        assert_eq!(
            treatment.check(ASKED, &[]),
            [
                OutcomeFault::CriterionMissing { criterion: AllocationCriterion::LocalNeedAssessed },
                OutcomeFault::CriterionRepeated { criterion: AllocationCriterion::Anchored },
            ]
        );
    }

    #[test]
    fn every_outcome_has_a_reason() {
        let silent = Treatment { reason: " ".to_owned(), ..treatment(Outcome::Postponed, None, None) };
        assert_eq!(silent.check(ASKED, &[]), [OutcomeFault::ReasonMissing]);
    }

    #[test]
    fn a_return_answers_no_criteria() {
        let returned = Treatment { criteria: vec![], ..treatment(Outcome::Returned, None, None) };
        assert_eq!(returned.check(ASKED, &[]), []);
    }
}
