//! The rules that a need is held against, one file per rule, in the order of their codes.

#[cfg(test)]
pub(super) mod example;
mod n01_sender;
mod n02_completeness;
mod n02_extra_answers;
mod n03_deadline;
mod n04_breadth;
mod n05_private_owners;
mod n06_partners;
mod n09_refused_kinds;
mod n10_budget;
mod n11_own_contribution;
mod n12_anchoring;
mod n13_kartlegging;
mod n16_repetition;
mod n17_supplement;
mod n18_preparation;
mod n19_areas;

use chrono::{DateTime, Utc};

use super::content::Content;
use super::facts::Facts;
use crate::finding::Finding;
use crate::rulesets::Ruleset;

/// A need as a rule looks at it.
#[derive(Clone, Copy)]
pub(super) struct Case<'a> {
    content: &'a Content,
    facts: &'a Facts,
    ruleset: &'a Ruleset,
    now: DateTime<Utc>,
}

/// A rule: what it has to say about a case.
type Rule = fn(&Case<'_>) -> Vec<Finding>;

const RULES: [Rule; 16] = [
    n01_sender::check,
    n02_completeness::check,
    n02_extra_answers::check,
    n03_deadline::check,
    n04_breadth::check,
    n05_private_owners::check,
    n06_partners::check,
    n09_refused_kinds::check,
    n10_budget::check,
    n11_own_contribution::check,
    n12_anchoring::check,
    n13_kartlegging::check,
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
