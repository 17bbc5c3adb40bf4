//! The recommendation (innstilling, F08): what the forum hands to the county governor, drawn from the items it
//! decided, and adopted only by a properly composed forum (F09).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Composition, Outcome, RecommendationState, SeatGroup};
use crate::ids::{AgendaItemId, ForumId, NeedId, RecommendationId};
use crate::money::Nok;
use crate::orgnr::OrgNr;
use crate::time::SchoolYear;

/// A part of a measure's money: one recipient in one school year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The school year.
    pub school_year: SchoolYear,
    /// Who is to receive it.
    pub recipient: OrgNr,
    /// How much.
    pub amount: Nok,
}

/// Splits a recommended amount over school years and recipients as the budget of the need does, exactly to the
/// krone (largest remainder; at equal remainders the earlier year, then the lower organisation number). Parts that
/// come to nought are left out.
pub fn wished_split(budget: impl IntoIterator<Item = Share>, amount: Nok) -> Vec<Share> {
    let mut asked: BTreeMap<(SchoolYear, OrgNr), u64> = BTreeMap::new();
    for part in budget {
        let kroner = u64::try_from(part.amount.kroner()).unwrap_or(0);
        *asked.entry((part.school_year, part.recipient)).or_default() += kroner;
    }
    let weights: Vec<u64> = asked.values().copied().collect();
    let amounts = amount.split_by_largest_remainder(&weights);
    let parts = asked.into_keys().zip(amounts);
    parts
        .filter(|(_, amount)| *amount > Nok::ZERO)
        .map(|((school_year, recipient), amount)| Share { school_year, recipient, amount })
        .collect()
}

/// One need on a recommendation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The need.
    pub need: NeedId,
    /// The item in which the forum decided it.
    pub item: AgendaItemId,
    /// What it ended in.
    pub outcome: Outcome,
    /// Its place among those that get money.
    pub rank: Option<u32>,
    /// How much; nought where it is not prioritised.
    pub amount: Nok,
    /// Why.
    pub reason: String,
    /// Who takes part in the measure.
    pub participants: Vec<OrgNr>,
    /// The wished split over school years and recipients; sums to the amount.
    pub split: Vec<Share>,
    /// Whether the need was withdrawn after it came on the recommendation; its money is free again.
    pub void: bool,
}

/// A recommendation with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// Its id.
    pub id: RecommendationId,
    /// The forum.
    pub forum: ForumId,
    /// The office code of the county governor to whom it goes.
    pub county_governor: String,
    /// The scheme.
    pub scheme: String,
    /// The ruleset, which names the groups that the forum has to have (F09).
    pub ruleset: String,
    /// The calendar year whose frame it draws on.
    pub year: i32,
    /// Draft or adopted.
    pub state: RecommendationState,
    /// The item in which it was adopted.
    pub adopted_in: Option<AgendaItemId>,
    /// When it was adopted.
    pub adopted_at: Option<DateTime<Utc>>,
    /// Required groups that were not there when it was adopted, and why (F09).
    pub absences: Vec<GroupAbsence>,
    /// One line per need treated (F08): by rank, then those without money.
    pub lines: Vec<Line>,
}

/// The sum per school year of a split.
pub fn by_school_year(split: &[Share]) -> BTreeMap<SchoolYear, Nok> {
    let mut years = BTreeMap::new();
    for share in split {
        let sum: &mut Nok = years.entry(share.school_year).or_default();
        *sum = sum.checked_add(share.amount).expect("shares of an amount sum to at most that amount");
    }
    years
}

/// What the lines of a recommendation take of the frame of a calendar year, void ones left out; none where the sum
/// does not fit. A school year is charged to the calendar year in which it begins (G01).
pub fn charged_to<'a>(lines: impl IntoIterator<Item = &'a Line>, year: i32) -> Option<Nok> {
    let shares = lines.into_iter().filter(|line| !line.void).flat_map(|line| &line.split);
    Nok::total(shares.filter(|share| share.school_year.first_year() == year).map(|share| share.amount))
}

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

/// Why a recommendation cannot be adopted; `index` is the place in the list of absences.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum AdoptionFault {
    /// No need has been treated.
    #[error("the recommendation has no lines")]
    NoLines,
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
    /// The lines take more than is left in the frame.
    #[error("{charged} kroner are recommended for {year} where {left} are left in the frame")]
    AboveFrame {
        /// The calendar year of the frame.
        year: i32,
        /// What the lines take.
        charged: Nok,
        /// What is left.
        left: Nok,
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

/// Checks that the lines keep within what is left in the frame of a year (F08, G01).
pub fn check_frame(year: i32, charged: Nok, left: Nok) -> Result<(), AdoptionFault> {
    if charged > left { Err(AdoptionFault::AboveFrame { year, charged, left }) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::forum::Seat;
    use crate::forum::fixtures::{OTHER_ORGNR, date, orgnr, seat};

    const REQUIRED: [SeatGroup; 3] = [SeatGroup::PublicOwner, SeatGroup::Ks, SeatGroup::Union];
    const TODAY: &str = "2026-03-10";

    fn share(year: i32, recipient: &str, kroner: i64) -> Share {
        Share { school_year: SchoolYear::beginning(year), recipient: orgnr(recipient), amount: Nok::new(kroner) }
    }

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

    #[test]
    fn the_split_follows_the_budget_of_the_need() {
        let budget = [share(2026, "974760673", 200), share(2026, "974760673", 100), share(2027, OTHER_ORGNR, 100)];
        assert_eq!(wished_split(budget, Nok::new(200)), [share(2026, "974760673", 150), share(2027, OTHER_ORGNR, 50)]);
    }

    #[test]
    fn a_recommendation_keeps_within_the_frame_to_the_krone() {
        assert_eq!(check_frame(2026, Nok::new(100), Nok::new(100)), Ok(()));
        let above = AdoptionFault::AboveFrame { year: 2026, charged: Nok::new(101), left: Nok::new(100) };
        assert_eq!(check_frame(2026, Nok::new(101), Nok::new(100)), Err(above));
    }

    proptest! {
        #[test]
        fn splits_sum_exactly_to_the_amount_and_years_to_the_splits(
            budget in prop::collection::vec((2026_i32..2029, any::<bool>(), 1_i64..5_000_000), 1..12),
            amounts in prop::collection::vec(0_i64..10_000_000, 1..6),
        ) {
            let shares = || budget.iter().map(|(year, other, kroner)| share(*year, if *other { OTHER_ORGNR } else { "974760673" }, *kroner));
            let lines: Vec<Line> = amounts.iter().map(|amount| Line {
                need: NeedId(Uuid::now_v7()),
                item: AgendaItemId(Uuid::now_v7()),
                outcome: Outcome::Prioritised,
                rank: Some(1),
                amount: Nok::new(*amount),
                reason: String::new(),
                participants: vec![],
                void: false,
                split: wished_split(shares(), Nok::new(*amount)),
            }).collect();
            for line in &lines {
                prop_assert_eq!(Nok::total(line.split.iter().map(|s| s.amount)), Some(line.amount));
                prop_assert_eq!(Nok::total(by_school_year(&line.split).into_values()), Some(line.amount));
            }
            let charged = (2026..2029).map(|year| charged_to(&lines, year).unwrap());
            prop_assert_eq!(Nok::total(charged), Nok::total(lines.iter().map(|line| line.amount)));
        }
    }
}
