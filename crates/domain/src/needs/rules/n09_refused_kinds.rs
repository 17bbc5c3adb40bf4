//! N09: money may not pay for positions, nor for study credits where the ruleset says so.

use super::Case;
use crate::finding::Finding;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N09") else { return Vec::new() };
    let refused = &case.ruleset.settings.refused_budget_kinds.value;
    let lines = case.content.budget.iter().enumerate().filter(|(_, line)| refused.contains(&line.kind));
    lines
        .map(|(i, line)| {
            Finding::new("N09", "budget_kind_refused", severity, format!("/budget/{i}/kind"))
                .with("budget_kind", line.kind.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::finding::Severity;
    use crate::needs::BudgetKind;
    use rstest::rstest;

    #[rstest]
    fn positions_are_refused_everywhere(
        #[values("kip-2021", "rekomp-2021", "dekomp-2021", "kollektiv-2026")] ruleset: &str,
    ) {
        let mut example = Example::under(ruleset);
        example.content.budget[1].kind = BudgetKind::Position;
        let findings = example.findings_of("N09");
        assert_eq!((findings.len(), findings[0].severity), (1, Severity::Blocker));
        assert_eq!(
            (findings[0].code.as_str(), findings[0].pointer.as_str()),
            ("budget_kind_refused", "/budget/1/kind")
        );
    }

    #[test]
    fn study_credits_are_refused_where_the_ruleset_says_so() {
        let refused_under = |ruleset| {
            let mut example = Example::under(ruleset);
            example.content.budget[0].kind = BudgetKind::StudyCredits;
            !example.codes_of("N09").is_empty()
        };
        assert!(refused_under("kollektiv-2026"));
        assert!(!refused_under("kip-2021"));
    }

    #[test]
    fn coordination_is_not_a_position() {
        assert!(Example::new().codes_of("N09").is_empty());
    }
}
