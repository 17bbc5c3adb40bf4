//! One answer: published cells summed by one dimension, under filters.

use std::collections::BTreeMap;
use std::fmt;

use super::cell::{Cell, CellKey, Sums};
use super::figures::Change;
use super::publication::Publication;
use crate::kartlegging::{Period, RespondentGroup};
use crate::municipality::{CountyNumber, MunicipalityNumber};
use crate::organisations::UnitKind;

crate::codes! {
    /// What the lines of a summary are.
    Dimension {
        /// A line for each competence area, and for each indicator.
        Area = "area",
        /// A line for each kind of unit.
        UnitKind = "unit_kind",
        /// A line for each municipality.
        Municipality = "municipality",
        /// A line for each county.
        County = "county",
        /// A line for each period, with the change since the one before.
        Period = "period",
        /// A line for each respondent group.
        RespondentGroup = "respondent_group",
    }
}

/// The periods that an answer speaks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// One alone.
    One(Period),
    /// Those that lie wholly between the two.
    Between {
        /// From the beginning of this one on.
        from: Option<Period>,
        /// Until the end of this one.
        to: Option<Period>,
    },
}

/// What is asked of the cells of one instrument. Filters keep or drop whole cells, so none is finer than a cell (K05).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What the lines are.
    pub by: Dimension,
    /// The periods.
    pub span: Span,
    /// Only units in this county.
    pub county: Option<CountyNumber>,
    /// Only units in one of these municipalities; in any, where there is none.
    pub municipalities: Vec<MunicipalityNumber>,
    /// Only units of this kind.
    pub unit_kind: Option<UnitKind>,
    /// Only what is asked about under one of these codes, of areas and of indicators; under any, where there is `None`.
    pub areas: Option<Vec<String>>,
    /// Only answers of this group.
    pub group: Option<RespondentGroup>,
}

/// A line of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The code of what it is about: an area or indicator, a municipality number, a period.
    pub key: String,
    /// The sums of the cells that it counts.
    pub sums: Sums,
    /// How many cells it counts.
    pub counted: i64,
    /// How many cells it leaves out (K05).
    pub left_out: i64,
    /// By period: the change since the period before, of the same length, that has figures.
    pub change: Option<Change>,
}

/// An answer as it comes about.
#[derive(Debug)]
pub struct Answer<'q> {
    question: &'q Question,
    suppress_below: i64,
    lines: BTreeMap<Key, Line>,
}

impl<'q> Answer<'q> {
    /// The answer to a question about the cells of one instrument, as yet of none.
    pub fn to(question: &'q Question, suppress_below: i64) -> Self {
        Self { question, suppress_below, lines: BTreeMap::new() }
    }

    /// Adds cells. Those of a year and of its halves come together, since [`Publication::of`] holds them against each
    /// other; there may be cells among them that are not asked for.
    pub fn add(&mut self, cells: &[Cell]) {
        let publication = Publication::of(cells, self.suppress_below);
        for cell in cells.iter().filter(|cell| self.question.asks_for(&cell.key)) {
            let key = Key::of(self.question.by, &cell.key);
            let line = self.lines.entry(key).or_insert_with_key(Line::empty);
            if publication.holds(cell) {
                line.sums += cell.sums;
                line.counted += 1;
            } else {
                line.left_out += 1;
            }
        }
    }

    /// The lines, in the order of what they are about.
    pub fn into_lines(mut self) -> Vec<Line> {
        compare_periods(&mut self.lines);
        self.lines.into_values().collect()
    }
}

impl Question {
    fn asks_for(&self, key: &CellKey) -> bool {
        let within = match self.span {
            Span::One(period) => key.period == period,
            Span::Between { from, to } => key.period.lies_between(from, to),
        };
        within
            && self.county.as_ref().is_none_or(|county| key.municipality.lies_in(county))
            && (self.municipalities.is_empty() || self.municipalities.contains(&key.municipality))
            && self.unit_kind.is_none_or(|kind| kind == key.unit_kind)
            && self.areas.as_ref().is_none_or(|areas| areas.contains(&key.area))
            && self.group.is_none_or(|group| group == key.group)
    }
}

/// What a line is about; lines stand in this order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Area(String),
    UnitKind(UnitKind),
    Municipality(MunicipalityNumber),
    County(CountyNumber),
    Period(Period),
    RespondentGroup(RespondentGroup),
}

impl Key {
    fn of(by: Dimension, key: &CellKey) -> Self {
        match by {
            Dimension::Area => Self::Area(key.area.clone()),
            Dimension::UnitKind => Self::UnitKind(key.unit_kind),
            Dimension::Municipality => Self::Municipality(key.municipality.clone()),
            Dimension::County => Self::County(key.municipality.county()),
            Dimension::Period => Self::Period(key.period),
            Dimension::RespondentGroup => Self::RespondentGroup(key.group),
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Area(code) => f.write_str(code),
            Self::UnitKind(kind) => kind.fmt(f),
            Self::Municipality(number) => number.fmt(f),
            Self::County(number) => number.fmt(f),
            Self::Period(period) => period.fmt(f),
            Self::RespondentGroup(group) => group.fmt(f),
        }
    }
}

impl Line {
    fn empty(key: &Key) -> Self {
        Self { key: key.to_string(), sums: Sums::default(), counted: 0, left_out: 0, change: None }
    }
}

/// Holds each period against the last one before it of the same length that has figures: a year against a year, a
/// half against a half.
fn compare_periods(lines: &mut BTreeMap<Key, Line>) {
    let mut before: [Option<(Period, Sums)>; 2] = [None, None];
    for (key, line) in lines.iter_mut() {
        let Key::Period(period) = key else { return };
        if line.counted > 0 {
            let last = &mut before[usize::from(period.is_half())];
            line.change = last.and_then(|(since, earlier)| line.sums.change_from(since, &earlier));
            *last = Some((*period, line.sums));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::world::{answer, cell, everything};
    use super::*;
    use rstest::rstest;

    /// Everything that is told of a line: key, respondents, current, counted, left out.
    fn told(lines: &[Line]) -> Vec<String> {
        let of = |line: &Line| {
            let current = line.sums.figures().map_or("-".to_owned(), |figures| figures.current.to_string());
            format!("{} {} {current} {} {}", line.key, line.sums.respondents, line.counted, line.left_out)
        };
        lines.iter().map(of).collect()
    }

    fn at(level: i128, mut cell: Cell) -> Cell {
        cell.sums.current = level * i128::from(cell.sums.respondents);
        cell
    }

    fn some_cells() -> Vec<Cell> {
        vec![
            at(20, cell("4601", "leaders", "2026", 10)),
            at(40, cell("4631", "leaders", "2026", 30)),
            at(50, cell("4631", "assistants", "2026", 4)),
            at(30, cell("0301", "all", "2026", 5)),
            at(10, cell("0301", "all", "2025", 20)),
        ]
    }

    #[rstest]
    #[case(Dimension::Municipality, &["0301 5 3.00 1 0", "4601 10 2.00 1 0", "4631 30 4.00 1 1"])]
    #[case(Dimension::County, &["03 5 3.00 1 0", "46 40 3.50 2 1"])]
    #[case(Dimension::RespondentGroup, &["leaders 40 3.50 2 0", "assistants 0 - 0 1", "all 5 3.00 1 0"])]
    #[case(Dimension::Area, &["vision 45 3.44 3 1"])]
    #[case(Dimension::UnitKind, &["school 45 3.44 3 1"])]
    #[case(Dimension::Period, &["2026 45 3.44 3 1"])]
    fn lines_sum_what_is_published_and_count_the_rest(#[case] by: Dimension, #[case] expected: &[&str]) {
        let question = Question { span: Span::One("2026".parse().unwrap()), ..everything(by) };
        assert_eq!(told(&answer(&some_cells(), &question, 5)), expected);
    }

    #[test]
    fn filters_drop_whole_cells() {
        let in_vestland = Question { county: Some("46".parse().unwrap()), ..everything(Dimension::Period) };
        assert_eq!(told(&answer(&some_cells(), &in_vestland, 5)), ["2026 40 3.50 2 1"]);
        let leaders = Question { group: Some(RespondentGroup::Assistants), ..everything(Dimension::Area) };
        assert_eq!(told(&answer(&some_cells(), &leaders, 5)), ["vision 0 - 0 1"]);
        let two = ["4601", "0301"].map(|number| number.parse().unwrap()).to_vec();
        let two = Question { municipalities: two, ..everything(Dimension::Municipality) };
        assert_eq!(told(&answer(&some_cells(), &two, 5)), ["0301 25 1.40 2 0", "4601 10 2.00 1 0"]);
        let other_area = Question { areas: Some(vec!["hearing".to_owned()]), ..everything(Dimension::Area) };
        assert_eq!(told(&answer(&some_cells(), &other_area, 5)), [""; 0]);
    }

    #[test]
    fn a_period_is_held_against_the_last_of_its_length_that_has_figures() {
        let cells = [
            at(20, cell("4601", "leaders", "2023", 10)),
            at(25, cell("4601", "leaders", "2024-H1", 10)),
            at(50, cell("4601", "leaders", "2024-H2", 3)),
            at(30, cell("4601", "leaders", "2025", 10)),
            at(35, cell("4601", "leaders", "2026-H1", 10)),
        ];
        let lines = answer(&cells, &everything(Dimension::Period), 5);
        let change = |line: &Line| line.change.map(|change| (change.since.to_string(), change.current.to_string()));
        let told: Vec<_> = lines.iter().map(|line| (line.key.as_str(), change(line))).collect();
        let since = |period: &str, by: &str| Some((period.to_owned(), by.to_owned()));
        assert_eq!(
            told,
            [
                ("2023", None),
                ("2024-H1", None),
                ("2024-H2", None),
                ("2025", since("2023", "1.00")),
                ("2026-H1", since("2024-H1", "1.00")),
            ]
        );
    }
}
