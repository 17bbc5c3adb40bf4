//! A network and its members.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::ids::NetworkId;
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;

/// A regional network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Its id.
    pub id: NetworkId,
    /// What it is called.
    pub name: String,
    /// The office code of the county governor in whose area it works.
    pub county_governor: String,
    /// The member that keeps its list of members and calls its meetings.
    pub coordinator: OrgNr,
    /// Its members, the coordinator among them, by number.
    pub members: Vec<Member>,
}

/// An organisation that takes part in a network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its number.
    pub orgnr: OrgNr,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: OrganisationKind,
    /// Since when it is a member.
    pub since: DateTime<Utc>,
}

/// What a network does not let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum NetworkFault {
    /// Who is to coordinate it is no member.
    #[error("only a member coordinates a network")]
    CoordinatorNotMember,
    /// Who is to coordinate it is of a kind that does not.
    #[error("a {0} does not coordinate networks")]
    CoordinatorOfOtherKind(OrganisationKind),
    /// The coordinator is to leave.
    #[error("the coordinator hands over before it leaves")]
    CoordinatorLeaves,
}

impl Network {
    /// The member with this number.
    pub fn member(&self, orgnr: &OrgNr) -> Option<&Member> {
        self.members.iter().find(|member| member.orgnr == *orgnr)
    }

    /// Whether an organisation coordinates it.
    pub fn is_coordinated_by(&self, orgnr: &OrgNr) -> bool {
        self.coordinator == *orgnr
    }

    /// Whether an organisation may lead a coordination: a member that registers needs (N01).
    pub fn may_lead(&self, orgnr: &OrgNr) -> bool {
        self.member(orgnr).is_some_and(|member| member.kind.is_owner())
    }

    /// Whether an organisation may say which needs belong together: whoever may lead, and the coordinator.
    pub fn may_coordinate(&self, orgnr: &OrgNr) -> bool {
        self.is_coordinated_by(orgnr) || self.may_lead(orgnr)
    }

    /// The network in other hands: a member's, of a kind that coordinates.
    pub fn handed_to(&self, coordinator: OrgNr) -> Result<Self, NetworkFault> {
        match self.member(&coordinator) {
            None => Err(NetworkFault::CoordinatorNotMember),
            Some(member) if !member.kind.coordinates_networks() => {
                Err(NetworkFault::CoordinatorOfOtherKind(member.kind))
            }
            Some(_) => Ok(Self { coordinator, ..self.clone() }),
        }
    }

    /// The network without a member; the coordinator hands over first.
    pub fn without(&self, orgnr: &OrgNr) -> Result<Self, NetworkFault> {
        if self.is_coordinated_by(orgnr) {
            return Err(NetworkFault::CoordinatorLeaves);
        }
        let members = self.members.iter().filter(|member| member.orgnr != *orgnr).cloned().collect();
        Ok(Self { members, ..self.clone() })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::networks) fn orgnr(number: &str) -> OrgNr {
        OrgNr::from_register(number.to_owned())
    }

    pub(in crate::networks) fn network() -> Network {
        let member = |number: &str, kind| Member {
            orgnr: orgnr(number),
            name: number.to_owned(),
            kind,
            since: DateTime::default(),
        };
        Network {
            id: NetworkId(uuid::Uuid::nil()),
            name: "Nettverk Nord".to_owned(),
            county_governor: "vestland".to_owned(),
            coordinator: orgnr("974760673"),
            members: vec![
                member("974760673", OrganisationKind::CountyGovernor),
                member("889640782", OrganisationKind::Municipality),
                member("974760843", OrganisationKind::University),
            ],
        }
    }

    #[test]
    fn members_that_register_needs_lead_and_the_coordinator_coordinates_too() {
        let (governor, municipality, university) = (orgnr("974760673"), orgnr("889640782"), orgnr("974760843"));
        let stranger = orgnr("983887457");
        let leads = [&governor, &municipality, &university, &stranger].map(|who| network().may_lead(who));
        assert_eq!(leads, [false, true, false, false]);
        let coordinates = [&governor, &municipality, &university, &stranger].map(|who| network().may_coordinate(who));
        assert_eq!(coordinates, [true, true, false, false]);
    }

    #[test]
    fn a_network_is_handed_to_a_member_of_a_kind_that_coordinates() {
        let handed = network().handed_to(orgnr("889640782")).unwrap();
        assert!(handed.is_coordinated_by(&orgnr("889640782")));
        assert_eq!(network().handed_to(orgnr("983887457")), Err(NetworkFault::CoordinatorNotMember));
        assert_eq!(
            network().handed_to(orgnr("974760843")),
            Err(NetworkFault::CoordinatorOfOtherKind(OrganisationKind::University))
        );
    }

    #[test]
    fn everybody_may_leave_but_the_coordinator() {
        assert_eq!(network().without(&orgnr("889640782")).unwrap().members.len(), 2);
        assert_eq!(network().without(&orgnr("974760673")), Err(NetworkFault::CoordinatorLeaves));
    }
}
