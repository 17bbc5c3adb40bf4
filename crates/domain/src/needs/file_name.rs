//! Names of files, as their senders give them. They are shown and given back, and never used as a path or a key.

use std::fmt;

use thiserror::Error;

/// Longest name, in characters.
const LONGEST: usize = 200;

/// The name of a file: no path, nothing that does not show, no identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

/// Why a text is no name of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FileNameFault {
    /// It is empty, too long, has parts of a path, or characters that do not show.
    #[error("a file name is 1–{LONGEST} visible characters without path")]
    Malformed,
    /// It holds a national identity number (N15).
    #[error("a file name holds no national identity number")]
    NationalId,
}

impl FileName {
    /// Reads a name; the space around it is taken away.
    pub fn parse(text: &str) -> Result<Self, FileNameFault> {
        let name = text.trim();
        let is_path = name.contains(['/', '\\']) || matches!(name, "." | "..");
        let length = name.chars().count();
        if is_path || !(1..=LONGEST).contains(&length) || name.chars().any(does_not_show) {
            return Err(FileNameFault::Malformed);
        }
        if crate::national_id::contains_national_id(name) {
            return Err(FileNameFault::NationalId);
        }
        Ok(Self(name.to_owned()))
    }

    /// A name that was read before.
    pub fn from_store(name: String) -> Self {
        Self(name)
    }

    /// The name as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it ends in one of these endings, after a full stop.
    pub fn ends_in(&self, endings: &[&str]) -> bool {
        let ending = self.0.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| endings.contains(&ending.as_str()))
    }
}

impl fmt::Display for FileName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Control characters, and those that turn or hide what stands around them: `fdp.exe` is not to show as `exe.pdf`.
fn does_not_show(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("plan.pdf", "plan.pdf")]
    #[case("  Tiltaksplan språk 2027–2028 (ferdig).docx ", "Tiltaksplan språk 2027–2028 (ferdig).docx")]
    #[case("gáhppálat.odt", "gáhppálat.odt")]
    fn a_name_is_kept_as_given(#[case] text: &str, #[case] name: &str) {
        assert_eq!(FileName::parse(text).unwrap().as_str(), name);
    }

    #[rstest]
    #[case("")]
    #[case("   ")]
    #[case("..")]
    #[case("../plan.pdf")]
    #[case("C:\\plan.pdf")]
    #[case("plan\n.pdf")]
    #[case("plan\0.pdf")]
    #[case("exe.\u{202e}fdp")]
    fn a_path_or_what_does_not_show_is_no_name(#[case] text: &str) {
        assert_eq!(FileName::parse(text), Err(FileNameFault::Malformed));
    }

    #[test]
    fn two_hundred_characters_are_a_name_and_one_more_is_not() {
        assert!(FileName::parse(&"å".repeat(200)).is_ok());
        assert_eq!(FileName::parse(&"å".repeat(201)), Err(FileNameFault::Malformed));
    }

    #[rstest]
    #[case("15881210166.pdf")]
    #[case("rapport_158812 10166_2027.pdf")]
    fn an_identity_number_is_refused(#[case] text: &str) {
        assert_eq!(FileName::parse(text), Err(FileNameFault::NationalId));
    }

    #[test]
    fn the_ending_is_what_stands_after_the_last_full_stop() {
        let name = FileName::parse("Plan.v2.PDF").unwrap();
        assert!(name.ends_in(&["pdf"]) && !name.ends_in(&["v2"]));
        assert!(!FileName::parse("pdf").unwrap().ends_in(&["pdf"]));
    }
}
