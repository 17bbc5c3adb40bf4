//! N06: a university partner is named, and has confirmed before submission; which kinds of organisations may be
//! partners is the ruleset's to say. Where Statped carries the measure out there is none (N07).

use super::Case;
use crate::finding::{Finding, Severity};
use crate::needs::content::NamedParty;
use crate::needs::parties::InvitationState;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N06") else { return Vec::new() };
    let named = &case.content.partners;
    if named.is_empty() && case.content.is_provided_by_statped() {
        return Vec::new();
    }
    if named.is_empty() {
        return vec![Finding::new("N06", "partner_missing", severity, "/partners")];
    }
    named.iter().enumerate().filter_map(|(i, partner)| fault_of(case, severity, i, partner)).collect()
}

fn fault_of(case: &Case<'_>, severity: Severity, i: usize, partner: &NamedParty) -> Option<Finding> {
    let known = case.facts.party(&partner.orgnr);
    let allowed = &case.ruleset.settings.partner_kinds.value;
    let code = match known {
        Some(fact) if !fact.active || !allowed.contains(&fact.kind) => "partner_kind_not_allowed",
        Some(fact) => match fact.state {
            Some(InvitationState::Confirmed) => return None,
            Some(InvitationState::Declined) => "partner_declined",
            Some(InvitationState::Pending) => "partner_not_confirmed",
            None => "partner_not_invited",
        },
        None => "partner_kind_not_allowed",
    };
    Some(Finding::new("N06", code, severity, format!("/partners/{i}")).with("orgnr", partner.orgnr.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::needs::parties::InvitationState;
    use crate::organisations::OrganisationKind;
    use rstest::rstest;

    #[test]
    fn a_confirmed_university_passes() {
        assert!(Example::new().codes_of("N06").is_empty());
    }

    #[test]
    fn no_partner_is_a_blocker() {
        let mut example = Example::new();
        example.content.partners.clear();
        assert_eq!(example.codes_of("N06"), ["partner_missing"]);
    }

    #[rstest]
    #[case(None, "partner_not_invited")]
    #[case(Some(InvitationState::Pending), "partner_not_confirmed")]
    #[case(Some(InvitationState::Declined), "partner_declined")]
    fn a_partner_that_has_not_confirmed_is_a_blocker(#[case] state: Option<InvitationState>, #[case] code: &str) {
        let mut example = Example::new();
        example.facts.parties[0].state = state;
        assert_eq!(example.codes_of("N06"), [code]);
    }

    #[test]
    fn a_vocational_college_is_a_partner_under_the_collective_scheme_only() {
        let mut example = Example::new();
        example.facts.parties[0].kind = OrganisationKind::VocationalCollege;
        assert!(example.codes_of("N06").is_empty());
        let mut before = Example::under("kip-2021");
        before.facts.parties[0].kind = OrganisationKind::VocationalCollege;
        assert_eq!(before.codes_of("N06"), ["partner_kind_not_allowed"]);
    }

    #[test]
    fn statped_is_no_partner() {
        let mut example = Example::new();
        example.facts.parties[0].kind = OrganisationKind::Statped;
        assert_eq!(example.codes_of("N06"), ["partner_kind_not_allowed"]);
    }
}
