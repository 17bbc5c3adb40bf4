//! Municipality and county numbers: strings with leading zeros.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A number of the wrong length or with other characters than digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a municipality number has four digits, a county number two")]
pub struct NumberError;

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident: $digits:literal),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The digits, leading zeros kept.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NumberError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let fits = text.len() == $digits && text.bytes().all(|b| b.is_ascii_digit());
                fits.then(|| Self(text.to_owned())).ok_or(NumberError)
            }
        }

        impl TryFrom<String> for $name {
            type Error = NumberError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

numbers! {
    /// A municipality number such as `0301` or `4601`.
    MunicipalityNumber: 4,
    /// A county number such as `03` or `46`.
    CountyNumber: 2,
}

impl MunicipalityNumber {
    /// The county that the number belongs to: its first two digits.
    pub fn county(&self) -> CountyNumber {
        CountyNumber(self.0[..2].to_owned())
    }

    /// Whether it is a number of this county.
    pub fn lies_in(&self, county: &CountyNumber) -> bool {
        self.0[..2] == county.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leading_zeros_are_kept() {
        let oslo: MunicipalityNumber = "0301".parse().unwrap();
        assert_eq!((oslo.as_str(), oslo.county().as_str()), ("0301", "03"));
        assert_eq!("301".parse::<MunicipalityNumber>(), Err(NumberError));
    }
}
