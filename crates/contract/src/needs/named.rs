//! The organisations that a need's document names, read: partners, participants, Statped, other environments.

use domain::needs as domain_needs;

use super::parts::{NamedOrganisation, OtherEnvironment, StatpedPart};
use crate::numbers::Reading;
use crate::problem::Fault;

/// The numbers of named organisations, each once, with what they bring.
pub(super) fn read_named(
    named: &[NamedOrganisation],
    member: &str,
    reading: &mut Reading,
) -> Vec<domain_needs::NamedParty> {
    let mut read = Vec::new();
    for (i, organisation) in named.iter().enumerate() {
        if let Some(orgnr) = reading.orgnr(&organisation.orgnr, format!("/{member}/{i}/orgnr")) {
            read.push(domain_needs::NamedParty { orgnr, contribution: organisation.contribution.clone() });
        }
    }
    reading.unique(read.iter().map(|party| &party.orgnr), |i| format!("/{member}/{i}/orgnr"));
    read
}

pub(super) fn read_statped(part: &StatpedPart, reading: &mut Reading) -> Option<domain_needs::StatpedPart> {
    let orgnr = reading.orgnr(&part.orgnr, "/statped/orgnr")?;
    let (role, contribution) = (part.role, part.contribution.clone());
    Some(domain_needs::StatpedPart { orgnr, role, contribution, to_partner: part.to_partner })
}

/// The other environments, each with a number or a name.
pub(super) fn read_environments(
    named: &[OtherEnvironment],
    reading: &mut Reading,
) -> Vec<domain_needs::OtherEnvironment> {
    let mut read = Vec::new();
    for (i, environment) in named.iter().enumerate() {
        let place = |member: &str| format!("/other_environments/{i}/{member}");
        if environment.orgnr.is_none() && environment.name.is_none() {
            reading.faults.push(Fault::new("missing_member", place("name")).with("member", "name"));
        }
        let orgnr = environment.orgnr.as_ref().and_then(|orgnr| reading.orgnr(orgnr, place("orgnr")));
        let (name, reason) = (environment.name.clone(), environment.reason.clone());
        let contribution = environment.contribution.clone();
        read.push(domain_needs::OtherEnvironment { orgnr, name, contribution, reason });
    }
    read
}

/// An organisation is asked in one way only.
pub(super) fn read_one_role_each(content: &domain_needs::Content, reading: &mut Reading) {
    let partners: Vec<_> = content.partners.iter().map(|partner| &partner.orgnr).collect();
    for (i, participant) in content.participants.iter().enumerate() {
        if partners.contains(&&participant.orgnr) {
            reading.faults.push(Fault::new("not_unique", format!("/participants/{i}/orgnr")));
        }
    }
    let mut others = content.partners.iter().chain(&content.participants);
    if content.statped.as_ref().is_some_and(|part| others.any(|party| party.orgnr == part.orgnr)) {
        reading.faults.push(Fault::new("not_unique", "/statped/orgnr"));
    }
}
