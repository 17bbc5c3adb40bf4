//! The rules that a need is held against, one file per rule, in the order of their codes.

#[cfg(test)]
mod coverage;
#[cfg(test)]
pub(super) mod example;
mod n01_sender;
mod n02_completeness;
mod n02_extra_answers;
mod n03_deadline;
mod n04_breadth;
mod n05_private_owners;
mod n06_partners;
mod n07_statped;
mod n08_other_environments;
mod n09_refused_kinds;
mod n10_budget;
mod n11_own_contribution;
mod n12_anchoring;
mod n13_kartlegging;
mod n14_participants;
mod n16_repetition;
mod n17_supplement;
mod n18_preparation;
mod n19_areas;

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::content::Content;
use super::facts::{Facts, PrivateOwnerFact};
use super::parties::RecordedAnswer;
use crate::finding::Finding;
use crate::orgnr::OrgNr;
use crate::rulesets::Ruleset;
use crate::time::oslo_date;

/// A need as a rule looks at it.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    content: &'a Content,
    facts: &'a Facts,
    ruleset: &'a Ruleset,
    now: DateTime<Utc>,
}

impl<'a> Case<'a> {
    /// The last day of a municipality number that has ended.
    fn ended_on(&self, valid_until: Option<NaiveDate>) -> Option<NaiveDate> {
        valid_until.filter(|last| *last < oslo_date(self.now))
    }

    /// The owners whose measure it is: the sender, the participants, and the private owners that join.
    fn owners_taking_part(&self) -> BTreeSet<&'a OrgNr> {
        let joins = |owner: &&PrivateOwnerFact| {
            owner.answer.as_ref().is_some_and(|answer| answer.counts_as() == RecordedAnswer::Joins)
        };
        std::iter::once(&self.facts.sender.orgnr)
            .chain(self.content.participants.iter().map(|participant| &participant.orgnr))
            .chain(self.facts.private_owners.iter().filter(joins).map(|owner| &owner.orgnr))
            .collect()
    }
}

/// A rule: what it has to say about a case.
type Rule = fn(&Case<'_>) -> Vec<Finding>;

const RULES: [Rule; 19] = [
    n01_sender::check,
    n02_completeness::check,
    n02_extra_answers::check,
    n03_deadline::check,
    n04_breadth::check,
    n05_private_owners::check,
    n06_partners::check,
    n07_statped::check,
    n08_other_environments::check,
    n09_refused_kinds::check,
    n10_budget::check,
    n11_own_contribution::check,
    n12_anchoring::check,
    n13_kartlegging::check,
    n14_participants::check,
    n16_repetition::check,
    n17_supplement::check,
    n18_preparation::check,
    n19_areas::check,
];

/// Everything that the rules have to say about submitting this need now, in the order of the rules.
pub fn check(content: &Content, facts: &Facts, ruleset: &Ruleset, now: DateTime<Utc>) -> Vec<Finding> {
    let case = Case { content, facts, ruleset, now };
    RULES.iter().flat_map(|rule| rule(&case)).collect()
}

/// Whether a finding tells of a need besides the one that was checked, which whoever reads this one may not see.
pub(super) fn tells_of_another_need(finding: &Finding) -> bool {
    [n14_participants::CIRCULAR, n16_repetition::REPEATED].contains(&finding.code.as_str())
}
