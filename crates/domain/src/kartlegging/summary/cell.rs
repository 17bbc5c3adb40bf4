//! The finest cell: nothing finer is ever published (K05).

use std::ops::AddAssign;

use crate::kartlegging::{Period, RespondentGroup};
use crate::municipality::MunicipalityNumber;
use crate::organisations::UnitKind;

/// What a cell speaks about, within one instrument. Figures of two instruments are never added up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    /// Where the units lie.
    pub municipality: MunicipalityNumber,
    /// Of what kind they are.
    pub unit_kind: UnitKind,
    /// The competence area or indicator.
    pub area: String,
    /// Who answered.
    pub group: RespondentGroup,
    /// The period.
    pub period: Period,
}

/// A finest cell with what was answered in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What it speaks about.
    pub key: CellKey,
    /// What was answered.
    pub sums: Sums,
}

/// Responses added up, exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many responses.
    pub responses: i64,
    /// How many people they are the means of.
    pub respondents: i64,
    /// Competence today in tenths, times respondents.
    pub current: i128,
    /// Competence needed in tenths, times respondents.
    pub needed: i128,
}

impl AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.responses += other.responses;
        self.respondents += other.respondents;
        self.current += other.current;
        self.needed += other.needed;
    }
}

/// Whether a response counts in its cell. `all` counts only for a unit that does not tell groups apart, for the same
/// area and period: so nobody counts twice, and there is no `all` from which the published groups of a unit could be
/// subtracted to find the group that was left out (K05).
pub fn is_counted(group: RespondentGroup, unit_tells_groups_apart: bool) -> bool {
    group != RespondentGroup::All || !unit_tells_groups_apart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_together_counts_only_where_groups_are_not_told_apart() {
        assert!(is_counted(RespondentGroup::All, false));
        assert!(!is_counted(RespondentGroup::All, true));
        assert!(is_counted(RespondentGroup::Leaders, true));
    }
}
