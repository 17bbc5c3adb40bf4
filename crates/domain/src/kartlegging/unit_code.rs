//! What a sender's own code for a unit may look like.

use crate::national_id::contains_national_id;

/// Longest code, in characters.
const CODE_MAX: usize = 64;

/// Whether a text may name a scheme of codes: it stands in paths and in queries.
pub fn is_scheme_name(text: &str) -> bool {
    super::instrument::is_code(text)
}

/// Whether a text may be a code: what a cell may hold, as it is read from there, and nobody's identity number (N15).
pub fn is_unit_code(text: &str) -> bool {
    (1..=CODE_MAX).contains(&text.chars().count())
        && text.trim() == text
        && !text.chars().any(char::is_control)
        && !contains_national_id(text)
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
    fn a_code_is_what_a_cell_may_hold(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_unit_code(text), expected);
    }

    #[test]
    fn a_code_and_the_name_of_a_scheme_have_a_longest() {
        assert!(is_unit_code(&"å".repeat(64)) && !is_unit_code(&"å".repeat(65)));
        assert!(is_scheme_name("oppvekst_system-2") && !is_scheme_name("Oppvekst") && !is_scheme_name(&"a".repeat(65)));
    }
}
