//! A response: what one respondent group of one unit says about one area.

use std::fmt;

use thiserror::Error;

use super::batch::Outcome;
use super::fault::FaultCode;
use super::places::Place;

crate::codes! {
    /// Who answered.
    RespondentGroup {
        /// Leaders of the unit.
        Leaders = "leaders",
        /// Teachers and pedagogical leaders.
        PedagogicalStaff = "pedagogical_staff",
        /// Assistants and skilled workers.
        Assistants = "assistants",
        /// PPT and other support services.
        SupportService = "support_service",
        /// Everybody together, where groups are not told apart.
        All = "all",
    }
}

/// A level of competence in tenths, exact: 3.4 is 34. A row is the mean of its respondents, so one decimal is
/// kept; more would claim a precision that nobody measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Level(i64);

/// Why a text is no level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum LevelError {
    /// Not plain digits with a full stop: letters, exponents, NaN, infinities.
    #[error("a level is a plain number such as 3 or 3.5")]
    NotANumber,
    /// Written with a decimal comma.
    #[error("a level is written with a full stop: 3.5, not 3,5")]
    DecimalComma,
    /// More than one decimal.
    #[error("a level has at most one decimal")]
    TooManyDecimals,
}

impl Level {
    /// A level from its tenths.
    pub const fn from_tenths(tenths: i64) -> Self {
        Self(tenths)
    }

    /// The level in tenths.
    pub const fn tenths(self) -> i64 {
        self.0
    }

    /// Reads `3`, `3.5` or `3.50`. A minus sign is read too, so that a negative number is told to be outside the
    /// scale rather than to be no number.
    pub fn parse(text: &str) -> Result<Self, LevelError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if let Some((whole, decimals)) = digits.split_once(',') {
            let comma_alone_is_wrong = is_digits(whole) && is_digits(decimals);
            return Err(if comma_alone_is_wrong { LevelError::DecimalComma } else { LevelError::NotANumber });
        }
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        if !is_digits(whole) || !is_digits(decimals) || whole.len() > 9 {
            return Err(LevelError::NotANumber);
        }
        let (tenth, rest) = decimals.split_at(1);
        if rest.bytes().any(|b| b != b'0') {
            return Err(LevelError::TooManyDecimals);
        }
        let number = |digits: &str| digits.parse::<i64>().map_err(|_| LevelError::NotANumber);
        let tenths = number(whole)? * 10 + number(tenth)?;
        Ok(Self(if negative { -tenths } else { tenths }))
    }
}

pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 % 10 {
            0 => write!(f, "{}", self.0 / 10),
            tenth => write!(f, "{}.{tenth}", self.0 / 10),
        }
    }
}

/// What a response says, apart from where it belongs (K02).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Values<'a> {
    /// Competence today.
    pub current: Level,
    /// Competence needed.
    pub needed: Level,
    /// How many people it is the mean of, at least 1.
    pub respondents: i64,
    /// A remark, without identity numbers (N15).
    pub comment: Option<&'a str>,
}

/// A row that passed: where it belongs and what it says. With instrument and period, which a batch has once, the
/// place is the natural key (K01).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response<'a> {
    /// Unit, area and respondent group.
    pub place: Place,
    /// What it says there.
    pub values: Values<'a>,
}

/// What is stored at a place already, its values as [`Values`] or as anything that is equal where those are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored<V> {
    /// Whether the organisation that sends now owns the stored response.
    pub by_the_sender: bool,
    /// What it says.
    pub values: V,
}

/// Holds a row against what is stored at its place: K01 says what the same, other and new values are, K03 that
/// another sender's key is not touched, whatever its values.
pub fn compare<V: PartialEq>(stored: Option<&Stored<V>>, row: &V) -> Result<Outcome, FaultCode> {
    match stored {
        None => Ok(Outcome::Created),
        Some(stored) if !stored.by_the_sender => Err(FaultCode::OwnedByOther),
        Some(stored) if stored.values == *row => Ok(Outcome::Unchanged),
        Some(_) => Ok(Outcome::Updated),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("3", 30)]
    #[case("3.5", 35)]
    #[case("3.50", 35)]
    #[case("03", 30)]
    #[case("-0", 0)]
    #[case("-1.5", -15)]
    fn plain_numbers_are_levels(#[case] text: &str, #[case] tenths: i64) {
        assert_eq!(Level::parse(text), Ok(Level::from_tenths(tenths)));
    }

    #[rstest]
    #[case("3,5", LevelError::DecimalComma)]
    #[case("3,", LevelError::NotANumber)]
    #[case("1.234,5", LevelError::NotANumber)]
    #[case("3.25", LevelError::TooManyDecimals)]
    #[case("NaN", LevelError::NotANumber)]
    #[case("1e309", LevelError::NotANumber)]
    #[case("inf", LevelError::NotANumber)]
    #[case("", LevelError::NotANumber)]
    #[case(".5", LevelError::NotANumber)]
    #[case("5.", LevelError::NotANumber)]
    #[case("--5", LevelError::NotANumber)]
    #[case("٣", LevelError::NotANumber)]
    #[case("99999999999999999999", LevelError::NotANumber)]
    fn everything_else_is_told_apart(#[case] text: &str, #[case] error: LevelError) {
        assert_eq!(Level::parse(text), Err(error));
    }

    fn says(tenths: i64, comment: Option<&str>) -> Values<'_> {
        Values { current: Level(tenths), needed: Level(50), respondents: 7, comment }
    }

    #[test]
    fn sending_the_same_again_changes_nothing() {
        let mine = Stored { by_the_sender: true, values: says(30, Some("ok")) };
        assert_eq!(compare(None, &says(30, None)), Ok(Outcome::Created));
        assert_eq!(compare(Some(&mine), &says(30, Some("ok"))), Ok(Outcome::Unchanged));
        assert_eq!(compare(Some(&mine), &says(30, None)), Ok(Outcome::Updated));
        assert_eq!(compare(Some(&mine), &says(31, Some("ok"))), Ok(Outcome::Updated));
    }

    #[test]
    fn another_senders_key_is_owned_by_other_whatever_its_values() {
        let theirs = Stored { by_the_sender: false, values: says(30, None) };
        for row in [says(30, None), says(31, Some("ours"))] {
            assert_eq!(compare(Some(&theirs), &row), Err(FaultCode::OwnedByOther));
        }
    }

    proptest! {
        #[test]
        fn a_level_reads_back_as_it_was_written(tenths in 0..=1000_i64) {
            prop_assert_eq!(Level::parse(&Level(tenths).to_string()), Ok(Level(tenths)));
        }

        #[test]
        fn reading_a_level_never_panics(text in "\\PC{0,12}|[0-9.,eE+-]{0,24}") {
            let _ = Level::parse(&text);
        }
    }
}
