//! Small worlds for tests: units, what they answered, and the cells that come of it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::about::areas_asked_for;
use super::answer::{Answer, Dimension, Line, Question, Span};
use super::cell::{Cell, CellKey, Sums};
use crate::kartlegging::instrument::tests::{labels, small};
use crate::kartlegging::{Indicator, Instrument, Period, RespondentGroup};
use crate::organisations::UnitKind;

/// A cell of schools about sight, in which everybody answered nought.
pub(super) fn cell(municipality: &str, group: &str, period: &str, respondents: i64) -> Cell {
    let key = CellKey {
        municipality: municipality.parse().unwrap(),
        unit_kind: UnitKind::School,
        area: "vision".to_owned(),
        group: group.parse().unwrap(),
        period: period.parse().unwrap(),
    };
    Cell { key, sums: Sums { responses: 1, respondents, ..Sums::default() } }
}

/// The answer to a question, of all cells at once.
pub(super) fn answer(cells: &[Cell], question: &Question, suppress_below: i64) -> Vec<Line> {
    let mut answer = Answer::to(question, suppress_below);
    answer.add(cells);
    answer.into_lines()
}

/// A question without filters.
pub(super) fn everything(by: Dimension) -> Question {
    Question {
        by,
        span: Span::Between { from: None, to: None },
        county: None,
        municipalities: Vec::new(),
        unit_kind: None,
        areas: None,
        group: None,
    }
}

/// Where the units of a world lie, and of what kind they are. Two lie side by side.
pub(super) const UNITS: [(&str, UnitKind); 5] = [
    ("4601", UnitKind::School),
    ("4601", UnitKind::School),
    ("4601", UnitKind::Kindergarten),
    ("4631", UnitKind::School),
    ("0301", UnitKind::School),
];
/// What is asked about: two areas, and an indicator.
pub(super) const ASKED: [&str; 3] = ["vision", "hearing", "common_time"];
pub(super) const GROUPS: [RespondentGroup; 3] =
    [RespondentGroup::Leaders, RespondentGroup::Assistants, RespondentGroup::All];
pub(super) const PERIODS: [&str; 4] = ["2025", "2026", "2026-H1", "2026-H2"];

/// Where a response belongs: positions in the four lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Spot {
    pub unit: usize,
    pub area: usize,
    pub group: usize,
    pub period: usize,
}

/// What was answered: how many people by spot.
#[derive(Debug, Clone, Default)]
pub(super) struct World(pub BTreeMap<Spot, i64>);

/// A cell and the responses that it is the sum of, by their position in the world.
pub(super) struct Rolled {
    pub cell: Cell,
    pub members: Vec<usize>,
}

impl World {
    /// A world in which what is told twice agrees: everybody together are the groups, and a year is its halves.
    pub(super) fn agreeing(spots: BTreeMap<Spot, i64>) -> Self {
        let mut world = Self(spots);
        let places: BTreeSet<(usize, usize)> = world.0.keys().map(|spot| (spot.unit, spot.area)).collect();
        for (unit, area) in places {
            let spot = |group, period| Spot { unit, area, group, period };
            for period in [2, 3, 0, 1] {
                let groups: i64 = (0..2).filter_map(|group| world.0.get(&spot(group, period))).sum();
                if groups > 0 {
                    world.0.entry(spot(2, period)).and_modify(|people| *people = groups);
                }
            }
            for group in 0..3 {
                let halves: Vec<i64> = [2, 3].iter().filter_map(|p| world.0.get(&spot(group, *p)).copied()).collect();
                if halves.len() == 2 {
                    world.0.entry(spot(group, 1)).and_modify(|people| *people = halves.iter().sum());
                }
            }
        }
        world
    }

    /// The cells, by the rule that decides which responses count, and what they are made of.
    pub(super) fn rolled_up(&self, is_counted: fn(RespondentGroup, bool) -> bool) -> Vec<Rolled> {
        let mut cells: BTreeMap<CellKey, Rolled> = BTreeMap::new();
        for (member, (spot, people)) in self.0.iter().enumerate() {
            let apart = (0..2).any(|group| self.0.contains_key(&Spot { group, ..*spot }));
            if !is_counted(GROUPS[spot.group], apart) {
                continue;
            }
            let key = spot.cell();
            let rolled = cells
                .entry(key.clone())
                .or_insert_with(|| Rolled { cell: Cell { key, sums: Sums::default() }, members: Vec::new() });
            rolled.cell.sums += Sums { responses: 1, respondents: *people, ..Sums::default() };
            rolled.members.push(member);
        }
        cells.into_values().collect()
    }
}

impl Spot {
    fn cell(self) -> CellKey {
        let (municipality, unit_kind) = UNITS[self.unit];
        CellKey {
            municipality: municipality.parse().unwrap(),
            unit_kind,
            area: ASKED[self.area].to_owned(),
            group: GROUPS[self.group],
            period: PERIODS[self.period].parse().unwrap(),
        }
    }
}

/// The instrument that the units of a world answer.
pub(super) fn instrument() -> Instrument {
    let [areas @ .., indicator] = ASKED.map(str::to_owned);
    let indicators = vec![Indicator { code: indicator, label: labels("Tid til felles arbeid") }];
    Instrument { areas: areas.to_vec(), indicators, ..small() }
}

/// Every question that a summary can be asked: all dimensions under all filters.
pub(super) fn every_question() -> Vec<Question> {
    let period = |text: &str| text.parse::<Period>().unwrap();
    let mut spans: Vec<Span> = PERIODS.map(|text| Span::One(period(text))).to_vec();
    spans.push(Span::Between { from: None, to: None });
    spans.push(Span::Between { from: Some(period("2026")), to: None });
    spans.push(Span::Between { from: None, to: Some(period("2026-H1")) });
    let places = [None, Some("46"), Some("4601"), Some("4631"), Some("0301")];
    let instrument = instrument();
    let mut questions = Vec::new();
    for by in Dimension::ALL {
        for span in &spans {
            for place in places {
                for unit_kind in or_none([UnitKind::School, UnitKind::Kindergarten]) {
                    for area in or_none(ASKED) {
                        for group in or_none(GROUPS) {
                            let mut question = Question { span: *span, unit_kind, group, ..everything(*by) };
                            question.areas = areas_asked_for(&instrument, *by, area);
                            question.county = place.and_then(|number| number.parse().ok());
                            question.municipalities = place.iter().filter_map(|number| number.parse().ok()).collect();
                            questions.push(question);
                        }
                    }
                }
            }
        }
    }
    questions
}

fn or_none<T: Clone>(values: impl IntoIterator<Item = T>) -> Vec<Option<T>> {
    std::iter::once(None).chain(values.into_iter().map(Some)).collect()
}

/// Worlds with up to forty responses of one to eight people.
pub(super) fn worlds() -> impl Strategy<Value = World> {
    let spot = (0..UNITS.len(), 0..ASKED.len(), 0..GROUPS.len(), 0..PERIODS.len())
        .prop_map(|(unit, area, group, period)| Spot { unit, area, group, period });
    proptest::collection::btree_map(spot, 1..9_i64, 1..40).prop_map(World::agreeing)
}
