//! Exemptions from a round's deadline (N03).

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::Round;
use crate::ids::{ExemptionId, RoundId};
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;
use crate::time::deadline_at;

/// An owner's leave to submit after the deadline of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// Its id.
    pub id: ExemptionId,
    /// The round.
    pub round: RoundId,
    /// Whose leave it is.
    pub owner: OrgNr,
    /// The last day on which the owner may submit for the first time.
    pub until: NaiveDate,
    /// Why.
    pub reason: String,
}

/// Why an exemption cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum ExemptionFault {
    /// It is for an organisation that registers no needs.
    #[error("only owners register needs")]
    NotAnOwner,
    /// It ends no later than the deadline itself.
    #[error("it ends no later than the deadline, {0}")]
    EndsWithDeadline(NaiveDate),
    /// Its last day is over.
    #[error("its last day is over already")]
    EndsInPast,
}

impl Exemption {
    /// Everything that is wrong with giving it to an organisation of this kind now.
    pub fn faults(&self, round: &Round, kind: OrganisationKind, now: DateTime<Utc>) -> Vec<ExemptionFault> {
        let until = if self.until <= round.deadline_date {
            Some(ExemptionFault::EndsWithDeadline(round.deadline_date))
        } else {
            (now >= deadline_at(self.until)).then_some(ExemptionFault::EndsInPast)
        };
        let owner = (!kind.is_owner()).then_some(ExemptionFault::NotAnOwner);
        owner.into_iter().chain(until).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{at, date, round};
    use super::*;
    use crate::rounds::RoundState;
    use uuid::Uuid;

    fn faults(until: &str, kind: OrganisationKind, now: &str) -> Vec<ExemptionFault> {
        let round = round(RoundState::Open);
        let exemption = Exemption {
            id: ExemptionId(Uuid::nil()),
            round: round.id,
            owner: OrgNr::from_register("889640782".to_owned()),
            until: date(until),
            reason: "Kommunen er nylig delt.".to_owned(),
        };
        exemption.faults(&round, kind, at(now))
    }

    #[test]
    fn an_owner_gets_leave_until_a_day_after_the_deadline_that_is_not_over() {
        let owner = OrganisationKind::Municipality;
        assert_eq!(faults("2027-02-02", owner, "2027-02-02T22:59:59.999999Z"), []);
        assert_eq!(faults("2027-02-02", owner, "2027-02-02T23:00:00Z"), [ExemptionFault::EndsInPast]);
        let ends_with_it = ExemptionFault::EndsWithDeadline(date("2027-02-01"));
        assert_eq!(faults("2027-02-01", owner, "2027-01-15T12:00:00Z"), [ends_with_it]);
    }

    #[test]
    fn who_registers_no_needs_gets_no_leave() {
        let faults = faults("2027-02-15", OrganisationKind::University, "2027-01-15T12:00:00Z");
        assert_eq!(faults, [ExemptionFault::NotAnOwner]);
    }
}
