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
