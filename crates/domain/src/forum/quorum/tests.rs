use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::forum::fixtures::{at, deputy, seat};
use crate::forum::{Assessment, Interval, Ruling, SeatRole};

const GROUPS: [SeatGroup; 3] = [SeatGroup::PublicOwner, SeatGroup::University, SeatGroup::Union];

fn present(seat: &Seat, member: SeatMember) -> Attendance {
    Attendance { seat: seat.id, intervals: vec![Interval { member, from: at(0), to: None }] }
}

fn recused(seat: &Seat, member: SeatMember) -> SeatConflicts {
    let mut conflicts = SeatConflicts::unknown(seat.id);
    *conflicts.of_mut(member) = ruled(true);
    conflicts
}

fn ruled(recused: bool) -> Assessment {
    let ruling = Ruling { recused, reason: "Ruled.".to_owned(), ruled_at: at(0) };
    Assessment { ruling: Some(ruling), ..Assessment::default() }
}

fn count(seats: &[Seat], attendance: &[Attendance], conflicts: &[SeatConflicts]) -> Quorum {
    Room { at: at(10), seats, attendance, conflicts }.quorum(QuorumRules::default())
}

fn six_seats() -> Vec<Seat> {
    (0..6).map(|i| seat(GROUPS[i % 3])).collect()
}

fn holders_of(seats: &[Seat]) -> Vec<Attendance> {
    seats.iter().map(|seat| present(seat, SeatMember::Holder)).collect()
}

#[test]
fn half_of_the_base_is_not_enough_and_one_more_is() {
    let seats = six_seats();
    assert!(!count(&seats, &holders_of(&seats[..3]), &[]).quorate);
    assert!(count(&seats, &holders_of(&seats[..4]), &[]).quorate);
}

#[test]
fn three_seats_of_two_groups_are_the_least() {
    let two = [seat(GROUPS[0]), seat(GROUPS[1])];
    assert!(!count(&two, &holders_of(&two), &[]).quorate);
    let one_group = [seat(GROUPS[0]), seat(GROUPS[0]), seat(GROUPS[0])];
    assert!(!count(&one_group, &holders_of(&one_group), &[]).quorate);
    let enough = [seat(GROUPS[0]), seat(GROUPS[0]), seat(GROUPS[1])];
    assert!(count(&enough, &holders_of(&enough), &[]).quorate);
}

#[test]
fn a_recused_seat_without_a_deputy_leaves_the_base() {
    let seats = six_seats();
    let quorum = count(&seats, &holders_of(&seats[..4]), &[recused(&seats[0], SeatMember::Holder)]);
    assert_eq!((quorum.base, quorum.eligible.len(), quorum.seats_needed), (5, 3, 3));
    assert_eq!(quorum.recused, [seats[0].id]);
    assert!(quorum.quorate);
}

#[test]
fn an_eligible_deputy_takes_a_recused_seat_for_the_item() {
    let mut seats = six_seats();
    seats[0].deputy = Some(deputy());
    let mut attendance = holders_of(&seats[..4]);
    let conflicts = [recused(&seats[0], SeatMember::Holder)];
    let without = count(&seats, &attendance, &conflicts);
    assert_eq!((without.base, without.eligible.len(), without.quorate), (6, 3, false));
    attendance[0].intervals.push(Interval { member: SeatMember::Deputy, from: at(0), to: None });
    let with = count(&seats, &attendance, &conflicts);
    assert!(with.quorate);
    assert_eq!(with.eligible[0], EligibleSeat { seat: seats[0].id, group: seats[0].group, by: SeatMember::Deputy });
}

#[test]
fn seats_without_a_vote_vacant_ones_and_those_of_another_time_do_not_count() {
    let mut seats = six_seats();
    seats[0].voting = false;
    seats[1].holder = None;
    seats[2].to = Some("2026-03-09".parse().unwrap());
    let quorum = count(&seats, &holders_of(&seats), &[]);
    assert_eq!((quorum.base, quorum.eligible.len()), (3, 3));
}

#[test]
fn quorum_is_unreachable_when_too_few_could_ever_take_part() {
    let seats = six_seats();
    let four: Vec<_> = seats[..4].iter().map(|seat| recused(seat, SeatMember::Holder)).collect();
    assert!(!count(&seats, &holders_of(&seats), &four).reachable);
    let absent = count(&seats, &[], &four[..3]);
    assert!(absent.reachable && !absent.quorate);
}

#[test]
fn the_member_concerned_takes_no_part_in_the_ruling() {
    let seats = six_seats();
    let attendance = holders_of(&seats[..4]);
    let room = Room { at: at(10), seats: &seats, attendance: &attendance, conflicts: &[] };
    let ruling = room.quorum_for_ruling(QuorumRules::default(), seats[0].id, SeatMember::Holder);
    assert_eq!((ruling.base, ruling.eligible.len(), ruling.quorate), (5, 3, true));
    assert_eq!(room.quorum(QuorumRules::default()).eligible.len(), 4);
}

#[test]
fn the_chair_is_the_filled_seat_that_chairs_today() {
    let mut seats = six_seats();
    seats[4].role = SeatRole::Chair;
    assert_eq!(Room { at: at(0), seats: &seats, attendance: &[], conflicts: &[] }.chair(), Some(seats[4].id));
}

/// What can happen in a meeting room.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Comes,
    Leaves,
    Recused,
    Cleared,
}

/// A plain account of the room, kept by hand beside the rule.
#[derive(Default)]
struct Account {
    there: BTreeMap<(usize, SeatMember), bool>,
    aside: BTreeMap<(usize, SeatMember), bool>,
}

impl Account {
    fn takes_part(&self, seat: usize, has_deputy: bool) -> Option<SeatMember> {
        [SeatMember::Holder, SeatMember::Deputy].into_iter().find(|member| {
            (*member == SeatMember::Holder || has_deputy)
                && self.there.get(&(seat, *member)) == Some(&true)
                && self.aside.get(&(seat, *member)) != Some(&true)
        })
    }
}

fn happening() -> impl Strategy<Value = (usize, SeatMember, Happening)> {
    let member = prop_oneof![Just(SeatMember::Holder), Just(SeatMember::Deputy)];
    let kind = prop_oneof![
        3 => Just(Happening::Comes),
        1 => Just(Happening::Leaves),
        1 => Just(Happening::Recused),
        1 => Just(Happening::Cleared)
    ];
    (0_usize..7, member, kind)
}

proptest! {
    #[test]
    fn quorum_holds_under_any_order_of_coming_leaving_and_recusals(
        deputies in prop::collection::vec(any::<bool>(), 7),
        happenings in prop::collection::vec(happening(), 1..60),
    ) {
        let seats: Vec<Seat> = deputies
            .iter()
            .enumerate()
            .map(|(i, has)| Seat { deputy: has.then(deputy), ..seat(GROUPS[i % 3]) })
            .collect();
        let mut attendance: Vec<Attendance> =
            seats.iter().map(|seat| Attendance { seat: seat.id, intervals: vec![] }).collect();
        let mut conflicts: Vec<SeatConflicts> = seats.iter().map(|seat| SeatConflicts::unknown(seat.id)).collect();
        let mut account = Account::default();
        for (minute, (seat, member, kind)) in (0_u32..).zip(happenings) {
            let here = *account.there.get(&(seat, member)).unwrap_or(&false);
            match kind {
                Happening::Comes if !here => {
                    attendance[seat].intervals.push(Interval { member, from: at(minute), to: None });
                    account.there.insert((seat, member), true);
                }
                Happening::Leaves if here => {
                    let open = attendance[seat].intervals.iter_mut().find(|i| i.member == member && i.to.is_none());
                    open.expect("somebody here came").to = Some(at(minute));
                    account.there.insert((seat, member), false);
                }
                Happening::Recused | Happening::Cleared => {
                    let recused = matches!(kind, Happening::Recused);
                    *conflicts[seat].of_mut(member) = ruled(recused);
                    account.aside.insert((seat, member), recused);
                }
                _ => {}
            }
            let room = Room { at: at(minute), seats: &seats, attendance: &attendance, conflicts: &conflicts };
            let quorum = room.quorum(QuorumRules::default());
            let expected: Vec<(SeatId, SeatMember)> = (0..seats.len())
                .filter_map(|i| account.takes_part(i, deputies[i]).map(|by| (seats[i].id, by)))
                .collect();
            let counted: Vec<(SeatId, SeatMember)> = quorum.eligible.iter().map(|e| (e.seat, e.by)).collect();
            prop_assert_eq!(&counted, &expected);
            let out = (0..seats.len()).filter(|i| {
                let aside = |member| account.aside.get(&(*i, member)) == Some(&true);
                aside(SeatMember::Holder) && (!deputies[*i] || aside(SeatMember::Deputy))
            });
            prop_assert_eq!(quorum.base, seats.len() - out.count());
            prop_assert_eq!(quorum.quorate, 2 * counted.len() > quorum.base && counted.len() >= 3 && quorum.groups >= 2);
            prop_assert!(!quorum.quorate || quorum.reachable);
        }
    }
}
