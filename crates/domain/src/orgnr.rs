//! Organisation numbers: nine digits, the last one a modulus-11 check digit.

use std::fmt;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A valid organisation number, kept without spaces.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OrgNr(String);

/// Whether synthetic test numbers (beginning with 2 or 3) are taken; only in test and demo mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Synthetic {
    /// Synthetic numbers are as good as real ones.
    Accepted,
    /// Only real numbers, beginning with 8 or 9.
    Refused,
}

/// Why a text is no organisation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum OrgNrError {
    /// Not nine digits (spaces between them are fine).
    #[error("an organisation number has nine digits")]
    NotNineDigits,
    /// The ninth digit does not follow from the first eight.
    #[error("the check digit of the organisation number is wrong")]
    WrongCheckDigit,
    /// Begins with a digit that no organisation number begins with.
    #[error("an organisation number begins with 8 or 9")]
    UnknownSeries,
    /// A synthetic number where only real ones are taken.
    #[error("synthetic organisation numbers are accepted only in test and demo mode")]
    Synthetic,
}

const WEIGHTS: [u32; 8] = [3, 2, 7, 6, 5, 4, 3, 2];

/// The check digit that follows eight digits; `None` where the remainder asks for ten.
pub fn check_digit(first_eight: &[u8; 8]) -> Option<u8> {
    let sum: u32 = first_eight.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    match (11 - sum % 11) % 11 {
        10 => None,
        digit => u8::try_from(digit).ok(),
    }
}

impl OrgNr {
    /// Reads an organisation number; spaces between the digits are normal input.
    pub fn parse(text: &str, synthetic: Synthetic) -> Result<Self, OrgNrError> {
        let compact: String = text.chars().filter(|c| *c != ' ' && *c != '\u{a0}').collect();
        let digits: [u8; 9] = compact
            .bytes()
            .map(|b| b.is_ascii_digit().then(|| b - b'0'))
            .collect::<Option<Vec<u8>>>()
            .and_then(|d| d.try_into().ok())
            .ok_or(OrgNrError::NotNineDigits)?;
        let first_eight: &[u8; 8] = digits[..8].try_into().expect("eight of nine");
        if check_digit(first_eight) != Some(digits[8]) {
            return Err(OrgNrError::WrongCheckDigit);
        }
        match (digits[0], synthetic) {
            (8 | 9, _) | (2 | 3, Synthetic::Accepted) => Ok(Self(compact)),
            (2 | 3, Synthetic::Refused) => Err(OrgNrError::Synthetic),
            _ => Err(OrgNrError::UnknownSeries),
        }
    }

    /// A number read back from our own register, where it was checked on its way in.
    pub fn from_register(text: String) -> Self {
        Self(text)
    }

    /// The nine digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrgNr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("974760673")]
    #[case("889 640 782")]
    #[case("974760843")]
    #[case("983 887 457")]
    #[case("971845635")]
    fn real_numbers_pass(#[case] text: &str) {
        assert!(OrgNr::parse(text, Synthetic::Refused).is_ok());
    }

    #[rstest]
    #[case("310279617")]
    #[case("313367002")]
    #[case("314330897")]
    fn synthetic_numbers_pass_only_where_accepted(#[case] text: &str) {
        assert!(OrgNr::parse(text, Synthetic::Accepted).is_ok());
        assert_eq!(OrgNr::parse(text, Synthetic::Refused), Err(OrgNrError::Synthetic));
    }

    #[rstest]
    #[case("974760674", OrgNrError::WrongCheckDigit)]
    #[case("97476067", OrgNrError::NotNineDigits)]
    #[case("9747606733", OrgNrError::NotNineDigits)]
    #[case("97476067x", OrgNrError::NotNineDigits)]
    #[case("", OrgNrError::NotNineDigits)]
    #[case("100000008", OrgNrError::UnknownSeries)]
    fn others_do_not(#[case] text: &str, #[case] error: OrgNrError) {
        assert_eq!(OrgNr::parse(text, Synthetic::Accepted), Err(error));
    }

    #[test]
    fn a_remainder_of_ten_has_no_check_digit() {
        assert_eq!(check_digit(&[9, 0, 0, 0, 0, 0, 0, 9]), None);
    }
}
