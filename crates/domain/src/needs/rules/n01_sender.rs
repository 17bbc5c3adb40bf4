//! N01: the sender is an owner: municipality, county authority, or a private owner with an active unit in the
//! round's counties. A need belongs to the county governor of its sender, who leads it. A municipality whose number
//! has ended registers nothing more.

use super::Case;
use crate::finding::{Finding, Severity};
use crate::organisations::OrganisationKind;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let sender = &case.facts.sender;
    let blocker =
        |code: &str| vec![Finding::new("N01", code, Severity::Blocker, "").with("orgnr", sender.orgnr.as_str())];
    if let Some(ended_on) = case.ended_on(case.facts.sender_valid_until) {
        return vec![super::n14_participants::ended("N01", Severity::Blocker, "", &sender.orgnr, ended_on)];
    }
    if !sender.kind.is_owner() || !sender.active {
        return blocker("sender_not_owner");
    }
    let belongs = match sender.kind {
        OrganisationKind::PrivateOwner => case.facts.sender_has_unit_in_round,
        _ => sender.county.as_ref().is_some_and(|county| case.facts.counties.contains(county)),
    };
    if belongs { Vec::new() } else { blocker("sender_not_in_round") }
}

#[cfg(test)]
mod tests {
    use super::super::example::Example;
    use crate::organisations::OrganisationKind;
    use rstest::rstest;

    #[test]
    fn a_municipality_of_the_rounds_counties_may_send() {
        assert!(Example::new().codes_of("N01").is_empty());
    }

    #[test]
    fn a_municipality_of_another_county_may_not() {
        let mut example = Example::new();
        example.facts.sender.county = Some("11".parse().unwrap());
        assert_eq!(example.codes_of("N01"), ["sender_not_in_round"]);
    }

    #[test]
    fn a_municipality_that_ended_may_not() {
        let mut example = Example::new();
        example.facts.sender_valid_until = Some("2026-12-31".parse().unwrap());
        example.now = "2026-12-31T12:00:00Z".parse().unwrap();
        assert!(example.codes_of("N01").is_empty());
        example.now = "2027-01-01T12:00:00Z".parse().unwrap();
        let findings = example.findings_of("N01");
        assert_eq!(
            (findings[0].code.as_str(), &findings[0].params["ended_on"]),
            ("municipality_ended", &"2026-12-31".into())
        );
    }

    #[test]
    fn a_private_owner_needs_an_active_unit_in_the_rounds_counties() {
        let mut example = Example::new();
        example.facts.sender.kind = OrganisationKind::PrivateOwner;
        example.facts.sender_has_unit_in_round = false;
        assert_eq!(example.codes_of("N01"), ["sender_not_in_round"]);
        example.facts.sender_has_unit_in_round = true;
        assert!(example.codes_of("N01").is_empty());
    }

    #[rstest]
    fn nobody_but_owners_may_send(
        #[values(
            OrganisationKind::University,
            OrganisationKind::Statped,
            OrganisationKind::Ks,
            OrganisationKind::Other
        )]
        kind: OrganisationKind,
    ) {
        let mut example = Example::new();
        example.facts.sender.kind = kind;
        assert_eq!(example.codes_of("N01"), ["sender_not_owner"]);
    }
}
