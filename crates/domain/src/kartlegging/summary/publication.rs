//! Which cells are published (K05).

use std::collections::HashSet;

use super::cell::{Cell, CellKey};
use crate::kartlegging::Period;
use crate::municipality::MunicipalityNumber;
use crate::organisations::UnitKind;

/// Decides for each cell by itself whether it is published. The decision does not depend on what is asked for, so
/// that all answers are sums over the same cells.
#[derive(Debug, Clone)]
pub struct Publication<'a> {
    suppress_below: i64,
    told_by_halves: HashSet<Year<'a>>,
}

/// A year at the places of a municipality.
type Year<'a> = (&'a MunicipalityNumber, UnitKind, &'a str, u16);

impl<'a> Publication<'a> {
    /// The rule over these cells. With a cell of a year they must hold the cells of its halves, of every respondent
    /// group, for the same municipality, kind and area.
    pub fn of(cells: &'a [Cell], suppress_below: i64) -> Self {
        let any_year = cells.iter().any(|cell| !cell.key.period.is_half());
        let halves = cells.iter().filter(|cell| any_year && cell.key.period.is_half());
        Self { suppress_below, told_by_halves: halves.map(|cell| year(&cell.key)).collect() }
    }

    /// Whether a cell is published: enough people answered, and it is no year that is told by its halves as well. A
    /// year less one half would be the other half, which may be too small itself.
    pub fn holds(&self, cell: &'a Cell) -> bool {
        let told_twice = !cell.key.period.is_half() && self.told_by_halves.contains(&year(&cell.key));
        cell.sums.respondents >= self.suppress_below && !told_twice
    }
}

fn year(key: &CellKey) -> Year<'_> {
    (&key.municipality, key.unit_kind, &key.area, Period::year(key.period))
}

#[cfg(test)]
mod tests {
    use super::super::world::cell;
    use super::*;

    fn published(cells: &[Cell]) -> Vec<bool> {
        let publication = Publication::of(cells, 5);
        cells.iter().map(|cell| publication.holds(cell)).collect()
    }

    #[test]
    fn a_cell_is_published_from_the_threshold_on() {
        assert_eq!(published(&[cell("4601", "leaders", "2026", 4), cell("4601", "all", "2026", 5)]), [false, true]);
    }

    #[test]
    fn a_year_gives_way_to_its_halves_whoever_answered_them() {
        let cells = [
            cell("4601", "leaders", "2026", 40),
            cell("4601", "assistants", "2026-H2", 2),
            cell("4601", "leaders", "2025", 40),
            cell("4631", "leaders", "2026", 40),
        ];
        assert_eq!(published(&cells), [false, false, true, true]);
    }
}
