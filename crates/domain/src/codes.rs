//! Closed lists of codes: one text per variant, the same on the wire, in the database and in the code lists.

/// Declares an enum whose variants have fixed codes, with `as_str`, `FromStr`, `ALL` and serde as that text.
#[macro_export]
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $code:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$variant_doc])* #[serde(rename = $code)] $variant),+ }

        impl $name {
            /// Every variant, in the order of the story.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is written on the wire and in the database.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }

            /// Those of which something holds, in the order of the story.
            pub fn those(holds: impl Fn(Self) -> bool) -> impl Iterator<Item = Self> {
                Self::ALL.iter().copied().filter(move |one| holds(*one))
            }
        }

        impl $crate::codes::Codes for $name {
            fn all() -> &'static [Self] {
                Self::ALL
            }
            fn code(self) -> &'static str {
                self.as_str()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::codes::UnknownCode;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($code => Ok(Self::$variant),)+
                    _ => Err($crate::codes::UnknownCode { list: stringify!($name), code: text.to_owned() }),
                }
            }
        }
    };
}

/// A closed list, for what works with any of them: code lists, labels.
pub trait Codes: Copy + 'static {
    /// Every variant, in the order of the story.
    fn all() -> &'static [Self];
    /// The code of this one.
    fn code(self) -> &'static str;
}

/// A text that is not in a closed list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code:?} is not a known {list}")]
pub struct UnknownCode {
    /// The list's name in the code.
    pub list: &'static str,
    /// The text as it came.
    pub code: String,
}
