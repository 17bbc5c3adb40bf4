//! The guard that keeps a spreadsheet from taking a text for a formula, and the way back.
//!
//! A cell that begins with `= + - @`, a tab or a carriage return and is not a number gets an apostrophe in front;
//! so does a cell that has such apostrophes already, so that taking one away always gives back what was there.

const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell as we give it out in CSV.
pub fn guard(cell: &str) -> String {
    if needs_guard(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// A cell of a CSV file as it was before it was guarded. Any other text comes back as it is.
pub fn unguard(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

fn needs_guard(cell: &str) -> bool {
    let bare = cell.trim_start_matches('\'');
    bare.starts_with(FORMULA) && !is_number(bare)
}

/// A sign, digits and one decimal mark: what a spreadsheet reads as a number in any of our languages.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, decimals) = unsigned.split_once(['.', ',']).unwrap_or((unsigned, "0"));
    [whole, decimals].iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("=1+1", "'=1+1")]
    #[case("@SUM(A1)", "'@SUM(A1)")]
    #[case("-kommentar", "'-kommentar")]
    #[case("\t=1", "'\t=1")]
    #[case("'=1", "''=1")]
    #[case("-1.5", "-1.5")]
    #[case("+47", "+47")]
    #[case("-1,5", "-1,5")]
    #[case("'sitat'", "'sitat'")]
    #[case("vanleg tekst", "vanleg tekst")]
    #[case("", "")]
    fn formulas_are_guarded_and_nothing_else(#[case] cell: &str, #[case] given_out: &str) {
        assert_eq!(guard(cell), given_out);
        assert_eq!(unguard(given_out), cell);
    }

    proptest! {
        #[test]
        fn what_was_guarded_comes_back(cell in "'{0,3}[=+@\t\r-]?[0-9a,.']{0,6}|\\PC{0,12}") {
            let guarded = guard(&cell);
            prop_assert_eq!(unguard(&guarded), cell.as_str());
        }
    }
}
