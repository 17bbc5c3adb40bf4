//! Where and how what is said to the forum is at fault.

use domain::forum::{AdoptionFault, AttendanceFault, OutcomeFault, SeatGroup, VoteFault};
use domain::money::Nok;

use crate::problem::Fault;

impl From<OutcomeFault> for Fault {
    fn from(fault: OutcomeFault) -> Self {
        let asked = |code, asked: Nok| Self::new(code, "/amount_nok").with("asked_nok", asked.kroner());
        match fault {
            OutcomeFault::RankMissing => Self::new("rank_missing", "/rank"),
            OutcomeFault::RankWithoutMoney => Self::new("rank_without_money", "/rank"),
            OutcomeFault::RankTaken { rank } => Self::new("rank_taken", "/rank").with("rank", rank),
            OutcomeFault::AmountMissing => Self::new("recommended_amount_missing", "/amount_nok"),
            OutcomeFault::AmountWithoutMoney => Self::new("amount_without_money", "/amount_nok"),
            OutcomeFault::AmountAboveAsked { asked: amount } => asked("amount_above_asked", amount),
            OutcomeFault::AmountNotBelowAsked { asked: amount } => asked("amount_not_below_asked", amount),
            OutcomeFault::ReasonMissing => Self::new("reason_missing", "/reason"),
            OutcomeFault::CriterionMissing { criterion } => {
                Self::new("criterion_missing", "/criteria").with("criterion", criterion.as_str())
            }
            OutcomeFault::CriterionRepeated { criterion } => {
                Self::new("criterion_repeated", "/criteria").with("criterion", criterion.as_str())
            }
        }
    }
}

impl From<VoteFault> for Fault {
    fn from(fault: VoteFault) -> Self {
        match fault {
            VoteFault::SumDiffers { expected, found } => {
                Self::new("vote_sum_differs", "").with("expected", expected).with("found", found)
            }
            VoteFault::ChairVoteMissing => Self::new("chair_vote_missing", "/chair"),
            VoteFault::ChairNotEligible => Self::new("chair_not_eligible", "/chair"),
            VoteFault::ChairVoteNotCounted => Self::new("chair_vote_not_counted", "/chair"),
        }
    }
}

impl From<AttendanceFault> for Fault {
    fn from(fault: AttendanceFault) -> Self {
        match fault {
            AttendanceFault::EndsBeforeItBegins { index } => {
                Self::new("ends_before_it_begins", format!("/intervals/{index}/to"))
            }
            AttendanceFault::Overlaps { index, other } => {
                Self::new("interval_overlaps", format!("/intervals/{index}")).with("other", other)
            }
            AttendanceFault::NoSuchMember { index } => {
                Self::new("seat_has_no_such_member", format!("/intervals/{index}/member"))
            }
        }
    }
}

impl From<AdoptionFault> for Fault {
    fn from(fault: AdoptionFault) -> Self {
        let at = |code, index, member: &str| Self::new(code, format!("/absences/{index}{member}"));
        match fault {
            AdoptionFault::GroupsMissing { groups } => {
                let groups: Vec<&str> = groups.into_iter().map(SeatGroup::as_str).collect();
                Self::new("required_groups_missing", "/absences").with("groups", groups).with("rule", "F09")
            }
            AdoptionFault::AbsenceWithoutCause { index } => at("absence_without_cause", index, "/group"),
            AdoptionFault::AbsenceRepeated { index } => at("absence_repeated", index, "/group"),
            AdoptionFault::NoVacancy { index } => at("no_vacancy", index, "/kind"),
            AdoptionFault::NotInvitedAgain { index } => at("not_invited_again", index, "/invited_again_on"),
            AdoptionFault::ReasonMissing { index } => at("reason_missing", index, "/reason"),
        }
    }
}
