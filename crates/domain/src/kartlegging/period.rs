//! The period that a response speaks about: a year or half of one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// `2026` or `2026-H1`. Part of a response's natural key (K01): the year and its halves are different periods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: u16,
    half: Option<Half>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Half {
    First,
    Second,
}

/// A text that is no period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a period is a year from 2000 to 2099 such as 2026, or half of one such as 2026-H1 or 2026-H2")]
pub struct PeriodError;

impl Period {
    /// The calendar year.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// Whether it is half of a year.
    pub const fn is_half(self) -> bool {
        self.half.is_some()
    }

    /// Whether it begins no earlier than one period and ends no later than another: all of 2026 lies between 2026
    /// and 2026, and so do both its halves.
    pub fn lies_between(self, from: Option<Self>, to: Option<Self>) -> bool {
        from.is_none_or(|from| from.halves().0 <= self.halves().0)
            && to.is_none_or(|to| self.halves().1 <= to.halves().1)
    }

    /// Its first and its last half, counted through the years.
    fn halves(self) -> (u32, u32) {
        let first = u32::from(self.year) * 2;
        match self.half {
            None => (first, first + 1),
            Some(Half::First) => (first, first),
            Some(Half::Second) => (first + 1, first + 1),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, half) = match text.split_once('-') {
            None => (text, None),
            Some((year, "H1")) => (year, Some(Half::First)),
            Some((year, "H2")) => (year, Some(Half::Second)),
            Some(_) => return Err(PeriodError),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(PeriodError);
        }
        let year = year.parse().map_err(|_| PeriodError)?;
        if (2000..2100).contains(&year) { Ok(Self { year, half }) } else { Err(PeriodError) }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.half {
            None => write!(f, "{}", self.year),
            Some(Half::First) => write!(f, "{}-H1", self.year),
            Some(Half::Second) => write!(f, "{}-H2", self.year),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("2026")]
    #[case("2026-H1")]
    #[case("2099-H2")]
    fn years_and_halves_are_periods(#[case] text: &str) {
        assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
    }

    #[rstest]
    #[case("2026", None, None, true)]
    #[case("2026", Some("2026"), Some("2026"), true)]
    #[case("2026-H2", Some("2026"), Some("2026"), true)]
    #[case("2026", Some("2026-H2"), None, false)]
    #[case("2026", None, Some("2026-H1"), false)]
    #[case("2026-H1", Some("2025-H2"), Some("2026-H1"), true)]
    #[case("2025-H2", Some("2026"), None, false)]
    fn a_year_holds_its_halves(
        #[case] period: &str,
        #[case] from: Option<&str>,
        #[case] to: Option<&str>,
        #[case] expected: bool,
    ) {
        let read = |text: &str| text.parse::<Period>().unwrap();
        assert_eq!(read(period).lies_between(from.map(read), to.map(read)), expected);
    }

    #[rstest]
    #[case("")]
    #[case("26")]
    #[case("2026-H3")]
    #[case("2026-h1")]
    #[case("2026-1")]
    #[case("1999")]
    #[case("2100")]
    #[case("+026")]
    #[case("2026 ")]
    #[case("2026-H1-H2")]
    fn other_texts_are_not(#[case] text: &str) {
        assert_eq!(text.parse::<Period>(), Err(PeriodError));
    }
}
