//! Proof that all answers together tell nothing of a cell that was left out (K05).
//!
//! The attacker has every published sum, knows which responses it is the sum of, and knows that everybody together
//! are the groups and a year is its halves wherever both were sent. All of that are linear equations in what the
//! units answered. What a small cell or a small response says is found out exactly where its own equation follows
//! from those, that is, where it lies in the space that their rows span; which elimination decides.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::answer::Question;
use super::cell::{Cell, is_counted};
use super::publication::Publication;
use super::world::{ASKED, GROUPS, Rolled, Spot, World, answer, every_question, worlds};

const SUPPRESS_BELOW: i64 = 5;

/// An equation's coefficients, modulo a prime.
type Row = Vec<u64>;
const PRIME: u64 = (1 << 61) - 1;

fn times(a: u64, b: u64) -> u64 {
    u64::try_from(u128::from(a) * u128::from(b) % u128::from(PRIME)).unwrap()
}

fn inverse(of: u64) -> u64 {
    let (mut result, mut base, mut exponent) = (1, of, PRIME - 2);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = times(result, base);
        }
        base = times(base, base);
        exponent >>= 1;
    }
    result
}

/// The space that equations span, as rows that each begin with a 1 where no other begins.
#[derive(Default)]
struct Span(Vec<(usize, Row)>);

impl Span {
    /// What is left of an equation when those of the space are taken off.
    fn rest_of(&self, mut row: Row) -> Row {
        for (lead, known) in &self.0 {
            let factor = row[*lead];
            if factor != 0 {
                for (mine, theirs) in row.iter_mut().zip(known) {
                    *mine = (*mine + PRIME - times(factor, *theirs)) % PRIME;
                }
            }
        }
        row
    }

    fn add(&mut self, row: Row) {
        let row = self.rest_of(row);
        if let Some(lead) = row.iter().position(|coefficient| *coefficient != 0) {
            let factor = inverse(row[lead]);
            self.0.push((lead, row.into_iter().map(|coefficient| times(coefficient, factor)).collect()));
        }
    }

    fn holds(&self, row: Row) -> bool {
        self.rest_of(row).iter().all(|coefficient| *coefficient == 0)
    }
}

/// An equation with +1 for some unknowns and -1 for others.
fn row(len: usize, plus: &[usize], minus: &[usize]) -> Row {
    let mut row = vec![0; len];
    for (unknowns, coefficient) in [(plus, 1), (minus, PRIME - 1)] {
        for unknown in unknowns {
            row[*unknown] = (row[*unknown] + coefficient) % PRIME;
        }
    }
    row
}

/// A way to publish: the sums of `current` that cells are told by.
type Way = fn(&[Cell], &Question) -> Vec<i128>;

fn ours(cells: &[Cell], question: &Question) -> Vec<i128> {
    answer(cells, question, SUPPRESS_BELOW).iter().map(|line| line.sums.current).collect()
}

/// Which cells each published sum is made of. Cell `n` holds the `n`th power of four, so that the digits of a sum
/// tell how often it counts which cell.
fn published(rolled: &[Rolled], way: Way) -> BTreeSet<Vec<usize>> {
    let power = |(n, rolled): (usize, &Rolled)| {
        let mut cell = rolled.cell.clone();
        cell.sums.current = 1 << (2 * n);
        cell
    };
    let cells: Vec<Cell> = rolled.iter().enumerate().map(power).collect();
    let sums: BTreeSet<i128> = every_question().iter().flat_map(|question| way(&cells, question)).collect();
    let digits = |sum: i128| {
        let times = |n: usize| sum >> (2 * n) & 3;
        assert!((0..cells.len()).all(|n| times(n) <= 1), "a cell counts twice in {sum:x}");
        (0..cells.len()).filter(|n| times(*n) == 1).collect()
    };
    sums.into_iter().map(digits).collect()
}

/// The responses of a unit about an area in a period: everybody together where that was sent, else the groups.
fn total(world: &World, spot: Spot) -> Vec<Spot> {
    let there = |group| Some(Spot { group, ..spot }).filter(|spot| world.0.contains_key(spot));
    there(2).map_or_else(|| (0..2).filter_map(there).collect(), |all| vec![all])
}

/// What everybody knows: groups add up to everybody together, halves to years, wherever the numbers of people do.
fn relations(world: &World) -> Vec<(Vec<Spot>, Vec<Spot>)> {
    let mut relations = Vec::new();
    for spot in world.0.keys() {
        let groups: Vec<Spot> =
            (0..2).map(|group| Spot { group, ..*spot }).filter(|one| world.0.contains_key(one)).collect();
        if spot.group == 2 && !groups.is_empty() {
            relations.push((vec![*spot], groups));
        }
        if spot.period == 1 {
            let [first, second] = [2, 3].map(|period| Spot { period, ..*spot });
            if world.0.contains_key(&first) && world.0.contains_key(&second) {
                relations.push((vec![*spot], vec![first, second]));
            }
            let halves = [total(world, first), total(world, second)];
            if halves.iter().all(|half| !half.is_empty()) {
                relations.push((total(world, *spot), halves.concat()));
            }
        }
    }
    let people = |spots: &[Spot]| spots.iter().map(|spot| world.0[spot]).sum::<i64>();
    relations.retain(|(one, other)| people(one) == people(other));
    relations
}

/// A small cell or response that the attacker finds out, if there is one.
fn leak(world: &World, rolled: &[Rolled], way: Way) -> Option<String> {
    let len = world.0.len();
    let members = |cells: &[usize]| -> Vec<usize> { cells.iter().flat_map(|n| rolled[*n].members.clone()).collect() };
    let position = |spots: &[Spot]| -> Vec<usize> {
        spots.iter().map(|spot| world.0.keys().position(|one| one == spot).unwrap()).collect()
    };
    let mut known = Span::default();
    for cells in published(rolled, way) {
        known.add(row(len, &members(&cells), &[]));
    }
    for (one, other) in relations(world) {
        known.add(row(len, &position(&one), &position(&other)));
    }
    let small_cells = rolled.iter().filter(|rolled| rolled.cell.sums.respondents < SUPPRESS_BELOW);
    let small_responses = world.0.iter().enumerate().filter(|(_, (_, people))| **people < SUPPRESS_BELOW);
    let targets = small_cells
        .map(|rolled| (format!("{:?}", rolled.cell.key), rolled.members.clone()))
        .chain(small_responses.map(|(n, (spot, _))| (format!("{spot:?}"), vec![n])));
    targets.into_iter().find(|(_, members)| known.holds(row(len, members, &[]))).map(|(name, _)| name)
}

/// A world of one school: its leaders, its assistants and everybody together, of one period.
fn one_school(period: usize, people: [(usize, i64); 3]) -> World {
    let spot = |group| Spot { unit: 0, area: 0, group, period };
    World::agreeing(people.into_iter().filter(|(_, n)| *n > 0).map(|(group, n)| (spot(group), n)).collect())
}

/// The mistake that the rule is there to prevent: the number of people is held against the sum, not against cells.
fn by_the_sum(cells: &[Cell], question: &Question) -> Vec<i128> {
    let lines = answer(cells, question, 0);
    lines.iter().filter(|line| line.sums.respondents >= SUPPRESS_BELOW).map(|line| line.sums.current).collect()
}

#[test]
fn the_attacker_finds_what_a_threshold_on_sums_gives_away() {
    let world = one_school(0, [(0, 10), (1, 2), (2, 0)]);
    let rolled = world.rolled_up(is_counted);
    assert!(leak(&world, &rolled, by_the_sum).is_some_and(|cell| cell.contains("Assistants")));
    assert_eq!(leak(&world, &rolled, ours), None);
}

#[test]
fn the_attacker_finds_what_it_gives_away_of_an_indicator_too() {
    let spot = |group| Spot { unit: 0, area: 2, group, period: 0 };
    let world = World::agreeing([(spot(0), 10), (spot(1), 2)].into());
    let rolled = world.rolled_up(is_counted);
    assert!(leak(&world, &rolled, by_the_sum).is_some_and(|cell| cell.contains("common_time")));
    assert_eq!(leak(&world, &rolled, ours), None);
}

#[test]
fn the_attacker_subtracts_groups_from_everybody_where_both_count() {
    let world = one_school(0, [(0, 10), (1, 2), (2, 12)]);
    assert!(leak(&world, &world.rolled_up(|_, _| true), ours).is_some_and(|cell| cell.contains("Assistants")));
    assert_eq!(leak(&world, &world.rolled_up(is_counted), ours), None);
}

#[test]
fn the_attacker_subtracts_a_half_from_its_year_where_both_are_published() {
    fn large_enough(cells: &[Cell], _: &Question) -> Vec<i128> {
        let enough = cells.iter().filter(|cell| cell.sums.respondents >= SUPPRESS_BELOW);
        enough.map(|cell| cell.sums.current).collect()
    }
    let spot = |period| Spot { unit: 0, area: 0, group: 0, period };
    let world = World::agreeing([(spot(1), 9), (spot(2), 7), (spot(3), 2)].into());
    let rolled = world.rolled_up(is_counted);
    assert!(leak(&world, &rolled, large_enough).is_some());
    assert_eq!(leak(&world, &rolled, ours), None);
}

#[test]
fn worlds_have_what_the_proof_is_about() {
    let questions = every_question();
    assert!(questions.len() > 1000 && GROUPS.len() == 3);
    let asks = |codes: &[&str]| questions.iter().any(|it| it.areas.as_deref().is_some_and(|areas| areas == codes));
    assert!(asks(&ASKED[..2]) && asks(&ASKED[2..]), "the areas together, and the indicator by itself");
    let world = one_school(1, [(0, 10), (1, 7), (2, 3)]);
    assert_eq!(world.0.values().collect::<Vec<_>>(), [&10, &7, &17], "everybody together are the groups");
    assert_eq!(relations(&world).len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn all_answers_together_tell_no_small_cell(world in worlds()) {
        let found = leak(&world, &world.rolled_up(is_counted), ours);
        prop_assert!(found.is_none(), "{found:?}");
    }

    #[test]
    fn what_is_left_out_says_changes_no_answer(world in worlds(), levels in proptest::collection::vec(10..51_i128, 40)) {
        let plain: Vec<Cell> = world.rolled_up(is_counted).into_iter().map(|rolled| rolled.cell).collect();
        let publication = Publication::of(&plain, SUPPRESS_BELOW);
        let changed = plain.iter().zip(&levels).map(|(cell, level)| {
            let mut other = cell.clone();
            if !publication.holds(cell) {
                other.sums.current = level * i128::from(cell.sums.respondents);
                other.sums.needed = 50 * i128::from(cell.sums.respondents);
            }
            other
        });
        let changed: Vec<Cell> = changed.collect();
        for question in every_question() {
            prop_assert_eq!(answer(&plain, &question, SUPPRESS_BELOW), answer(&changed, &question, SUPPRESS_BELOW));
        }
    }
}
