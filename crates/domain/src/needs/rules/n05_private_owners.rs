//! N05: the municipality sees to it that private kindergartens and schools are included. For every private owner
//! with active units of the kinds that the need addresses, in each participating municipality, the need says
//! whether it joins, declined or did not answer, and when it was invited. An owner's own answer outranks the
//! municipality's record.

use super::Case;
use crate::finding::{Finding, Severity};
use crate::needs::facts::PrivateOwnerFact;
use crate::needs::parties::RecordedAnswer;
use crate::organisations::OrganisationKind;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N05") else { return Vec::new() };
    if case.facts.sender.kind != OrganisationKind::Municipality {
        return Vec::new();
    }
    let concerned: Vec<&PrivateOwnerFact> =
        case.facts.private_owners.iter().filter(|owner| owner.is_concerned_by(case.content)).collect();
    let mut findings: Vec<Finding> = concerned
        .iter()
        .filter(|owner| owner.answer.is_none())
        .map(|owner| {
            Finding::new("N05", "private_owner_not_mentioned", severity, "")
                .with("orgnr", owner.orgnr.as_str())
                .with("name", owner.name.as_str())
        })
        .collect();
    let declined = |owner: &&PrivateOwnerFact| {
        owner.answer.as_ref().is_some_and(|answer| answer.counts_as() == RecordedAnswer::Declined)
    };
    if !concerned.is_empty() && concerned.iter().all(declined) {
        findings.push(
            Finding::new("N05", "private_owners_all_declined", Severity::Warning, "").with("owners", concerned.len()),
        );
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::example::{Example, answer};
    use crate::finding::Severity;
    use crate::needs::parties::{OwnAnswer, RecordedAnswer};
    use crate::organisations::{OrganisationKind, UnitKind};
    use rstest::rstest;

    #[rstest]
    fn an_owner_with_any_answer_is_included(
        #[values(RecordedAnswer::Joins, RecordedAnswer::NoAnswer)] recorded: RecordedAnswer,
    ) {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = Some(answer(recorded, None));
        assert!(example.codes_of("N05").is_empty());
    }

    #[test]
    fn an_owner_not_mentioned_is_a_blocker() {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = None;
        let findings = example.findings_of("N05");
        assert_eq!(findings.len(), 1);
        assert_eq!(
            (findings[0].code.as_str(), findings[0].severity),
            ("private_owner_not_mentioned", Severity::Blocker)
        );
        assert_eq!(findings[0].params["orgnr"], example.facts.private_owners[0].orgnr.as_str());
    }

    #[test]
    fn an_owner_of_other_kinds_of_units_need_not_be_mentioned() {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = None;
        example.content.unit_kinds = vec![UnitKind::School, UnitKind::Ppt];
        assert!(example.codes_of("N05").is_empty());
    }

    #[test]
    fn all_declined_is_a_warning() {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = Some(answer(RecordedAnswer::Declined, None));
        let findings = example.findings_of("N05");
        assert_eq!(
            (findings[0].code.as_str(), findings[0].severity),
            ("private_owners_all_declined", Severity::Warning)
        );
    }

    #[test]
    fn the_owners_own_answer_outranks_the_record() {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = Some(answer(RecordedAnswer::Declined, Some(OwnAnswer::Joins)));
        assert!(example.codes_of("N05").is_empty());
        example.facts.private_owners[0].answer = Some(answer(RecordedAnswer::Joins, Some(OwnAnswer::Declined)));
        assert_eq!(example.codes_of("N05"), ["private_owners_all_declined"]);
    }

    #[test]
    fn a_county_authority_answers_for_no_private_owners() {
        let mut example = Example::new();
        example.facts.private_owners[0].answer = None;
        example.facts.sender.kind = OrganisationKind::CountyAuthority;
        assert!(example.codes_of("N05").is_empty());
    }
}
