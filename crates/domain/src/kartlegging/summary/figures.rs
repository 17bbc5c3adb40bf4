//! Means, exact until the last step (K06).

use std::fmt;

use super::cell::Sums;
use crate::kartlegging::Period;

/// A figure with two decimals, exact: 3.42 is 342.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hundredths(i64);

impl Hundredths {
    /// The figure in hundredths.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// Rounds a fraction of tenths. A half goes away from nought, so that a gap and its opposite look alike.
    fn of_tenths(numerator: i128, denominator: i128) -> Self {
        let tenfold = numerator * 10;
        let (whole, rest) = (tenfold / denominator, tenfold % denominator);
        let up = if rest.abs() * 2 >= denominator { tenfold.signum() } else { 0 };
        Self(i64::try_from(whole + up).unwrap_or(i64::MAX))
    }
}

impl fmt::Display for Hundredths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let size = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", size / 100, size % 100)
    }
}

/// Means over people, each weighted by how many it stands for (K06).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Competence today.
    pub current: Hundredths,
    /// Competence needed.
    pub needed: Hundredths,
    /// Needed less current, rounded by itself: it may differ by 0.01 from the difference of the rounded means.
    pub gap: Hundredths,
}

/// How the means differ from those of an earlier period, each rounded by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Change {
    /// The period that is compared with.
    pub since: Period,
    /// By how much competence rose.
    pub current: Hundredths,
    /// By how much the need rose.
    pub needed: Hundredths,
    /// By how much the gap widened.
    pub gap: Hundredths,
}

impl Sums {
    /// The means; `None` where nobody is counted.
    pub fn figures(&self) -> Option<Figures> {
        let people = i128::from(self.respondents);
        (people > 0).then(|| Figures {
            current: Hundredths::of_tenths(self.current, people),
            needed: Hundredths::of_tenths(self.needed, people),
            gap: Hundredths::of_tenths(self.needed - self.current, people),
        })
    }

    /// The change from an earlier period; `None` where either has nobody.
    pub(super) fn change_from(&self, since: Period, earlier: &Self) -> Option<Change> {
        let (now, then) = (i128::from(self.respondents), i128::from(earlier.respondents));
        let between = |a: i128, b: i128| Hundredths::of_tenths(a * then - b * now, now * then);
        (now > 0 && then > 0).then(|| Change {
            since,
            current: between(self.current, earlier.current),
            needed: between(self.needed, earlier.needed),
            gap: between(self.needed - self.current, earlier.needed - earlier.current),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case(30, 1, "3.00")]
    #[case(100, 3, "3.33")]
    #[case(1, 20, "0.01")]
    #[case(1, 21, "0.00")]
    #[case(-1, 20, "-0.01")]
    #[case(-25, 2, "-1.25")]
    #[case(0, 7, "0.00")]
    fn a_half_goes_away_from_nought(#[case] tenths: i128, #[case] people: i128, #[case] expected: &str) {
        assert_eq!(Hundredths::of_tenths(tenths, people).to_string(), expected);
    }

    #[test]
    fn a_gap_is_needed_less_current_weighted_by_people() {
        // Ten people at 2.0 of 4.0, and thirty at 3.5 of 4.5.
        let sums = Sums { responses: 2, respondents: 40, current: 10 * 20 + 30 * 35, needed: 10 * 40 + 30 * 45 };
        let figures = sums.figures().unwrap();
        let told = [figures.current, figures.needed, figures.gap].map(|figure| figure.to_string());
        assert_eq!(told, ["3.13", "4.38", "1.25"]);
        assert_eq!(Sums::default().figures(), None);
    }

    proptest! {
        #[test]
        fn a_rounded_mean_is_the_nearest_one(tenths in -1_000_000..1_000_000_i128, people in 1..10_000_i128) {
            let rounded = i128::from(Hundredths::of_tenths(tenths, people).get());
            prop_assert!((rounded * people - tenths * 10).abs() * 2 <= people);
        }
    }
}
