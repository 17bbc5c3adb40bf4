//! Quorum (F03): whether those who are in the room and not recused may decide an item, counted per item at the
//! instant of the decision.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Attendance, Seat, SeatConflicts, SeatGroup, SeatMember};
use crate::ids::SeatId;
use crate::time::oslo_date;

/// A forum's settings for its quorum, beside more than half of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuorumRules {
    /// The least number of seats that take part.
    pub min_seats: usize,
    /// The least number of groups among them.
    pub min_groups: usize,
}

impl Default for QuorumRules {
    fn default() -> Self {
        Self { min_seats: 3, min_groups: 2 }
    }
}

/// What is known about the room at an instant, for one item.
#[derive(Debug, Clone, Copy)]
pub struct Room<'a> {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The forum's seats.
    pub seats: &'a [Seat],
    /// Who is there.
    pub attendance: &'a [Attendance],
    /// Who steps aside for the item; empty for items that have no conflicts.
    pub conflicts: &'a [SeatConflicts],
}

/// A voting seat that takes part in an item, and by whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EligibleSeat {
    /// The seat.
    pub seat: SeatId,
    /// Its group.
    pub group: SeatGroup,
    /// Holder or deputy.
    pub by: SeatMember,
}

/// The count for one item at one instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quorum {
    /// Filled voting seats, less recused ones without an eligible deputy.
    pub base: usize,
    /// The seats of the base that take part, each with the person who speaks for it: those who may vote.
    pub eligible: Vec<EligibleSeat>,
    /// The seats that are out of the base because nobody of them is eligible.
    pub recused: Vec<SeatId>,
    /// How many seats have to take part.
    pub seats_needed: usize,
    /// How many groups have to be among them.
    pub groups_needed: usize,
    /// How many groups are among them.
    pub groups: usize,
    /// Whether the item may be decided.
    pub quorate: bool,
    /// Whether it could be decided if the whole base took part. Where not (`quorum_unreachable`), the item can only
    /// be postponed.
    pub reachable: bool,
}

impl Room<'_> {
    /// The voting seats that somebody holds on the day.
    fn filled(&self) -> impl Iterator<Item = &Seat> {
        let today = oslo_date(self.at);
        self.seats.iter().filter(move |seat| seat.voting && seat.is_filled() && seat.is_valid_on(today))
    }

    /// Whether a person may take part in the item: the seat has such a person, who is not recused.
    fn may_take_part(&self, seat: &Seat, member: SeatMember) -> bool {
        let recused = self.conflicts.iter().any(|c| c.seat == seat.id && c.of(member).is_recused());
        seat.organisation_of(member).is_some() && !recused
    }

    fn is_in_the_room(&self, seat: &Seat, member: SeatMember) -> bool {
        self.attendance.iter().any(|a| a.seat == seat.id && a.is_present(member, self.at))
    }

    /// Who speaks for a seat in the item: the holder where possible, else the deputy.
    fn speaks_for(&self, seat: &Seat) -> Option<SeatMember> {
        let takes_part =
            |member: &&SeatMember| self.may_take_part(seat, **member) && self.is_in_the_room(seat, **member);
        SeatMember::ALL.iter().find(takes_part).copied()
    }

    /// The groups of which a filled voting seat has somebody in the room, recused or not (F09).
    pub fn groups_in_the_room(&self) -> BTreeSet<SeatGroup> {
        let somebody = |seat: &&Seat| SeatMember::ALL.iter().any(|member| self.is_in_the_room(seat, *member));
        self.filled().filter(somebody).map(|seat| seat.group).collect()
    }

    /// The seat that chairs today.
    pub fn chair(&self) -> Option<SeatId> {
        self.filled().find(|seat| seat.role == super::SeatRole::Chair).map(|seat| seat.id)
    }

    /// Counts the quorum of the item (F03).
    pub fn quorum(&self, rules: QuorumRules) -> Quorum {
        let can_take_part = |seat: &&Seat| SeatMember::ALL.iter().any(|member| self.may_take_part(seat, *member));
        let (base, recused): (Vec<&Seat>, Vec<&Seat>) = self.filled().partition(can_take_part);
        let eligible: Vec<EligibleSeat> = base
            .iter()
            .filter_map(|seat| self.speaks_for(seat).map(|by| EligibleSeat { seat: seat.id, group: seat.group, by }))
            .collect();
        let seats_needed = (base.len() / 2 + 1).max(rules.min_seats);
        let groups = eligible.iter().map(|seat| seat.group).collect::<BTreeSet<_>>().len();
        let groups_of_base = base.iter().map(|seat| seat.group).collect::<BTreeSet<_>>().len();
        Quorum {
            base: base.len(),
            recused: recused.iter().map(|seat| seat.id).collect(),
            seats_needed,
            groups_needed: rules.min_groups,
            groups,
            quorate: eligible.len() >= seats_needed && groups >= rules.min_groups,
            reachable: base.len() >= seats_needed && groups_of_base >= rules.min_groups,
            eligible,
        }
    }

    /// Counts the quorum for ruling on a person's conflict of interest: without that person, whatever was ruled
    /// before (F04).
    pub fn quorum_for_ruling(&self, rules: QuorumRules, seat: SeatId, member: SeatMember) -> Quorum {
        let mut conflicts: Vec<SeatConflicts> = self.conflicts.to_vec();
        if !conflicts.iter().any(|c| c.seat == seat) {
            conflicts.push(SeatConflicts::unknown(seat));
        }
        for concerned in conflicts.iter_mut().filter(|c| c.seat == seat) {
            let aside = super::Ruling { recused: true, reason: String::new(), ruled_at: self.at };
            concerned.of_mut(member).ruling = Some(aside);
        }
        Room { conflicts: &conflicts, ..*self }.quorum(rules)
    }
}

#[cfg(test)]
mod tests;
