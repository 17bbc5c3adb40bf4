//! Finding national identity numbers in free text (N15), so that none is ever stored.

/// Whether a text holds eleven digits that form a valid Norwegian identity number: ordinary, D-number or
/// synthetic, with or without spaces, full stops or hyphens between the digits, in ASCII or full-width digits.
///
/// A longer run of digits is another kind of number and is let pass; letters against the digits end the run.
pub fn contains_national_id(text: &str) -> bool {
    let enough_digits = text.chars().filter(|c| digit(*c).is_some()).count() >= 11;
    enough_digits && runs_of_digits(text).any(|digits| is_national_id(&digits))
}

/// Every window in which eleven digits stand alone: bounded by something that is neither digit nor letter.
fn runs_of_digits(text: &str) -> impl Iterator<Item = [u8; 11]> + '_ {
    text.split(|c: char| !(c.is_alphanumeric() || is_gap(c))).flat_map(|chunk| {
        let words: Vec<&str> = chunk.split(is_gap).filter(|word| !word.is_empty()).collect();
        (0..words.len()).filter_map(|from| eleven_digits(&words[from..])).collect::<Vec<_>>()
    })
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '\u{a0}' | '\u{202f}')
}

fn digit(c: char) -> Option<u8> {
    let from = if c.is_ascii() { '0' } else { '\u{ff10}' };
    u8::try_from(u32::from(c).checked_sub(u32::from(from))?).ok().filter(|digit| *digit < 10)
}

/// The first whole words that together have exactly eleven digits.
fn eleven_digits(words: &[&str]) -> Option<[u8; 11]> {
    let mut digits = Vec::with_capacity(11);
    for word in words {
        for c in word.chars() {
            digits.push(digit(c)?);
        }
        if digits.len() >= 11 {
            break;
        }
    }
    digits.try_into().ok()
}

/// Control digits and date both hold. D-numbers add 40 to the day; synthetic numbers add 40 (NAV), 65 or 80
/// (the tax administration) to the month.
fn is_national_id(digits: &[u8; 11]) -> bool {
    controls_hold(digits) && date_holds(digits)
}

fn controls_hold(digits: &[u8; 11]) -> bool {
    const FIRST: [u32; 10] = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1];
    const SECOND: [u32; 11] = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1];
    let weighted = |weights: &[u32]| digits.iter().zip(weights).map(|(d, w)| u32::from(*d) * w).sum::<u32>() % 11;
    weighted(&FIRST) == 0 && weighted(&SECOND) == 0
}

fn date_holds(digits: &[u8; 11]) -> bool {
    let day = digits[0] * 10 + digits[1];
    let month = digits[2] * 10 + digits[3];
    let day = if day > 40 { day - 40 } else { day };
    let month = match month {
        81..=92 => month - 80,
        66..=77 => month - 65,
        41..=52 => month - 40,
        _ => month,
    };
    (1..=31).contains(&day) && (1..=12).contains(&month)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    /// Appends the two control digits to nine digits, as the tax administration's description says; written
    /// apart from the check above.
    fn with_controls(nine: &str) -> Option<String> {
        let d: Vec<i32> = nine.bytes().map(|b| i32::from(b - b'0')).collect();
        let k1 =
            11 - (3 * d[0] + 7 * d[1] + 6 * d[2] + d[3] + 8 * d[4] + 9 * d[5] + 4 * d[6] + 5 * d[7] + 2 * d[8]) % 11;
        let k1 = if k1 == 11 { 0 } else { k1 };
        let k2 = 11
            - (5 * d[0]
                + 4 * d[1]
                + 3 * d[2]
                + 2 * d[3]
                + 7 * d[4]
                + 6 * d[5]
                + 5 * d[6]
                + 4 * d[7]
                + 3 * d[8]
                + 2 * k1)
                % 11;
        let k2 = if k2 == 11 { 0 } else { k2 };
        (k1 < 10 && k2 < 10).then(|| format!("{nine}{k1}{k2}"))
    }

    fn number(prefix: &str) -> String {
        (100..1000).find_map(|serial| with_controls(&format!("{prefix}{serial}"))).unwrap()
    }

    #[rstest]
    #[case::ordinary("150812")]
    #[case::d_number("550812")]
    #[case::synthetic_tax("158812")]
    #[case::synthetic_tax_older("157312")]
    #[case::synthetic_nav("154812")]
    fn every_kind_is_found(#[case] prefix: &str) {
        let number = number(prefix);
        let spaced = format!("{} {}", &number[..6], &number[6..]);
        let pairs = format!("{} {} {} {}", &number[..2], &number[2..4], &number[4..6], &number[6..]);
        let dotted = format!("{}.{}", &number[..6], &number[6..]);
        let hyphenated = format!("{}-{}", &number[..6], &number[6..]);
        let wide: String = number.bytes().map(|b| char::from_u32(0xff10 + u32::from(b - b'0')).unwrap()).collect();
        for text in [number.clone(), spaced, pairs, dotted, hyphenated, wide, format!("eleven ({number}), ")] {
            assert!(contains_national_id(&text), "{text}");
        }
        assert!(contains_national_id(&format!("i 2026 {number} møtte")));
        assert!(contains_national_id(&format!("navn:{number}.pdf")));
    }

    #[rstest]
    #[case("974760673 og 889640782")]
    #[case("018f3b6e-7c1a-7000-8000-123456789012")]
    #[case("2026-2027")]
    #[case("")]
    #[case("30 lærere, 12 assistenter")]
    fn other_numbers_pass(#[case] text: &str) {
        assert!(!contains_national_id(text));
    }

    #[test]
    fn longer_runs_are_other_numbers() {
        assert!(!contains_national_id(&format!("{}9", number("150812"))));
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC*") {
            contains_national_id(&text);
        }

        #[test]
        fn found_wherever_it_stands(before in "[a-zæøå,.]{0,8} ", after in " [a-zæøå,.]{0,8}", serial in 100..999_u32) {
            if let Some(number) = with_controls(&format!("150812{serial}")) {
                let text = format!("{before}{number}{after}");
                prop_assert!(contains_national_id(&text));
            }
        }
    }
}
