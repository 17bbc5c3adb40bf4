//! N18: what a sender does in good time before the deadline, as a checklist: guidelines read, dialogue with the
//! university and with Statped, kartlegging done. Where N13 asks for kartlegging, that rule speaks of it.

use super::Case;
use crate::finding::{Finding, Severity};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let done = &case.content.preparation;
    let evidence = &case.content.evidence;
    let is_surveyed = !evidence.batches.is_empty() || evidence.is_explained() || case.ruleset.severity("N13").is_some();
    let deadline = case.facts.round.deadline_date.to_string();
    let steps = [
        (done.guidelines_read, "guidelines_not_read", "/preparation/guidelines_read"),
        (done.dialogue_with_university, "university_not_consulted", "/preparation/dialogue_with_university"),
        (done.dialogue_with_statped, "statped_not_consulted", "/preparation/dialogue_with_statped"),
        (is_surveyed, "kartlegging_not_done", "/evidence"),
    ];
    let undone = steps.into_iter().filter(|(is_done, ..)| !is_done);
    undone
        .map(|(_, code, pointer)| {
            Finding::new("N18", code, Severity::Info, pointer).with("deadline_date", deadline.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::finding::Severity;
    use crate::needs::{Evidence, Preparation};

    #[test]
    fn what_is_done_is_off_the_list() {
        assert!(Example::new().codes_of("N18").is_empty());
    }

    #[test]
    fn what_is_not_done_guides_and_stops_nothing() {
        let mut example = Example::new();
        example.content.preparation = Preparation::default();
        let findings = example.findings_of("N18");
        let codes: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        assert_eq!(codes, ["guidelines_not_read", "university_not_consulted", "statped_not_consulted"]);
        assert!(findings.iter().all(|finding| finding.severity == Severity::Info));
        assert_eq!(findings[0].params["deadline_date"], "2027-02-01");
    }

    #[test]
    fn kartlegging_is_on_the_list_where_no_other_rule_asks_for_it() {
        for (ruleset, expected) in [("kollektiv-2026", 0), ("rekomp-2021", 1)] {
            for explanation in [None, Some(String::new()), Some(" ".to_owned())] {
                let mut example = Example::under(ruleset);
                example.content.evidence = Evidence { explanation, ..Evidence::default() };
                let codes = example.codes_of("N18");
                assert_eq!(codes.iter().filter(|code| *code == "kartlegging_not_done").count(), expected, "{ruleset}");
            }
        }
    }

    #[test]
    fn an_explanation_of_what_else_it_is_built_on_is_as_good_as_kartlegging() {
        let mut example = Example::under("rekomp-2021");
        let explanation = Some("Ekstern vurdering 2026".to_owned());
        example.content.evidence = Evidence { explanation, ..Evidence::default() };
        assert!(example.codes_of("N18").is_empty());
    }
}
