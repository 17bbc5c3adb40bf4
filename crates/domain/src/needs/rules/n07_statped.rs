//! N07: Statped contributes where sender and partner both ask for it, and confirms. It carries a measure out without a
//! partner only if none can contribute, which is to be explained, and the forum asks for it, which is looked at when
//! the forum decides. Neither Statped nor another environment gets a budget line; owner or partner pays them.

use super::Case;
use crate::finding::{Finding, Severity};
use crate::needs::content::{StatpedPart, StatpedRole};
use crate::needs::parties::InvitationState;
use crate::organisations::OrganisationKind;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let part = case.content.statped.iter().flat_map(|part| faults_of(case, part));
    part.chain(lines_of_others(case)).collect()
}

fn faults_of(case: &Case<'_>, part: &StatpedPart) -> Vec<Finding> {
    let finding = |code, severity| Finding::new("N07", code, severity, "/statped").with("orgnr", part.orgnr.as_str());
    let is_statped = |kind: OrganisationKind| kind == OrganisationKind::Statped;
    let Some(fact) = case.facts.party(&part.orgnr).filter(|fact| fact.active && is_statped(fact.kind)) else {
        return vec![finding("not_statped", Severity::Blocker)];
    };
    let asked = match part.role {
        StatpedRole::Contributor if is_asked_by_partner(case) => None,
        StatpedRole::Contributor => Some(finding("statped_not_asked_by_partner", Severity::Blocker)),
        StatpedRole::Provider if case.content.partners.is_empty() => {
            Some(finding("statped_without_partner", Severity::Warning))
        }
        StatpedRole::Provider => Some(finding("statped_beside_partner", Severity::Blocker)),
    };
    let answered = match fact.state {
        Some(InvitationState::Confirmed) => None,
        Some(InvitationState::Declined) => Some("statped_declined"),
        Some(InvitationState::Pending) => Some("statped_not_confirmed"),
        None => Some("statped_not_invited"),
    };
    asked.into_iter().chain(answered.map(|code| finding(code, Severity::Blocker))).collect()
}

fn is_asked_by_partner(case: &Case<'_>) -> bool {
    let partners = case.content.partners.iter().filter_map(|partner| case.facts.party(&partner.orgnr));
    let mut confirmed = partners.filter(|fact| fact.state == Some(InvitationState::Confirmed));
    confirmed.any(|fact| fact.asks_for_statped)
}

fn lines_of_others<'a>(case: &Case<'a>) -> impl Iterator<Item = Finding> + use<'a> {
    let content = case.content;
    let lines = content.budget.iter().enumerate();
    lines.filter(|(_, line)| content.paid_by_others().any(|orgnr| *orgnr == line.recipient)).map(|(i, line)| {
        Finding::new("N07", "recipient_gets_no_line", Severity::Blocker, format!("/budget/{i}/recipient"))
            .with("orgnr", line.recipient.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::super::example::{Example, confirmed, orgnr};
    use crate::finding::Severity;
    use crate::needs::parties::InvitationState;
    use crate::needs::{OtherEnvironment, StatpedPart, StatpedRole};
    use crate::organisations::OrganisationKind;
    use rstest::rstest;

    const STATPED: &str = "971845635";

    fn with_statped(role: StatpedRole) -> Example {
        let mut example = Example::new();
        let contribution = "Veileder personalet".to_owned();
        example.content.statped = Some(StatpedPart { orgnr: orgnr(STATPED), role, contribution, to_partner: false });
        example.facts.parties.push(confirmed(STATPED, OrganisationKind::Statped));
        example.facts.parties[0].asks_for_statped = true;
        if role == StatpedRole::Provider {
            example.content.partners.clear();
        }
        example
    }

    #[test]
    fn a_contribution_that_both_ask_for_and_statped_confirms_passes() {
        assert!(Example::new().codes_of("N07").is_empty());
        assert!(with_statped(StatpedRole::Contributor).codes_of("N07").is_empty());
    }

    #[test]
    fn the_partner_asks_for_a_contribution_too_and_stands_by_it() {
        let mut example = with_statped(StatpedRole::Contributor);
        example.facts.parties[0].state = Some(InvitationState::Pending);
        assert_eq!(example.codes_of("N07"), ["statped_not_asked_by_partner"]);
        example.facts.parties[0].state = Some(InvitationState::Confirmed);
        example.facts.parties[0].asks_for_statped = false;
        assert_eq!(example.codes_of("N07"), ["statped_not_asked_by_partner"]);
    }

    #[rstest]
    #[case(None, "statped_not_invited")]
    #[case(Some(InvitationState::Pending), "statped_not_confirmed")]
    #[case(Some(InvitationState::Declined), "statped_declined")]
    fn statped_confirms(#[case] state: Option<InvitationState>, #[case] code: &str) {
        let mut example = with_statped(StatpedRole::Contributor);
        example.facts.parties[1].state = state;
        let findings = example.findings_of("N07");
        assert_eq!((findings[0].code.as_str(), findings[0].severity), (code, Severity::Blocker));
    }

    #[test]
    fn statped_alone_is_to_be_explained_and_asks_for_no_partner() {
        let example = with_statped(StatpedRole::Provider);
        let findings = example.findings_of("N07");
        assert_eq!((findings.len(), findings[0].severity), (1, Severity::Warning));
        assert_eq!(findings[0].code, "statped_without_partner");
        assert!(example.codes_of("N06").is_empty());
    }

    #[test]
    fn beside_a_partner_statped_contributes_and_does_not_carry_out() {
        let mut example = with_statped(StatpedRole::Provider);
        example.content.partners = Example::new().content.partners;
        assert_eq!(example.codes_of("N07"), ["statped_beside_partner"]);
    }

    #[test]
    fn another_organisation_is_not_statped() {
        let mut example = with_statped(StatpedRole::Contributor);
        example.facts.parties[1].kind = OrganisationKind::Other;
        assert_eq!(example.codes_of("N07"), ["not_statped"]);
    }

    #[test]
    fn neither_statped_nor_another_environment_gets_a_line() {
        let mut example = with_statped(StatpedRole::Contributor);
        example.content.budget[0].recipient = orgnr(STATPED);
        example.content.budget[1].recipient = orgnr("314330897");
        example.content.other_environments = vec![OtherEnvironment {
            orgnr: Some(orgnr("314330897")),
            name: None,
            contribution: "Kurs".to_owned(),
            reason: Some("Har det eneste kurset".to_owned()),
        }];
        let found: Vec<(String, String)> =
            example.findings_of("N07").into_iter().map(|finding| (finding.code, finding.pointer)).collect();
        let line = |i: usize| ("recipient_gets_no_line".to_owned(), format!("/budget/{i}/recipient"));
        assert_eq!(found, [line(0), line(1)]);
        assert!(example.codes_of("N10").is_empty(), "told once");
    }
}
