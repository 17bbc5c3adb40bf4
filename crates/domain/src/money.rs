//! Money: whole Norwegian kroner, exact, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Whole Norwegian kroner. May be negative only as a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Nok(i64);

impl Nok {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount that one field takes: a hundred billion kroner, far above any national frame and far
    /// below where sums could overflow.
    pub const MAX: Self = Self(100_000_000_000);

    /// So many whole kroner.
    pub const fn new(kroner: i64) -> Self {
        Self(kroner)
    }

    /// The number of whole kroner.
    pub const fn kroner(self) -> i64 {
        self.0
    }

    /// The sum, or `None` where it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// What is left after taking `other` away; negative where it was more.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// The largest whole-krone amount that is at most `percent` per cent of this one.
    #[must_use]
    pub fn percent_floor(self, percent: u32) -> Self {
        let share = i128::from(self.0) * i128::from(percent) / 100;
        Self(i64::try_from(share).expect("a share of an i64 fits an i64 for percentages up to 100"))
    }

    /// The exact sum of many amounts, or `None` where it does not fit.
    pub fn total(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// Splits this amount by weights so that the parts sum exactly to it (G04): every part gets its rounded-down
    /// share, and the kroner left over go to the largest remainders; equal remainders go to the earlier part,
    /// so callers order the parts by rank, then reference.
    ///
    /// All weights zero gives everything to the first part; no weights gives no parts.
    pub fn split_by_largest_remainder(self, weights: &[u64]) -> Vec<Self> {
        if weights.is_empty() {
            return Vec::new();
        }
        let sum: u128 = weights.iter().map(|w| u128::from(*w)).sum();
        let Some(whole) = u128::try_from(self.0).ok().filter(|_| sum > 0) else {
            let mut parts = vec![Self::ZERO; weights.len()];
            parts[0] = self;
            return parts;
        };
        let shares: Vec<(u128, u128)> =
            weights.iter().map(|w| (whole * u128::from(*w) / sum, whole * u128::from(*w) % sum)).collect();
        let given: u128 = shares.iter().map(|(share, _)| share).sum();
        let left_over = usize::try_from(whole - given).expect("fewer kroner are left over than there are parts");
        let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
        by_remainder.sort_by_key(|i| (std::cmp::Reverse(shares[*i].1), *i));
        let mut parts: Vec<u128> = shares.iter().map(|(share, _)| *share).collect();
        for i in by_remainder.into_iter().take(left_over) {
            parts[i] += 1;
        }
        parts.into_iter().map(|p| Self(i64::try_from(p).expect("a part is at most the whole"))).collect()
    }
}

impl fmt::Display for Nok {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ties_go_to_the_earlier_part() {
        let parts = Nok::new(100).split_by_largest_remainder(&[1, 1, 1]);
        assert_eq!(parts, [Nok::new(34), Nok::new(33), Nok::new(33)]);
    }

    #[test]
    fn percent_rounds_down() {
        assert_eq!(Nok::new(999).percent_floor(10), Nok::new(99));
    }

    proptest! {
        #[test]
        fn parts_sum_exactly(total in 0_i64..=100_000_000_000, weights in prop::collection::vec(0_u64..1_000_000, 1..20)) {
            let parts = Nok::new(total).split_by_largest_remainder(&weights);
            prop_assert_eq!(Nok::total(parts.iter().copied()), Some(Nok::new(total)));
        }

        #[test]
        fn no_part_strays_a_krone_from_its_share(total in 0_i64..1_000_000_000, weights in prop::collection::vec(1_u64..1_000, 1..10)) {
            let sum: u64 = weights.iter().sum();
            for (part, weight) in Nok::new(total).split_by_largest_remainder(&weights).iter().zip(&weights) {
                let share = i128::from(total) * i128::from(*weight) / i128::from(sum);
                let difference = i128::from(part.kroner()) - share;
                prop_assert!((0..=1).contains(&difference));
            }
        }
    }
}
