//! What a submitted need adds to the overview of its county (F10): figures, never what parties said to each other.

use super::breadth::breadth;
use super::content::Content;
use super::parties::{Parties, RecordedAnswer};
use crate::area::AreaGroup;

/// How many areas of each group a need is about: the balance that the overview shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// Areas of special-needs education.
    pub special_needs: usize,
    /// Areas of inclusive practice.
    pub inclusive_practice: usize,
}

impl Balance {
    /// Of the areas of a need. An area that is in neither group any more counts in neither.
    pub fn of(content: &Content, group_of: impl Fn(&str) -> Option<AreaGroup>) -> Self {
        let count = |group| content.areas.iter().filter(|need| group_of(&need.area) == Some(group)).count();
        Self { special_needs: count(AreaGroup::SpecialNeeds), inclusive_practice: count(AreaGroup::InclusivePractice) }
    }
}

/// Who takes part in a need: kindergarten, school and PPT (N04), and the private owners that were asked (N05).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Participation {
    /// Kindergartens are addressed.
    pub kindergarten: bool,
    /// Schools are addressed.
    pub school: bool,
    /// PPT is addressed.
    pub ppt: bool,
    /// Private owners that join.
    pub private_owners_joined: usize,
    /// Private owners that do not.
    pub private_owners_declined: usize,
    /// Private owners that were asked and have not answered.
    pub private_owners_silent: usize,
}

impl Participation {
    /// As a need said when it was submitted.
    pub fn of(content: &Content, parties: &Parties) -> Self {
        let [(_, kindergarten), (_, school), (_, ppt)] = breadth(&content.unit_kinds);
        let owners = &parties.private_owners;
        let count = |answer| owners.iter().filter(|owner| owner.answer.counts_as() == answer).count();
        Self {
            kindergarten,
            school,
            ppt,
            private_owners_joined: count(RecordedAnswer::Joins),
            private_owners_declined: count(RecordedAnswer::Declined),
            private_owners_silent: count(RecordedAnswer::NoAnswer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::needs::rules::example::{Example, answer, orgnr};
    use crate::needs::{OwnAnswer, PrivateOwnerAtSubmission};
    use crate::organisations::UnitKind;

    #[test]
    fn the_areas_of_each_group_are_counted() {
        let content = Example::new().content;
        let group_of = |code: &str| match code {
            "language_speech" => Some(AreaGroup::SpecialNeeds),
            "inclusive_practice" => Some(AreaGroup::InclusivePractice),
            _ => None,
        };
        assert_eq!(Balance::of(&content, group_of), Balance { special_needs: 1, inclusive_practice: 1 });
        assert_eq!(Balance::of(&content, |_| None), Balance::default());
    }

    #[test]
    fn upper_secondary_is_school_and_an_owners_own_answer_counts() {
        let content = Content { unit_kinds: vec![UnitKind::UpperSecondary], ..Example::new().content };
        let owner = |number: &str, answer| PrivateOwnerAtSubmission { orgnr: orgnr(number), answer };
        let parties = Parties {
            invited: Vec::new(),
            private_owners: vec![
                owner("313367002", answer(RecordedAnswer::NoAnswer, Some(OwnAnswer::Joins))),
                owner("314330897", answer(RecordedAnswer::NoAnswer, None)),
                owner("310279617", answer(RecordedAnswer::Joins, Some(OwnAnswer::Declined))),
            ],
        };
        let expected = Participation {
            school: true,
            private_owners_joined: 1,
            private_owners_declined: 1,
            private_owners_silent: 1,
            ..Participation::default()
        };
        assert_eq!(Participation::of(&content, &parties), expected);
    }
}
