//! Seats and composition: which groups a forum has to have (F01), and which it has on a date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::ids::SeatId;
use crate::organisations::OrganisationKind;
use crate::orgnr::OrgNr;

crate::codes! {
    /// Whom a seat speaks for; one seat, one group. The ruleset names the groups that a forum has to have (F01).
    SeatGroup {
        /// Municipalities and county authorities as owners of kindergartens and schools.
        PublicOwner = "public_owner",
        /// Private owners of kindergartens and schools.
        PrivateOwner = "private_owner",
        /// Municipalities as local kindergarten authority.
        LocalKindergartenAuthority = "local_kindergarten_authority",
        /// Universities and university colleges with ties to the region.
        University = "university",
        /// The association of local and regional authorities.
        Ks = "ks",
        /// Teacher unions.
        Union = "union",
        /// Associations of private owners.
        PrivateAssociation = "private_association",
        /// Others whom the forum invited, Statped among them.
        Other = "other",
    }
}

crate::codes! {
    /// What a seat does in the meeting.
    SeatRole {
        /// Leads the meeting; decides at a tie (F05).
        Chair = "chair",
        /// Takes part.
        Member = "member",
    }
}

crate::codes! {
    /// Which of the two persons of a seat is meant.
    SeatMember {
        /// The member.
        Holder = "holder",
        /// Who stands in for the member.
        Deputy = "deputy",
    }
}

/// Who stands in for a seat's holder; may come from another organisation of the same group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deputy {
    /// The name.
    pub name: String,
    /// The organisation that the deputy comes from.
    pub orgnr: OrgNr,
}

/// A seat in a forum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Whom it speaks for.
    pub group: SeatGroup,
    /// The organisation that holds it.
    pub orgnr: OrgNr,
    /// Chair or member.
    pub role: SeatRole,
    /// Whether it votes and counts to the quorum.
    pub voting: bool,
    /// The holder's name; none while the seat is vacant.
    pub holder: Option<String>,
    /// The deputy, where one is named.
    pub deputy: Option<Deputy>,
    /// The first day on which it counts.
    pub from: NaiveDate,
    /// The last day on which it counts; none while it runs on.
    pub to: Option<NaiveDate>,
}

/// Why a seat cannot be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum SeatError {
    /// The county governor is the secretariat and has no vote (F02).
    #[error("the county governor has no vote in the forum")]
    SecretariatHasNoVote,
    /// A seat that ends before it begins.
    #[error("the seat ends before it begins")]
    EndsBeforeItBegins,
}

impl Seat {
    /// Whether the seat may be given to an organisation of this kind (F02).
    pub fn check(&self, kind: OrganisationKind) -> Result<(), SeatError> {
        if kind == OrganisationKind::CountyGovernor && self.voting {
            return Err(SeatError::SecretariatHasNoVote);
        }
        if self.to.is_some_and(|to| to < self.from) {
            return Err(SeatError::EndsBeforeItBegins);
        }
        Ok(())
    }

    /// Whether the seat counts on a date.
    pub fn is_valid_on(&self, date: NaiveDate) -> bool {
        self.from <= date && self.to.is_none_or(|to| date <= to)
    }

    /// Whether somebody holds it: without a holder the seat is vacant, whatever deputy is named.
    pub fn is_filled(&self) -> bool {
        self.holder.is_some()
    }

    /// The organisation that a person of the seat comes from; none where there is no such person.
    pub fn organisation_of(&self, member: SeatMember) -> Option<&OrgNr> {
        match member {
            SeatMember::Holder => self.holder.as_ref().map(|_| &self.orgnr),
            SeatMember::Deputy => self.deputy.as_ref().map(|deputy| &deputy.orgnr),
        }
    }
}

/// The seats of one group on a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupSeats {
    /// The group.
    pub group: SeatGroup,
    /// Whether the ruleset asks for it (F01).
    pub required: bool,
    /// Voting seats that somebody holds.
    pub filled: usize,
    /// Voting seats that nobody holds.
    pub vacant: usize,
    /// Seats without a vote.
    pub without_vote: usize,
}

/// Which groups a forum has on a date, held against those it has to have (F01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// Every group that is required or has a seat, in the order of the code list.
    pub groups: Vec<GroupSeats>,
}

impl Composition {
    /// Counts the seats that are valid on a date.
    pub fn on(date: NaiveDate, seats: &[Seat], required: &[SeatGroup]) -> Self {
        let count = |group: SeatGroup| {
            let seats = || seats.iter().filter(|seat| seat.group == group && seat.is_valid_on(date));
            GroupSeats {
                group,
                required: required.contains(&group),
                filled: seats().filter(|seat| seat.voting && seat.is_filled()).count(),
                vacant: seats().filter(|seat| seat.voting && !seat.is_filled()).count(),
                without_vote: seats().filter(|seat| !seat.voting).count(),
            }
        };
        let groups = SeatGroup::ALL.iter().map(|group| count(*group));
        Self { groups: groups.filter(|g| g.required || g.filled + g.vacant + g.without_vote > 0).collect() }
    }

    /// The required groups that have no filled voting seat.
    pub fn missing(&self) -> Vec<SeatGroup> {
        self.groups.iter().filter(|g| g.required && g.filled == 0).map(|g| g.group).collect()
    }

    /// Whether every required group has a filled voting seat.
    pub fn is_complete(&self) -> bool {
        self.missing().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forum::fixtures::{date, seat};

    const SIX: [SeatGroup; 6] = [
        SeatGroup::PublicOwner,
        SeatGroup::PrivateOwner,
        SeatGroup::LocalKindergartenAuthority,
        SeatGroup::University,
        SeatGroup::Ks,
        SeatGroup::Union,
    ];

    #[test]
    fn a_forum_with_a_filled_voting_seat_per_required_group_is_complete() {
        let seats: Vec<Seat> = SIX.iter().map(|group| seat(*group)).collect();
        assert!(Composition::on(date("2026-03-01"), &seats, &SIX).is_complete());
    }

    #[test]
    fn a_vacant_seat_or_one_without_a_vote_does_not_fill_its_group() {
        let vacant = Seat { holder: None, ..seat(SeatGroup::Ks) };
        let without_vote = Seat { voting: false, ..seat(SeatGroup::Union) };
        let composition =
            Composition::on(date("2026-03-01"), &[vacant, without_vote], &[SeatGroup::Ks, SeatGroup::Union]);
        assert_eq!(composition.missing(), [SeatGroup::Ks, SeatGroup::Union]);
    }

    #[test]
    fn a_seat_counts_from_its_first_day_to_its_last() {
        let seat = Seat { from: date("2026-01-01"), to: Some(date("2026-06-30")), ..seat(SeatGroup::Ks) };
        let counts = |on: &str| seat.is_valid_on(date(on));
        assert_eq!(["2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"].map(counts), [false, true, true, false]);
    }

    #[test]
    fn the_county_governor_takes_no_seat_that_votes() {
        let seat = seat(SeatGroup::Other);
        assert_eq!(seat.check(OrganisationKind::CountyGovernor), Err(SeatError::SecretariatHasNoVote));
        assert_eq!(Seat { voting: false, ..seat }.check(OrganisationKind::CountyGovernor), Ok(()));
    }

    #[test]
    fn a_seat_does_not_end_before_it_begins() {
        let seat = Seat { to: Some(date("2025-12-31")), ..seat(SeatGroup::Ks) };
        assert_eq!(seat.check(OrganisationKind::Ks), Err(SeatError::EndsBeforeItBegins));
    }
}
