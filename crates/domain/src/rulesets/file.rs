//! Reading ruleset files: the shape by serde, the sense by [`Ruleset::parse`].

use thiserror::Error;

use super::{Ruleset, Setting};

/// The rules whose severity the rulesets decide; every file has exactly these.
const OPEN_RULES: [&str; 9] = ["N04", "N05", "N06", "N09", "N11", "N12", "N13", "N14", "N19"];

/// The files in `rulesets/`, oldest scheme first.
const FILES: [(&str, &str); 4] = [
    ("kip-2021", include_str!("../../../../rulesets/kip-2021.toml")),
    ("rekomp-2021", include_str!("../../../../rulesets/rekomp-2021.toml")),
    ("dekomp-2021", include_str!("../../../../rulesets/dekomp-2021.toml")),
    ("kollektiv-2026", include_str!("../../../../rulesets/kollektiv-2026.toml")),
];

/// Why a ruleset file cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RulesetError {
    /// Not TOML, a member missing, unknown or of the wrong type.
    #[error("ruleset {file}: {reason}")]
    Unreadable {
        /// The file, without `.toml`.
        file: String,
        /// What the parser says.
        reason: String,
    },
    /// Readable, but it makes no sense.
    #[error("ruleset {file}: {member}: {reason}")]
    Senseless {
        /// The file, without `.toml`.
        file: String,
        /// The member at fault.
        member: &'static str,
        /// What was expected.
        reason: String,
    },
}

/// All rulesets that the system knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rulesets(Vec<Ruleset>);

impl Rulesets {
    /// The rulesets that come with the system; called once at start, which stops on an error.
    pub fn embedded() -> Result<Self, RulesetError> {
        FILES.iter().map(|(file, text)| Ruleset::parse(file, text)).collect::<Result<_, _>>().map(Self)
    }

    /// The ruleset of a code.
    pub fn get(&self, code: &str) -> Option<&Ruleset> {
        self.0.iter().find(|ruleset| ruleset.code == code)
    }

    /// All of them, oldest scheme first.
    pub fn iter(&self) -> impl Iterator<Item = &Ruleset> {
        self.0.iter()
    }

    /// Whether any ruleset belongs to the scheme.
    pub fn knows_scheme(&self, scheme: &str) -> bool {
        self.0.iter().any(|ruleset| ruleset.scheme == scheme)
    }

    /// The least number of respondents in a published cell, where no round says whose rules hold (K05): the largest
    /// number of any ruleset, so that no figure is published that one of them would leave out.
    pub fn suppress_below(&self) -> i64 {
        self.0.iter().map(|ruleset| i64::from(ruleset.settings.suppress_below.value)).max().unwrap_or(i64::MAX)
    }
}

impl Ruleset {
    /// Reads the text of a ruleset file, named by its code.
    pub fn parse(file: &str, text: &str) -> Result<Self, RulesetError> {
        let ruleset: Self = toml::from_str(text)
            .map_err(|error| RulesetError::Unreadable { file: file.to_owned(), reason: error.message().to_owned() })?;
        match ruleset.first_fault(file) {
            None => Ok(ruleset),
            Some((member, reason)) => Err(RulesetError::Senseless { file: file.to_owned(), member, reason }),
        }
    }

    /// The first member that makes no sense, with what was expected.
    fn first_fault(&self, file: &str) -> Option<(&'static str, String)> {
        self.identity_fault(file).or_else(|| self.rule_fault()).or_else(|| self.number_fault()).or_else(|| {
            let s = &self.settings;
            list_fault("unit_kinds", &s.unit_kinds)
                .or_else(|| list_fault("partner_kinds", &s.partner_kinds))
                .or_else(|| list_fault("required_groups", &s.required_groups))
                .or_else(|| list_fault("report_indicators", &s.report_indicators))
                .or_else(|| {
                    let strangers = s.partner_kinds.value.iter().any(|kind| !kind.is_partner());
                    strangers.then(|| ("partner_kinds", "only kinds of organisations that can be partners".to_owned()))
                })
        })
    }

    fn identity_fault(&self, file: &str) -> Option<(&'static str, String)> {
        if self.code != file {
            return Some(("code", format!("the file's name, {file}")));
        }
        if self.scheme.is_empty() {
            return Some(("scheme", "the scheme's code".to_owned()));
        }
        let ends_early = self.in_force.until.is_some_and(|until| until < self.in_force.from);
        ends_early.then(|| ("in_force", "a last day that is not before the first".to_owned()))
    }

    fn rule_fault(&self) -> Option<(&'static str, String)> {
        let known: Vec<&str> = self.rules.keys().map(String::as_str).collect();
        (known != OPEN_RULES).then(|| ("rules", format!("exactly {}", OPEN_RULES.join(", "))))
    }

    fn number_fault(&self) -> Option<(&'static str, String)> {
        let s = &self.settings;
        let own_contribution = s.own_contribution_percent.value;
        let bounds = [
            ("coordination_percent", s.coordination_percent.value, 0, 100),
            ("years_at_most", s.years_at_most.value, 1, 3),
            ("own_contribution_percent", own_contribution, 0, 100),
            ("kartlegging_months", s.kartlegging_months.value, 1, 120),
            ("suppress_below", s.suppress_below.value, 2, 100),
            ("appeal_weeks", s.appeal_weeks.value, 1, 52),
        ];
        let out_of_bounds = bounds.iter().find(|(_, value, least, most)| !(least..=most).contains(&value));
        if let Some((member, _, least, most)) = out_of_bounds {
            return Some((member, format!("{least} to {most}")));
        }
        let asked_for = self.severity("N11").is_some();
        (asked_for != (own_contribution > 0))
            .then(|| ("own_contribution_percent", "above nought exactly where rule N11 is on".to_owned()))
    }
}

fn list_fault<T: PartialEq>(member: &'static str, list: &Setting<Vec<T>>) -> Option<(&'static str, String)> {
    let values = &list.value;
    let repeated = values.iter().enumerate().any(|(i, value)| values[..i].contains(value));
    (values.is_empty() || repeated).then(|| (member, "at least one value, none of them twice".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::needs::BudgetKind;
    use crate::organisations::OrganisationKind;
    use crate::rulesets::SeatGroup;
    use rstest::rstest;

    fn embedded(code: &str) -> Ruleset {
        Rulesets::embedded().unwrap().get(code).unwrap().clone()
    }

    #[test]
    fn every_embedded_file_makes_sense() {
        let codes: Vec<String> = Rulesets::embedded().unwrap().iter().map(|r| r.code.clone()).collect();
        assert_eq!(codes, ["kip-2021", "rekomp-2021", "dekomp-2021", "kollektiv-2026"]);
    }

    #[test]
    fn breadth_is_a_warning_in_kompetanseloftet_and_off_in_the_schemes_for_one_kind_of_unit() {
        assert_eq!(embedded("kip-2021").severity("N04"), Some(Severity::Warning));
        assert_eq!(embedded("rekomp-2021").severity("N04"), None);
        assert_eq!(embedded("dekomp-2021").severity("N04"), None);
        assert_eq!(embedded("kollektiv-2026").severity("N04"), Some(Severity::Warning));
    }

    #[test]
    fn own_contribution_is_asked_for_in_dekomp_alone() {
        let percents: Vec<u32> =
            Rulesets::embedded().unwrap().iter().map(|r| r.settings.own_contribution_percent.value).collect();
        assert_eq!(percents, [0, 0, 30, 0]);
    }

    #[test]
    fn vocational_colleges_and_private_associations_come_with_the_collective_scheme() {
        let (old, new) = (embedded("kip-2021").settings, embedded("kollektiv-2026").settings);
        assert!(!old.partner_kinds.value.contains(&OrganisationKind::VocationalCollege));
        assert!(new.partner_kinds.value.contains(&OrganisationKind::VocationalCollege));
        assert!(!old.required_groups.value.contains(&SeatGroup::PrivateAssociation));
        assert!(new.required_groups.value.contains(&SeatGroup::PrivateAssociation));
    }

    #[test]
    fn figures_that_belong_to_no_round_follow_the_strictest_ruleset() {
        let mut rulesets = Rulesets::embedded().unwrap();
        assert_eq!(rulesets.suppress_below(), 5);
        rulesets.0[1].settings.suppress_below.value = 8;
        assert_eq!(rulesets.suppress_below(), 8);
    }

    #[test]
    fn no_ruleset_pays_for_positions() {
        for ruleset in Rulesets::embedded().unwrap().iter() {
            assert!(ruleset.settings.refused_budget_kinds.value.contains(&BudgetKind::Position), "{}", ruleset.code);
            assert_eq!(ruleset.severity("N09"), Some(Severity::Blocker));
        }
    }

    #[rstest]
    #[case::unknown_member("appeal_weeks", "appeal_wekes")]
    #[case::unknown_severity("\"warning\"", "\"wraning\"")]
    #[case::wrong_type("value = 24", "value = \"24\"")]
    #[case::no_source(", source = \"seed\" }", " }")]
    fn an_unreadable_file_is_refused(#[case] right: &str, #[case] wrong: &str) {
        let text = FILES[0].1.replace(right, wrong);
        assert!(matches!(Ruleset::parse("kip-2021", &text), Err(RulesetError::Unreadable { .. })));
    }

    #[rstest]
    #[case("code", "code = \"kip-2021\"", "code = \"kip-2022\"")]
    #[case("in_force", "until = \"2025-12-31\"", "until = \"2020-12-31\"")]
    #[case("rules", "N05 =", "N55 =")]
    #[case("coordination_percent", "coordination_percent = { value = 10", "coordination_percent = { value = 101")]
    #[case("years_at_most", "years_at_most = { value = 3", "years_at_most = { value = 4")]
    #[case(
        "own_contribution_percent",
        "own_contribution_percent = { value = 0",
        "own_contribution_percent = { value = 30"
    )]
    #[case("suppress_below", "suppress_below = { value = 5", "suppress_below = { value = 1")]
    #[case("partner_kinds", "[\"university\"]", "[\"ks\"]")]
    #[case("partner_kinds", "[\"university\"]", "[]")]
    #[case("required_groups", "\"ks\", \"union\"", "\"ks\", \"ks\"")]
    fn a_senseless_file_is_refused_by_its_member(#[case] member: &str, #[case] right: &str, #[case] wrong: &str) {
        assert!(FILES[0].1.contains(right));
        let text = FILES[0].1.replace(right, wrong);
        match Ruleset::parse("kip-2021", &text) {
            Err(RulesetError::Senseless { member: at_fault, .. }) => assert_eq!(at_fault, member),
            other => panic!("{other:?}"),
        }
    }
}
