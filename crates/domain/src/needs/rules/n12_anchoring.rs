//! N12: the measure is anchored with leaders, staff and union representatives: each is answered.

use super::Case;
use crate::finding::Finding;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N12") else { return Vec::new() };
    let anchoring = &case.content.anchoring;
    [("leaders", &anchoring.leaders), ("staff", &anchoring.staff), ("unions", &anchoring.unions)]
        .into_iter()
        .filter(|(_, answer)| answer.is_none())
        .map(|(group, _)| Finding::new("N12", "anchoring_unanswered", severity, format!("/anchoring/{group}")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::needs::AnchoringAnswer;

    #[test]
    fn each_group_is_to_be_answered() {
        let mut example = Example::new();
        example.content.anchoring.unions = None;
        let findings = example.findings_of("N12");
        assert_eq!(
            (findings[0].code.as_str(), findings[0].pointer.as_str()),
            ("anchoring_unanswered", "/anchoring/unions")
        );
    }

    #[test]
    fn a_no_is_an_answer() {
        let mut example = Example::new();
        example.content.anchoring.unions = Some(AnchoringAnswer { anchored: false, how: None });
        assert!(example.codes_of("N12").is_empty());
    }
}
