//! What a sender's own code for a unit may look like.

use crate::national_id::contains_national_id;

/// Longest code, in characters.
const CODE_MAX: usize = 64;

/// Whether a text may name a scheme of codes: it stands in paths and in queries.
pub fn is_scheme_name(text: &str) -> bool {
    super::instrument::is_code(text) && !contains_national_id(text)
}

/// Whether a text may be a code: what a cell may hold, as it is read from there, and nobody's identity number (N15).
pub fn is_unit_code(text: &str) -> bool {
    (1..=CODE_MAX).contains(&text.chars().count())
        && text.trim() == text
        && !matches!(text, "." | "..")
        && !text.starts_with('\'')
        && !text.chars().any(is_invisible)
        && !contains_national_id(text)
}

/// Controls, marks that turn the direction of text, and what stands for broken characters: nobody sees what they are.
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("B-017", true)]
    #[case("Haugen skule", true)]
    #[case("", false)]
    #[case(" B-017", false)]
    #[case("B\u{0}17", false)]
    #[case("15081210281", false)]
    #[case("..", false)]
    #[case("'=1", false)]
    #[case("a\u{202e}b", false)]
    #[case("\u{fffd}", false)]
    fn a_code_is_what_a_cell_may_hold(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_unit_code(text), expected);
    }

    #[test]
    fn a_code_and_the_name_of_a_scheme_have_a_longest() {
        assert!(is_unit_code(&"å".repeat(64)) && !is_unit_code(&"å".repeat(65)));
        assert!(is_scheme_name("oppvekst_system-2") && !is_scheme_name("Oppvekst") && !is_scheme_name(&"a".repeat(65)));
        assert!(!is_scheme_name("15081210281"), "N15");
    }
}
