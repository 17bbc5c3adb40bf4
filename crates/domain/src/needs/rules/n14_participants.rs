//! N14: inter-municipal cooperation: one lead sends, and every participant is an owner that confirms. Only units of
//! those who take part are named; a PPT office stands for the municipalities that it serves, so a private owner that
//! works with one names its municipality as participant.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Case;
use crate::finding::{Finding, Severity};
use crate::needs::content::NamedParty;
use crate::needs::facts::UnitFact;
use crate::needs::parties::InvitationState;
use crate::orgnr::OrgNr;

/// What tells that a participant has a need of its own.
pub(super) const CIRCULAR: &str = "circular_participation";

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(severity) = case.ruleset.severity("N14") else { return Vec::new() };
    let participants = case.content.participants.iter().enumerate();
    let faults = participants.filter_map(|(i, participant)| fault_of(case, severity, i, participant));
    faults.chain(circles(case)).chain(strange_units(case, severity)).collect()
}

fn fault_of(case: &Case<'_>, severity: Severity, i: usize, participant: &NamedParty) -> Option<Finding> {
    let pointer = format!("/participants/{i}");
    let fact = case.facts.party(&participant.orgnr);
    if let Some(ended_on) = fact.and_then(|fact| case.ended_on(fact.valid_until)) {
        return Some(ended("N14", severity, &pointer, &participant.orgnr, ended_on));
    }
    let code = match fact {
        _ if participant.orgnr == case.facts.sender.orgnr => "participant_is_sender",
        Some(fact) if fact.active && fact.kind.is_owner() => match fact.state {
            Some(InvitationState::Confirmed) => return None,
            Some(InvitationState::Declined) => "participant_declined",
            Some(InvitationState::Pending) => "participant_not_confirmed",
            None => "participant_not_invited",
        },
        _ => "participant_not_owner",
    };
    Some(Finding::new("N14", code, severity, pointer).with("orgnr", participant.orgnr.as_str()))
}

/// A municipality whose number has ended; who has taken its place is not for us to guess.
pub(super) fn ended(rule: &str, severity: Severity, pointer: &str, orgnr: &OrgNr, on: NaiveDate) -> Finding {
    let finding = Finding::new(rule, "municipality_ended", severity, pointer);
    finding.with("orgnr", orgnr.as_str()).with("ended_on", on.to_string())
}

/// Two needs that name each other's senders are most likely one measure, registered twice.
fn circles<'a>(case: &Case<'a>) -> impl Iterator<Item = Finding> + use<'a> {
    let facts = case.facts;
    let participants = case.content.participants.iter().enumerate();
    participants.filter(|(_, participant)| facts.naming_back.contains(&participant.orgnr)).map(|(i, participant)| {
        Finding::new("N14", CIRCULAR, Severity::Warning, format!("/participants/{i}"))
            .with("orgnr", participant.orgnr.as_str())
    })
}

fn strange_units(case: &Case<'_>, severity: Severity) -> Vec<Finding> {
    let taking_part = case.owners_taking_part();
    let takes_part = |unit: &&UnitFact| unit.answered_for_by.iter().any(|owner| taking_part.contains(owner));
    let familiar: BTreeSet<&OrgNr> = case.facts.units.iter().filter(takes_part).map(|unit| &unit.orgnr).collect();
    let named = case.content.units.iter().enumerate();
    let strange = named.filter(|(_, unit)| !familiar.contains(&unit.orgnr)).map(|(i, unit)| {
        Finding::new("N14", "unit_takes_no_part", severity, format!("/units/{i}")).with("orgnr", unit.orgnr.as_str())
    });
    strange.collect()
}

#[cfg(test)]
mod tests {
    use super::super::example::{Example, answer, confirmed, orgnr};
    use crate::finding::Severity;
    use crate::needs::parties::{InvitationState, RecordedAnswer};
    use crate::needs::{NamedParty, UnitFact, UnitPart, UnitRole};
    use crate::organisations::OrganisationKind;
    use rstest::rstest;

    const NEIGHBOUR: &str = "971845635";
    const UNIT: &str = "974760673";

    fn joint(kind: OrganisationKind) -> Example {
        let mut example = Example::new();
        example.content.participants = vec![NamedParty { orgnr: orgnr(NEIGHBOUR), contribution: None }];
        example.facts.parties.push(confirmed(NEIGHBOUR, kind));
        example
    }

    fn with_unit(answered_for_by: &str) -> Example {
        let mut example = joint(OrganisationKind::Municipality);
        example.content.units = vec![UnitPart { orgnr: orgnr(UNIT), role: UnitRole::TakesPart }];
        example.facts.units =
            vec![UnitFact { orgnr: orgnr(UNIT), answered_for_by: vec![orgnr("310279617"), orgnr(answered_for_by)] }];
        example
    }

    #[rstest]
    fn an_owner_that_confirmed_passes(
        #[values(OrganisationKind::Municipality, OrganisationKind::CountyAuthority, OrganisationKind::PrivateOwner)]
        kind: OrganisationKind,
    ) {
        assert!(joint(kind).codes_of("N14").is_empty());
        assert!(Example::new().codes_of("N14").is_empty(), "nor does it take a participant");
    }

    #[rstest]
    #[case(None, "participant_not_invited")]
    #[case(Some(InvitationState::Pending), "participant_not_confirmed")]
    #[case(Some(InvitationState::Declined), "participant_declined")]
    fn every_participant_confirms(#[case] state: Option<InvitationState>, #[case] code: &str) {
        let mut example = joint(OrganisationKind::Municipality);
        example.facts.parties[1].state = state;
        let findings = example.findings_of("N14");
        assert_eq!((findings[0].code.as_str(), findings[0].severity), (code, Severity::Blocker));
        assert_eq!((findings.len(), findings[0].pointer.as_str()), (1, "/participants/0"));
    }

    #[test]
    fn only_owners_that_are_there_take_part() {
        assert_eq!(joint(OrganisationKind::University).codes_of("N14"), ["participant_not_owner"]);
        let mut closed = joint(OrganisationKind::PrivateOwner);
        closed.facts.parties[1].active = false;
        assert_eq!(closed.codes_of("N14"), ["participant_not_owner"]);
    }

    #[test]
    fn the_sender_is_no_participant_of_its_own() {
        let mut example = joint(OrganisationKind::Municipality);
        example.facts.sender.orgnr = orgnr(NEIGHBOUR);
        assert_eq!(example.codes_of("N14"), ["participant_is_sender"]);
    }

    #[test]
    fn a_municipality_that_ended_is_told_so_whatever_it_had_answered() {
        let mut example = joint(OrganisationKind::Municipality);
        example.facts.parties[1].valid_until = Some("2026-11-30".parse().unwrap());
        example.facts.parties[1].active = false;
        let findings = example.findings_of("N14");
        assert_eq!((findings.len(), findings[0].code.as_str()), (1, "municipality_ended"));
        assert_eq!(findings[0].params["ended_on"], "2026-11-30");
    }

    #[test]
    fn a_participant_whose_own_need_names_the_sender_is_a_warning() {
        let mut example = joint(OrganisationKind::Municipality);
        example.facts.naming_back = vec![orgnr(NEIGHBOUR)];
        let findings = example.findings_of("N14");
        assert_eq!((findings[0].code.as_str(), findings[0].severity), ("circular_participation", Severity::Warning));
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn a_unit_belongs_to_somebody_who_takes_part() {
        let sender = Example::new().facts.sender.orgnr;
        assert!(with_unit(NEIGHBOUR).codes_of("N14").is_empty());
        assert!(with_unit(sender.as_str()).codes_of("N14").is_empty());
        let findings = with_unit("314330897").findings_of("N14");
        assert_eq!((findings[0].code.as_str(), findings[0].pointer.as_str()), ("unit_takes_no_part", "/units/0"));
        let mut unknown = with_unit(NEIGHBOUR);
        unknown.facts.units.clear();
        assert_eq!(unknown.codes_of("N14"), ["unit_takes_no_part"]);
    }

    #[test]
    fn a_private_owners_unit_takes_part_once_its_owner_joins() {
        let owner = Example::new().facts.private_owners[0].orgnr.clone();
        let mut example = with_unit(owner.as_str());
        assert!(example.codes_of("N14").is_empty());
        example.facts.private_owners[0].answer = Some(answer(RecordedAnswer::NoAnswer, None));
        assert_eq!(example.codes_of("N14"), ["unit_takes_no_part"]);
    }
}
