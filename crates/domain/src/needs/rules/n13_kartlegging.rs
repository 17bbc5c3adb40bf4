//! N13: the need is built on kartlegging: at least one committed batch of the sender, or of a municipality where it
//! has units, not older than the ruleset's limit; or it explains what else it is built on.

use chrono::Months;

use super::Case;
use crate::finding::{Finding, Severity};
use crate::ids::BatchId;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N13") else { return Vec::new() };
    let evidence = &case.content.evidence;
    if evidence.is_explained() {
        return Vec::new();
    }
    if evidence.batches.is_empty() {
        return vec![Finding::new("N13", "kartlegging_missing", severity, "/evidence")];
    }
    let faults: Vec<Option<Finding>> =
        evidence.batches.iter().enumerate().map(|(i, batch)| fault_of(case, severity, i, *batch)).collect();
    if faults.iter().any(Option::is_none) { Vec::new() } else { faults.into_iter().flatten().collect() }
}

fn fault_of(case: &Case<'_>, severity: Severity, i: usize, id: BatchId) -> Option<Finding> {
    let finding = |code| Finding::new("N13", code, severity, format!("/evidence/batches/{i}"));
    let counts = |sender| case.facts.kartlegging_senders.contains(sender);
    let Some(batch) = case.facts.batches.iter().find(|batch| batch.id == id && counts(&batch.sender)) else {
        return Some(finding("kartlegging_unknown"));
    };
    let months = case.ruleset.settings.kartlegging_months.value;
    let usable_until = batch.committed_at.checked_add_months(Months::new(months));
    let too_old = usable_until.is_some_and(|until| case.now > until);
    too_old.then(|| finding("kartlegging_too_old").with("months", months))
}

#[cfg(test)]
mod tests {
    use super::super::example::{Example, orgnr};
    use crate::finding::Severity;

    #[test]
    fn a_fresh_batch_of_the_senders_own_is_enough() {
        assert!(Example::new().codes_of("N13").is_empty());
    }

    #[test]
    fn an_explanation_will_do_where_there_is_none() {
        let mut example = Example::new();
        example.content.evidence.batches.clear();
        let findings = example.findings_of("N13");
        assert_eq!((findings[0].code.as_str(), findings[0].severity), ("kartlegging_missing", Severity::Warning));
        example.content.evidence.explanation = Some(" ".to_owned());
        assert_eq!(example.codes_of("N13"), ["kartlegging_missing"], "a blank explains nothing");
        example.content.evidence.explanation = Some("Ekstern vurdering 2026".to_owned());
        assert!(example.codes_of("N13").is_empty());
    }

    #[test]
    fn a_batch_is_too_old_after_two_years() {
        let mut example = Example::new();
        example.facts.batches[0].committed_at = "2024-11-30T12:00:00Z".parse().unwrap();
        example.now = "2026-11-30T12:00:00Z".parse().unwrap();
        assert!(example.codes_of("N13").is_empty());
        example.now = "2026-11-30T12:00:01Z".parse().unwrap();
        assert_eq!(example.codes_of("N13"), ["kartlegging_too_old"]);
    }

    #[test]
    fn somebody_elses_batch_is_as_good_as_none() {
        let mut example = Example::new();
        example.facts.batches[0].sender = orgnr("314330897");
        assert_eq!(example.codes_of("N13"), ["kartlegging_unknown"]);
    }
}
