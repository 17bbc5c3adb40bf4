//! Reports: what became of the money, per school year, with a part per recipient (G08).

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::money::Nok;
use crate::needs::TargetGroup;
use crate::orgnr::OrgNr;

crate::codes! {
    /// How far the measure's goals were reached.
    GoalAttainment {
        /// Reached.
        Reached = "reached",
        /// Reached in part.
        PartlyReached = "partly_reached",
        /// Not reached.
        NotReached = "not_reached",
    }
}

/// How many of a target group took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participants {
    /// The group.
    pub target_group: TargetGroup,
    /// How many people.
    pub count: i64,
}

/// The value of one indicator of the ruleset, from 1 (not at all) to 5 (to a very large extent).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Its code in the ruleset.
    pub code: String,
    /// Its value.
    pub value: i64,
}

/// What a recipient reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How much of the grant it used.
    pub used: Nok,
    /// What it put in itself.
    pub own_contribution: Nok,
    /// Participants per target group; a group that is not named had none.
    pub participants: Vec<Participants>,
    /// Every indicator of the ruleset's version.
    pub indicators: Vec<Indicator>,
    /// How far the goals were reached.
    pub goals: GoalAttainment,
    /// The assessment in words; no personal data.
    pub assessment: String,
}

impl Part {
    /// What is left of what was granted (G08). Never negative in a part that keeps the rules.
    pub fn unused(&self, granted: Nok) -> Nok {
        granted.minus(self.used)
    }

    /// Every breach at once: more used than granted, a negative figure, a group or indicator twice, an indicator
    /// missing, unknown, or off the scale.
    pub fn check(&self, granted: Nok, indicators: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        if self.used > granted {
            findings.push(
                blocker("used_more_than_granted", "/used_nok")
                    .with("granted_nok", granted.kroner())
                    .with("used_nok", self.used.kroner()),
            );
        }
        for (amount, pointer) in [(self.used, "/used_nok"), (self.own_contribution, "/own_contribution_nok")] {
            if amount < Nok::ZERO {
                findings.push(blocker("amount_below_zero", pointer));
            }
        }
        findings.extend(self.check_participants());
        findings.extend(self.check_indicators(indicators));
        findings
    }

    fn check_participants(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for (i, participants) in self.participants.iter().enumerate() {
            let group = participants.target_group;
            if !seen.insert(group) {
                let pointer = format!("/participants/{i}/target_group");
                findings.push(blocker("target_group_twice", pointer).with("target_group", group.as_str()));
            }
            if participants.count < 0 {
                findings.push(blocker("count_below_zero", format!("/participants/{i}/count")));
            }
        }
        findings
    }

    fn check_indicators(&self, wanted: &[String]) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut seen = BTreeSet::new();
        for (i, indicator) in self.indicators.iter().enumerate() {
            let told = |code: &str, member: &str| {
                blocker(code, format!("/indicators/{i}/{member}")).with("indicator", indicator.code.as_str())
            };
            if !wanted.contains(&indicator.code) {
                findings.push(told("unknown_indicator", "code"));
            } else if !seen.insert(indicator.code.as_str()) {
                findings.push(told("indicator_twice", "code"));
            }
            if !(1..=5).contains(&indicator.value) {
                findings.push(told("indicator_off_the_scale", "value"));
            }
        }
        for code in wanted.iter().filter(|code| !seen.contains(code.as_str())) {
            findings.push(blocker("indicator_missing", "/indicators").with("indicator", code.as_str()));
        }
        findings
    }
}

/// Whether the sender may submit: a finding per recipient whose part is not there (G08).
pub fn missing_parts<'a>(parts: impl IntoIterator<Item = (&'a OrgNr, bool)>) -> Vec<Finding> {
    let missing = parts.into_iter().filter(|(_, is_there)| !is_there);
    missing.map(|(orgnr, _)| blocker("report_part_missing", "").with("orgnr", orgnr.as_str())).collect()
}

fn blocker(code: &str, pointer: impl Into<String>) -> Finding {
    Finding::new("G08", code, Severity::Blocker, pointer)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn indicators() -> Vec<String> {
        ["changed_practice", "benefit_for_children"].map(str::to_owned).into()
    }

    fn part(used: i64) -> Part {
        let indicator = |code: String| Indicator { code, value: 4 };
        Part {
            used: Nok::new(used),
            own_contribution: Nok::ZERO,
            participants: vec![Participants { target_group: TargetGroup::Leaders, count: 12 }],
            indicators: indicators().into_iter().map(indicator).collect(),
            goals: GoalAttainment::Reached,
            assessment: "Personalet bruker observasjon i det daglige.".to_owned(),
        }
    }

    fn codes(part: &Part) -> Vec<(String, String)> {
        let findings = part.check(Nok::new(100), &indicators());
        findings.into_iter().map(|finding| (finding.code, finding.pointer)).collect()
    }

    fn found(code: &str, pointer: &str) -> (String, String) {
        (code.to_owned(), pointer.to_owned())
    }

    #[test]
    fn unused_is_what_was_granted_less_what_was_used() {
        assert_eq!(codes(&part(70)), []);
        assert_eq!(part(70).unused(Nok::new(100)), Nok::new(30));
    }

    #[test]
    fn nobody_uses_more_than_was_granted() {
        assert_eq!(codes(&part(101)), [found("used_more_than_granted", "/used_nok")]);
    }

    #[test]
    fn figures_are_not_below_zero() {
        let mut part = Part { own_contribution: Nok::new(-1), ..part(-1) };
        part.participants[0].count = -1;
        let expected = [
            found("amount_below_zero", "/used_nok"),
            found("amount_below_zero", "/own_contribution_nok"),
            found("count_below_zero", "/participants/0/count"),
        ];
        assert_eq!(codes(&part), expected);
    }

    #[test]
    fn a_target_group_is_counted_once() {
        let mut part = part(70);
        part.participants.push(part.participants[0]);
        assert_eq!(codes(&part), [found("target_group_twice", "/participants/1/target_group")]);
    }

    #[test]
    fn the_indicators_are_those_of_the_ruleset_each_once_on_its_scale() {
        let mut part = part(70);
        part.indicators[0].code = "shoe_size".to_owned();
        part.indicators[1].value = 6;
        part.indicators.push(part.indicators[1].clone());
        let expected = [
            found("unknown_indicator", "/indicators/0/code"),
            found("indicator_off_the_scale", "/indicators/1/value"),
            found("indicator_twice", "/indicators/2/code"),
            found("indicator_off_the_scale", "/indicators/2/value"),
            found("indicator_missing", "/indicators"),
        ];
        assert_eq!(codes(&part), expected);
    }

    #[test]
    fn a_report_waits_for_every_part() {
        let owner = OrgNr::from_register("310279617".to_owned());
        let university = OrgNr::from_register("313367002".to_owned());
        assert_eq!(missing_parts([(&owner, true), (&university, true)]), []);
        let missing = missing_parts([(&owner, true), (&university, false)]);
        assert_eq!((missing.len(), missing[0].params["orgnr"].as_str()), (1, Some("313367002")));
    }

    proptest! {
        #[test]
        fn unused_is_never_below_zero_in_a_part_that_passes(granted in 0_i64..1_000_000, used in -10_i64..1_000_010) {
            let part = part(used);
            if part.check(Nok::new(granted), &indicators()).is_empty() {
                prop_assert!(part.unused(Nok::new(granted)) >= Nok::ZERO);
                prop_assert_eq!(part.unused(Nok::new(granted)).checked_add(part.used), Some(Nok::new(granted)));
            } else {
                prop_assert!(used > granted || used < 0);
            }
        }
    }
}
