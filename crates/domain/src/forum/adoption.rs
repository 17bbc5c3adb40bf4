//! Proper composition (F09): a forum that lacks a required group on the day adopts nothing, unless the group's written
//! refusal, or a vacancy with a renewed invitation, is recorded with reason.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Composition, SeatGroup};

crate::codes! {
    /// Why a required group is not there (F09).
    AbsenceKind {
        /// It refused in writing to take part.
        Refusal = "refusal",
        /// Its seats are vacant, and it has been invited anew.
        Vacancy = "vacancy",
    }
}

/// What is recorded about a required group that is not there (F09); shown in minutes and letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupAbsence {
    /// The group.
    pub group: SeatGroup,
    /// Refusal or vacancy.
    pub kind: AbsenceKind,
    /// What happened, and where the refusal or invitation is found.
    pub reason: String,
    /// When the group was invited anew; a vacancy has it.
    pub invited_again_on: Option<NaiveDate>,
}

/// What is wrong with the composition of a forum that adopts; `index` is the place in the list of absences.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AdoptionFault {
    /// Required groups that are neither there nor recorded as absent (F09).
    #[error("required groups are missing")]
    GroupsMissing {
        /// The groups.
        groups: Vec<SeatGroup>,
    },
    /// An absence is recorded of a group that is there, or not required.
    #[error("the group is there, or is not required")]
    AbsenceWithoutCause {
        /// The absence.
        index: usize,
    },
    /// A group's absence is recorded twice.
    #[error("the absence of the group is recorded twice")]
    AbsenceRepeated {
        /// The absence.
        index: usize,
    },
    /// A vacancy is recorded of a group that has a filled seat.
    #[error("the group has a filled seat, so that this is no vacancy")]
    NoVacancy {
        /// The absence.
        index: usize,
    },
    /// A vacancy without the day of a renewed invitation, or with one that lies ahead.
    #[error("a vacancy is excused by an invitation that has been renewed")]
    NotInvitedAgain {
        /// The absence.
        index: usize,
    },
    /// No reason is given.
    #[error("a reason is required")]
    ReasonMissing {
        /// The absence.
        index: usize,
    },
}

/// Checks that the forum is properly composed on the day (F09): each required group has a filled voting seat and
/// somebody in the room, or its refusal, or a vacancy with a renewed invitation, is recorded with reason.
pub fn check_composition(
    composition: &Composition,
    in_the_room: &BTreeSet<SeatGroup>,
    absences: &[GroupAbsence],
    today: NaiveDate,
) -> Vec<AdoptionFault> {
    let required = || composition.groups.iter().filter(|group| group.required);
    let is_here = |group: SeatGroup| in_the_room.contains(&group);
    let mut faults = Vec::new();
    for (index, absence) in absences.iter().enumerate() {
        let repeated = absences[..index].iter().any(|earlier| earlier.group == absence.group);
        let cause = required().find(|group| group.group == absence.group && !is_here(group.group));
        match cause {
            None => faults.push(AdoptionFault::AbsenceWithoutCause { index }),
            Some(_) if repeated => faults.push(AdoptionFault::AbsenceRepeated { index }),
            Some(group) if absence.kind == AbsenceKind::Vacancy && group.filled > 0 => {
                faults.push(AdoptionFault::NoVacancy { index });
            }
            Some(_)
                if absence.kind == AbsenceKind::Vacancy && absence.invited_again_on.is_none_or(|day| day > today) =>
            {
                faults.push(AdoptionFault::NotInvitedAgain { index });
            }
            Some(_) => {}
        }
        if absence.reason.trim().is_empty() {
            faults.push(AdoptionFault::ReasonMissing { index });
        }
    }
    let unexplained = |group: &SeatGroup| !is_here(*group) && !absences.iter().any(|absence| absence.group == *group);
    let groups: Vec<SeatGroup> = required().map(|group| group.group).filter(unexplained).collect();
    if !groups.is_empty() {
        faults.push(AdoptionFault::GroupsMissing { groups });
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::Seat;
    use crate::forum::fixtures::{date, seat};

    const REQUIRED: [SeatGroup; 3] = [SeatGroup::PublicOwner, SeatGroup::Ks, SeatGroup::Union];
    const TODAY: &str = "2026-03-10";

    fn absence(kind: AbsenceKind, invited_again_on: Option<&str>) -> GroupAbsence {
        let reason = "Letter of 1 March.".to_owned();
        GroupAbsence { group: SeatGroup::Ks, kind, reason, invited_again_on: invited_again_on.map(date) }
    }

    /// A forum of the three groups, with KS filled or not, in which KS is not in the room.
    fn without_ks(filled: bool, absences: &[GroupAbsence]) -> Vec<AdoptionFault> {
        let mut seats: Vec<Seat> = REQUIRED.iter().map(|group| seat(*group)).collect();
        seats[1].holder = filled.then(|| "Kari Nordmann".to_owned());
        let room = BTreeSet::from([SeatGroup::PublicOwner, SeatGroup::Union]);
        check_composition(&Composition::on(date(TODAY), &seats, &REQUIRED), &room, absences, date(TODAY))
    }

    #[test]
    fn a_forum_with_every_required_group_in_the_room_may_adopt() {
        let seats: Vec<Seat> = REQUIRED.iter().map(|group| seat(*group)).collect();
        let composition = Composition::on(date(TODAY), &seats, &REQUIRED);
        assert_eq!(check_composition(&composition, &REQUIRED.into(), &[], date(TODAY)), []);
    }

    #[test]
    fn a_forum_that_lacks_a_required_group_adopts_nothing() {
        let missing = AdoptionFault::GroupsMissing { groups: vec![SeatGroup::Ks] };
        for filled in [true, false] {
            assert_eq!(without_ks(filled, &[]), std::slice::from_ref(&missing));
        }
    }

    #[test]
    fn a_written_refusal_or_a_vacancy_with_a_renewed_invitation_lets_it_pass() {
        assert_eq!(without_ks(true, &[absence(AbsenceKind::Refusal, None)]), []);
        assert_eq!(without_ks(false, &[absence(AbsenceKind::Refusal, None)]), []);
        assert_eq!(without_ks(false, &[absence(AbsenceKind::Vacancy, Some(TODAY))]), []);
    }

    #[test]
    fn a_vacancy_needs_an_invitation_that_has_gone_out_and_an_empty_seat() {
        let not_invited = [AdoptionFault::NotInvitedAgain { index: 0 }];
        assert_eq!(without_ks(false, &[absence(AbsenceKind::Vacancy, None)]), not_invited);
        assert_eq!(without_ks(false, &[absence(AbsenceKind::Vacancy, Some("2026-03-11"))]), not_invited);
        let filled = without_ks(true, &[absence(AbsenceKind::Vacancy, Some(TODAY))]);
        assert_eq!(filled, [AdoptionFault::NoVacancy { index: 0 }]);
    }

    #[test]
    fn an_absence_is_recorded_once_and_only_of_a_group_that_is_missing() {
        let refusal = absence(AbsenceKind::Refusal, None);
        let of_union = GroupAbsence { group: SeatGroup::Union, ..refusal.clone() };
        let silent = GroupAbsence { reason: String::new(), ..refusal.clone() };
        assert_eq!(
            without_ks(true, &[refusal, of_union, silent]),
            [
                AdoptionFault::AbsenceWithoutCause { index: 1 },
                AdoptionFault::AbsenceRepeated { index: 2 },
                AdoptionFault::ReasonMissing { index: 2 },
            ]
        );
    }
}
